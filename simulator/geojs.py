"""get.geojs.io: geolocation of IP addresses from GeoLite2, with coordinates as strings."""

from .addresses import Address, continent, locate, parse
from .gazetteer import City, country_name
from .messages import Request, Response, json_response
from .world import World

ALPHA_3 = {"AU": "AUS", "CH": "CHE", "DE": "DEU", "FR": "FRA", "GB": "GBR", "US": "USA"}


def geojs(request: Request, world: World) -> Response:
    """/v1/ip/geo/IP.json, /v1/ip/geo.json for the client's address, or a list for
    /v1/ip/geo.json?ip=A,B."""
    stem = request.path.removeprefix("/v1/ip/geo").removesuffix(".json").removeprefix("/")
    texts = [stem] if stem else request.query.get("ip", "").split(",")
    addresses = [parse(text or world.home_address) for text in texts]
    valid = [address for address in addresses if address is not None]
    if len(valid) < len(addresses) or not request.path.endswith(".json"):
        return Response(404, b"<html><h1>404 Not Found</h1></html>", "text/html")
    own = not stem and "ip" not in request.query
    entries = [geo(address, world.home if own else locate(address, world)) for address in valid]
    many = not stem and "ip" in request.query
    return json_response(entries if many else entries[0], content_type="application/json")


def geo(address: Address, place: City | None) -> dict[str, object]:
    """The coordinates of an unknown address are "nil", and it has no place."""
    if place is None:
        return {
            "area_code": "0",
            "asn": 64_512,
            "ip": str(address),
            "latitude": "nil",
            "longitude": "nil",
            "organization": "AS64512 Unknown",
            "organization_name": "Unknown",
        }
    fields = {
        "accuracy": 20,
        "area_code": "0",
        "asn": 64_500,
        "city": place.name,
        "continent_code": continent(place)[1],
        "country": country_name(place.country_code),
        "country_code": place.country_code,
        "country_code3": ALPHA_3.get(place.country_code, place.country_code + "X"),
        "ip": str(address),
        "latitude": f"{round(place.latitude, 4):.10g}",
        "longitude": f"{round(place.longitude, 4):.10g}",
        "organization": "AS64500 Example Net",
        "organization_name": "Example Net",
        "region": place.admin1,
        "timezone": place.timezone,
    }
    return {name: value for name, value in fields.items() if value}
