"""ipwho.is: geolocation of IP addresses."""

from datetime import datetime

from .addresses import Address, continent, locate, parse
from .gazetteer import City, country_name
from .messages import Raw, Request, Response, json_response
from .places import zone
from .world import World

EUROPEAN_UNION = "AT BE BG CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV NL PL PT RO SE"


def ipwhois(request: Request, world: World) -> Response:
    """`/` is the client's own address, whose city is `world.home`."""
    text = request.path.removeprefix("/")
    address = parse(text or world.home_address)
    if address is None:
        return json_response({"success": False, "message": "404 not found"}, 404)
    place = locate(address, world) if text else world.home
    if place is None:
        failure = {"ip": str(address), "success": False, "message": "Reserved range"}
        return json_response(failure, content_type="application/json")
    return json_response(select(whois(address, place, world), request.query.get("fields", "")))


def select(body: dict[str, object], fields: str) -> dict[str, object]:
    """Only the requested fields, in the order of `body`; `success` too is omitted unless
    requested."""
    if not fields:
        return body
    names = fields.split(",")
    selected: dict[str, object] = {}
    for name, value in body.items():
        inner = {n.partition(".")[2] for n in names if n.startswith(name + ".")}
        if name in names:
            selected[name] = value
        elif inner and isinstance(value, dict):
            selected[name] = {key: item for key, item in value.items() if key in inner}
    return selected


def whois(address: Address, place: City, world: World) -> dict[str, object]:
    code = place.country_code
    flag = [chr(127_397 + ord(letter)) for letter in code]
    return {
        "ip": str(address),
        "success": True,
        "type": f"IPv{address.version}",
        "continent": continent(place)[0],
        "continent_code": continent(place)[1],
        "country": country_name(code),
        "country_code": code,
        "region": place.admin1,
        "region_code": place.admin1[:2].upper(),
        "city": place.name,
        "latitude": Raw(repr(place.latitude)),
        "longitude": Raw(repr(place.longitude)),
        "is_eu": code in EUROPEAN_UNION.split(),
        "postal": next(iter(place.postcodes), ""),
        "calling_code": "1",
        "capital": "",
        "borders": "",
        "flag": {
            "img": f"https://cdn.ipwhois.io/flags/{code.lower()}.svg",
            "emoji": "".join(flag),
            "emoji_unicode": " ".join(f"U+{ord(letter):X}" for letter in flag),
        },
        "connection": {
            "asn": 64_500,
            "org": "Example Net",
            "isp": "Example Net",
            "domain": "example.org",
        },
        "timezone": clock(place, world.now()),
        "readme": "https://ipwhois.io/docs",
    }


def clock(place: City, now: datetime) -> dict[str, object]:
    local = now.astimezone(zone(place.timezone))
    offset = local.utcoffset()
    return {
        "id": place.timezone,
        "abbr": local.tzname() or "",
        "is_dst": bool(local.dst()),
        "offset": int(offset.total_seconds()) if offset else 0,
        "utc": f"{local:%z}"[:3] + ":" + f"{local:%z}"[3:5],
    }
