"""MET Norway's Locationforecast 2.0, compact and complete, with its terms of service: a client
that names itself, at most four decimals, conditional requests."""

from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache, partial

from .locationforecast import feature
from .messages import Request, Response, json_response
from .moment import Moment
from .places import elevation_at
from .world import Routes, World


def html(status: int, title: str, text: str) -> Response:
    page = f"<html><head><title>{status} {title}</title></head><body><h1>{title}</h1><p>{text}</p>"
    return Response(status, f"{page}</body></html>".encode(), "text/html; charset=utf-8")


def named_client(agent: str) -> bool:
    """Whether the User-Agent has a contact, an e-mail address or a URL, as the terms require."""
    return "@" in agent or "://" in agent


def forecast(request: Request, world: World, *, complete: bool) -> Response:
    if not named_client(request.headers.get("user-agent", "")):
        return html(403, "Forbidden", "Missing or generic User-Agent, see the Terms of Service.")
    texts = [request.query.get(name, "") for name in ("lat", "lon")]
    if any(len(text.partition(".")[2]) > 4 for text in texts):
        return html(403, "Forbidden", "Use at most four decimals in coordinates.")
    try:
        latitude, longitude = map(float, texts)
        height = request.query.get("altitude")
        altitude = elevation_at(latitude, longitude) if height is None else int(height)
    except ValueError:
        return html(400, "Bad Request", "Missing or malformed parameter.")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return html(422, "Unprocessable Entity", "Outside the area of the product.")
    return conditional(request, world, Moment(latitude, longitude, altitude, world.time), complete)


def conditional(request: Request, world: World, place: Moment, complete: bool) -> Response:
    """304 if If-Modified-Since is the exact Last-Modified, which changes every half hour. Expires
    is half an hour later, and up to two minutes more, by place, to spread the clients."""
    modified = world.time // 1800 * 1800
    spread = int(abs(place.longitude) * 100) % 120
    headers = {
        "Date": http_date(world.time),
        "Expires": http_date(world.time + 1800 + spread),
        "Last-Modified": http_date(modified),
        "Access-Control-Allow-Origin": "*",
        "Vary": "Accept, Accept-Encoding",
    }
    if request.headers.get("if-modified-since") == headers["Last-Modified"]:
        return Response(304, headers=headers)
    return Response(200, body_of(place, modified, complete), "application/json", headers)


@lru_cache(maxsize=32)  # tests request the same few places at the same time
def body_of(place: Moment, modified: int, complete: bool) -> bytes:
    return json_response(feature(place, modified, complete)).body


def http_date(time: int) -> str:
    return format_datetime(datetime.fromtimestamp(time, UTC), usegmt=True)


BASE = "/weatherapi/locationforecast/2.0/"
ROUTES: Routes = {
    BASE + "compact": partial(forecast, complete=False),
    BASE + "complete": partial(forecast, complete=True),
}
