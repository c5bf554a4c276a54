"""All providers by name, which is also the prefix of their paths."""

from . import air_quality, bright_sky, environment_canada, geocoding, met_norway, nws, open_meteo
from .downloads import db_ip
from .geojs import geojs
from .ipwhois import ipwhois
from .messages import Request, Response
from .meteoalarm import meteoalarm
from .query import Refusal
from .world import Provider, Routes, World


def routed(routes: Routes, missing: Response) -> Provider:
    def provider(request: Request, world: World) -> Response:
        route = routes.get(request.path)
        return route(request, world) if route else missing

    return provider


NOT_FOUND = Refusal("Not Found", 404).response
PROVIDERS: dict[str, Provider] = {
    "open-meteo": routed(open_meteo.ROUTES, NOT_FOUND),
    "customer-open-meteo": routed(open_meteo.CUSTOMER_ROUTES, NOT_FOUND),
    "air-quality": routed(air_quality.ROUTES, NOT_FOUND),
    "geocoding": routed(geocoding.ROUTES, NOT_FOUND),
    "met-norway": routed(met_norway.ROUTES, met_norway.html(404, "Not Found", "No such product.")),
    "nws": routed(nws.ROUTES, NOT_FOUND),
    "bright-sky": routed(bright_sky.ROUTES, NOT_FOUND),
    "environment-canada": routed(environment_canada.ROUTES, NOT_FOUND),
    "meteoalarm": meteoalarm,
    "ipwhois": ipwhois,
    "geojs": geojs,
    "db-ip": db_ip,
}


def answer(request: Request, world: World) -> Response:
    """The provider's response without faults."""
    try:
        return PROVIDERS[request.provider](request, world)
    except Refusal as refusal:
        return refusal.response
