"""The simulated geolocation of IP addresses."""

from ipaddress import IPv4Address, IPv6Address, ip_address
from zlib import crc32

from .gazetteer import City, cities, city
from .world import World

Address = IPv4Address | IPv6Address
CONTINENTS = {
    "Africa": ("Africa", "AF"),
    "America": ("North America", "NA"),
    "Antarctica": ("Antarctica", "AN"),
    "Asia": ("Asia", "AS"),
    "Australia": ("Oceania", "OC"),
    "Indian": ("Africa", "AF"),
    "Pacific": ("Oceania", "OC"),
}


def parse(text: str) -> Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def locate(address: Address, world: World) -> City | None:
    """The city configured in `world`, else one chosen by a hash of the address; None for an address
    that is not global."""
    known = world.addresses.get(str(address))
    if known is not None:
        return city(known)
    if not address.is_global:
        return None
    large = [candidate for candidate in cities() if candidate.population > 100_000]
    return large[crc32(address.packed) % len(large)]


def continent(place: City) -> tuple[str, str]:
    """(name, code), derived from the area of the time zone."""
    return CONTINENTS.get(place.timezone.partition("/")[0], ("Europe", "EU"))
