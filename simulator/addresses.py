"""Which city an IP address is said to stand in."""

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
    """The configured city; else some city, always the same for an address; None if not global."""
    known = world.addresses.get(str(address))
    if known is not None:
        return city(known)
    if not address.is_global:
        return None
    people = [each for each in cities() if each.population > 100_000]
    return people[crc32(address.packed) % len(people)]


def continent(place: City) -> tuple[str, str]:
    """(name, code), told from the area of the time zone."""
    return CONTINENTS.get(place.timezone.partition("/")[0], ("Europe", "EU"))
