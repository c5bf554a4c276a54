"""The grammar of places: what a path or `q` can hold.

    (nothing)            the visitor's own place
    48.85,2.35           coordinates (`coordinates.py` has all their spellings)
    geo:48.85,2.35       coordinates in a link (`links.py`)
    8.8.8.8  @8.8.8.8    the place of an address
    @github.com          the place of a host's address
    Paris  94107         a name or postcode
    JFK                  three letters: an airport or a name (`airports.py`)
    Paris,FR             a name within a country, state or region, by any name or code
                         (`readings.py` has what else a name can mean)
    ~anything            a name, whatever it looks like
    MyLocation           as nothing, as wttr.in has it

`+` and `_` stand for blanks, as terminal users write them. The `str` of a query is the place as
the visitor wrote it, empty if an address is located.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from weather.core.dataclass import dataclass
from weather.core.errors import InvalidLocation, LocationNotFound
from weather.core.ip_address import Address, parse_address, parse_node
from weather.core.models import Coordinates
from weather.places.airports import is_code
from weather.places.coordinates import parse_angle, parse_pair, refuse_other
from weather.places.hosts import canonical
from weather.places.links import parse_link

LONGEST = 100  # characters; the longest place names have fewer
_OWN_PLACE = "mylocation"


@dataclass(frozen=True, slots=True)
class VisitorQuery:
    """The visitor's own place."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class CoordinatesQuery:
    coordinates: Coordinates

    def __str__(self) -> str:
        return f"{_decimal(self.coordinates.latitude)},{_decimal(self.coordinates.longitude)}"


@dataclass(frozen=True, slots=True)
class NameQuery:
    """A name, and the areas that the place must lie in: ("Paris", ("Texas", "US"))."""

    name: str
    within: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join((self.name, *self.within))


@dataclass(frozen=True, slots=True)
class AddressQuery:
    address: Address

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class CodeQuery:
    """Three letters: the IATA code of an airport, or a name."""

    code: str

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class HostQuery:
    """The place of a host, by its canonical name."""

    host: str

    def __str__(self) -> str:
        return ""


Query = VisitorQuery | CoordinatesQuery | NameQuery | AddressQuery | CodeQuery | HostQuery


@lru_cache(maxsize=1024)
def parse(text: str) -> Query:
    """The query of a path's or `q`'s text. Raises `InvalidLocation`."""
    if link := parse_link(text):
        return CoordinatesQuery(link)
    text = _normalized(text)
    if text in {"", "~"} or text.lower() == _OWN_PLACE:
        return VisitorQuery()
    if text.startswith("~"):
        return _named(text[1:])
    if text.startswith("@"):
        return _host(text[1:])
    return _recognized(text)


def from_pair(latitude: str | None, longitude: str | None) -> CoordinatesQuery:
    """The query of `lat=` and `lon=`. Raises `InvalidLocation` for half a pair or no numbers."""
    north, east = _degrees("lat", latitude, "N"), _degrees("lon", longitude, "E")
    try:
        return CoordinatesQuery(Coordinates(north, east))
    except InvalidLocation as error:
        error.parameter = "lat" if abs(north) > 90 else "lon"
        raise


def _degrees(parameter: str, text: str | None, axis: str) -> float:
    if text is None:
        raise InvalidLocation("Coordinates need both lat and lon.", parameter)
    degrees = parse_angle(text, axis)
    if degrees is None:
        message = "lat and lon must be decimal degrees, such as lat=48.85&lon=2.35."
        raise InvalidLocation(message, parameter)
    return degrees


def from_link(link: str) -> CoordinatesQuery:
    """The query of a map's address. Raises `LocationNotFound` if it holds no coordinates."""
    coordinates = parse_link(link)
    if coordinates is None:
        raise LocationNotFound("There is nothing at this address. Try /name-of-a-place.")
    return CoordinatesQuery(coordinates)


def from_address(text: str) -> AddressQuery:
    """The query of `ip=`. Raises `InvalidLocation`."""
    address = parse_address(text)
    if address is None:
        raise InvalidLocation("ip must be an IPv4 or IPv6 address.", "ip")
    return AddressQuery(address)


def _decimal(degrees: float) -> str:
    """Degrees to seven decimals (1 cm), without trailing zeros and "-0"."""
    text = f"{degrees:.7f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _normalized(text: str) -> str:
    if len(text) > 4 * LONGEST:
        raise InvalidLocation(f"A place's name has at most {LONGEST} characters.")
    text = unicodedata.normalize("NFC", text.replace("+", " ").replace("_", " "))
    if any(_is_hidden(character) for character in text):
        raise InvalidLocation("A place's name cannot hold control characters.")
    text = " ".join(text.split())
    if len(text.removeprefix("~")) > LONGEST:
        raise InvalidLocation(f"A place's name has at most {LONGEST} characters.")
    return text


def _is_hidden(character: str) -> bool:
    """Controls, format characters (such as direction overrides), surrogates and private use; not
    the two joiners in Persian and Indian names."""
    category = unicodedata.category(character)
    if character == "\ufffd":  # replaces bytes that are no UTF-8
        return True
    return category in {"Cc", "Cf", "Cs", "Co"} and character not in "\u200c\u200d"


def _recognized(text: str) -> Query:
    """What a text can be by its form. Raises `InvalidLocation`."""
    if pair := parse_pair(text):
        return CoordinatesQuery(pair)
    if address := parse_address(text):
        return AddressQuery(address)
    refuse_other(text)
    return CodeQuery(text) if is_code(text) else _named(text)


def _host(text: str) -> AddressQuery | HostQuery:
    """Raises `InvalidLocation`."""
    address = parse_node(text)
    return AddressQuery(address) if address else HostQuery(canonical(text.strip()))


def _named(text: str) -> NameQuery:
    name, *within = (part.strip(" /") for part in text.split(","))
    if not any(unicodedata.category(character)[0] in "LN" for character in name):
        raise InvalidLocation("A place's name needs a letter or a digit.")
    return NameQuery(name, tuple(part for part in within if part))
