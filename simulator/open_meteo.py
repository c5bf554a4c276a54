"""Open-Meteo's forecast: /v1/forecast on the free and the customer host, /v1/elevation."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from math import isnan
from time import perf_counter
from urllib.parse import urlencode

from .daily import find_daily
from .envelope import Location, Product, envelope
from .messages import Request, Response, float32, json_response
from .moment import Moment
from .places import cell, elevation_at, timezone_at, zone
from .query import NO_DATA, Point, Refusal, invalid, points, words
from .timeline import HOUR, QUARTER, Limits, Timeline, Zone
from .variables import find
from .world import Routes, World

HOURLY_TYPE = (
    "SurfacePressureAndHeightVariable<VariableAndPreviousDay, ForecastPressureVariable, "
    "ForecastHeightVariable>"
)
# Regional model → the box that it covers: south, north, west, east.
REGIONAL = {
    "icon_d2": (43, 58, -4, 20),
    "icon_eu": (29, 71, -24, 45),
    "metno_nordic": (52, 74, -12, 42),
    "knmi_harmonie_arome_netherlands": (49, 56, 0, 11),
    "gfs_hrrr": (21, 53, -134, -60),
    "meteoswiss_icon_ch1": (42, 50, 0, 17),
    "meteofrance_arome_france": (37, 55, -12, 16),
    "ukmo_uk_deterministic_2km": (44, 63, -25, 16),
    "jma_msm": (22, 48, 120, 150),
}
GLOBAL = (
    "best_match icon_seamless icon_global gfs_seamless gfs_global ecmwf_ifs025 ecmwf_ifs "
    "ecmwf_aifs025 meteofrance_seamless ukmo_seamless gem_seamless gem_global jma_seamless "
    "metno_seamless knmi_seamless dmi_seamless cma_grapes_global bom_access_global"
).split()
UNKNOWN_ZONE = (-49, -44, -76, -71)  # Aysén in Chile: America/Coyhaique, since March 2025
FORECAST = Product(find, find_daily, HOURLY_TYPE, Limits(7, 16), QUARTER, 0.02)


def forecast(request: Request, world: World) -> Response:
    return answer(FORECAST, request, world)


def answer(product: Product, request: Request, world: World) -> Response:
    """One object; a list of objects for a query of several places."""
    return answer_at(product, tuple(request.query.items()), world.time)


# Tests request the same few places at the same time, and a response takes longer than theirs.
@lru_cache(maxsize=512)
def answer_at(product: Product, query: tuple[tuple[str, str], ...], time: int) -> Response:
    started = perf_counter()
    parts = []
    for number, point in enumerate(points(dict(query))):
        location = locate(product, dict(query), point, time, number)
        parts.append(envelope(location, number, started))
    response = json_response(parts if len(parts) > 1 else parts[0])
    return replace(response, chunked=True)


def locate(
    product: Product, query: Mapping[str, str], point: Point, time: int, number: int
) -> Location:
    models = tuple(words(query, "models")) or ("best_match",)
    check_models(models, point)
    place = Moment(
        cell(point.latitude, product.grid, origin=-43.18),
        cell(point.longitude, product.grid, origin=-18.1),
        height_of(point),
        time // product.interval * product.interval,
        product.interval,
    )
    names = words(query, "timezone") or ["GMT"]
    local = find_zone(names[min(number, len(names) - 1)], point, time)
    timeline = Timeline(query, time, local, product.limits)
    return Location(product, query, timeline, place, models)


def height_of(point: Point) -> float:
    """The requested elevation, else that of the height model; `nan` turns the correction off."""
    own = elevation_at(point.latitude, point.longitude)
    return own if point.elevation is None or isnan(point.elevation) else point.elevation


def check_models(models: tuple[str, ...], point: Point) -> None:
    for model in models:
        if model not in GLOBAL and model not in REGIONAL:
            raise invalid("MultiDomains", model)
        south, north, west, east = REGIONAL.get(model, (-90, 90, -180, 180))
        if not (south <= point.latitude <= north and west <= point.longitude <= east):
            raise Refusal(NO_DATA)


def find_zone(name: str, point: Point, time: int) -> Zone:
    """The zone for `auto`, an IANA name or GMT, with its current offset from UTC."""
    key = timezone_at(point.latitude, point.longitude) if name == "auto" else name
    info = zone(key)
    if info is None or (name == "auto" and in_unknown_zone(point)):
        raise Refusal("Invalid timezone")
    offset = datetime.fromtimestamp(time, info).utcoffset()
    seconds = int(offset.total_seconds()) if offset else 0
    return Zone(key, abbreviate(seconds), seconds)


def in_unknown_zone(point: Point) -> bool:
    """Whether `auto` is refused: in a time zone that is newer than the provider's list."""
    south, north, west, east = UNKNOWN_ZONE
    return south <= point.latitude <= north and west <= point.longitude <= east


def abbreviate(offset: int) -> str:
    """GMT, GMT+2, GMT-3:30: Open-Meteo's abbreviation for every zone."""
    hours, rest = divmod(abs(offset), HOUR)
    minutes = f":{rest // 60:02}" if rest else ""
    return f"GMT{'-' if offset < 0 else '+'}{hours}{minutes}" if offset else "GMT"


def elevation(request: Request, world: World) -> Response:
    """/v1/elevation: up to 100 points of the height model."""
    queried = points(request.query, maximum=100)
    heights = [float32(elevation_at(point.latitude, point.longitude)) for point in queried]
    return json_response({"elevation": heights})


def free(request: Request, world: World) -> Response:
    """The free host. The real one redirects requests with a key to the customer host."""
    if "apikey" in request.query and world.redirect_keys:
        query = urlencode(request.query)
        target = f"{world.base_url}/customer-open-meteo{request.path}?{query}"
        return Response(303, b"", headers={"Location": target})
    return forecast(request, world)


def customer(request: Request, world: World) -> Response:
    key = request.query.get("apikey") or request.headers.get("x-api-key")
    if key is None:
        raise Refusal("API key required. Please add &apikey= to the URL.", 401)
    if key != world.api_key:
        raise Refusal("The supplied API key is invalid.")
    return forecast(request, world)


ROUTES: Routes = {"/v1/forecast": free, "/v1/elevation": elevation}
CUSTOMER_ROUTES: Routes = {"/v1/forecast": customer, "/v1/elevation": elevation}
