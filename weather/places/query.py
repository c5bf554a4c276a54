"""The grammar of places: what a path or `q` can hold.

    (nothing)            the visitor's own place
    48.85,2.35           coordinates
    8.8.8.8              the place of an address
    Paris  94107  JFK    a name, postcode or airport code
    Paris,FR             a name within a country, state or region
    ~anything            a name, whatever it looks like

`+` and `_` stand for blanks, as terminal users write them. The `str` of a query is the place as
the visitor wrote it, empty if an address is located.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from weather.core.errors import InvalidLocation
from weather.core.ip_address import Address, parse_address
from weather.core.models import Coordinates

LONGEST = 100  # characters; the longest place names have fewer

_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})"
_PAIR = re.compile(rf"\s*({_NUMBER})\s*,\s*({_NUMBER})\s*")
_SINGLE = re.compile(rf"\s*({_NUMBER})\s*")


@dataclass(frozen=True, slots=True)
class VisitorQuery:
    """The visitor's own place."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class CoordinatesQuery:
    coordinates: Coordinates

    def __str__(self) -> str:
        return f"{self.coordinates.latitude:.8g},{self.coordinates.longitude:.8g}"


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


Query = VisitorQuery | CoordinatesQuery | NameQuery | AddressQuery


@lru_cache(maxsize=1024)
def parse(text: str) -> Query:
    """The query of a path's or `q`'s text. Raises `InvalidLocation`."""
    text = _normalized(text)
    if text in {"", "~"}:
        return VisitorQuery()
    if text.startswith("~"):
        return _named(text[1:])
    if pair := _PAIR.fullmatch(text):
        return CoordinatesQuery(Coordinates(float(pair[1]), float(pair[2])))
    if address := parse_address(text):
        return AddressQuery(address)
    return _named(text)


def from_pair(latitude: str | None, longitude: str | None) -> CoordinatesQuery:
    """The query of `lat=` and `lon=`. Raises `InvalidLocation` for half a pair or no numbers."""
    if latitude is None or longitude is None:
        raise InvalidLocation("Coordinates need both lat and lon.")
    matches = _SINGLE.fullmatch(latitude), _SINGLE.fullmatch(longitude)
    if matches[0] is None or matches[1] is None:
        raise InvalidLocation("lat and lon must be decimal degrees, such as lat=48.85&lon=2.35.")
    return CoordinatesQuery(Coordinates(float(matches[0][1]), float(matches[1][1])))


def from_address(text: str) -> AddressQuery:
    """The query of `ip=`. Raises `InvalidLocation`."""
    address = parse_address(text)
    if address is None:
        raise InvalidLocation("ip must be an IPv4 or IPv6 address.")
    return AddressQuery(address)


def _normalized(text: str) -> str:
    if len(text) > 4 * LONGEST:
        raise InvalidLocation(f"A place's name has at most {LONGEST} characters.")
    text = unicodedata.normalize("NFC", text.replace("+", " ").replace("_", " "))
    if any(_is_hidden(character) for character in text):
        raise InvalidLocation("A place's name cannot hold control characters.")
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise InvalidLocation(f"A place's name has at most {LONGEST} characters.")
    return text


def _is_hidden(character: str) -> bool:
    """Controls, format characters (such as direction overrides), surrogates and private use; not
    the two joiners in Persian and Indian names."""
    category = unicodedata.category(character)
    if character == "\ufffd":  # replaces bytes that are no UTF-8
        return True
    return category in {"Cc", "Cf", "Cs", "Co"} and character not in "\u200c\u200d"


def _named(text: str) -> NameQuery:
    name, *within = (part.strip() for part in text.split(","))
    if not any(unicodedata.category(character)[0] in "LN" for character in name):
        raise InvalidLocation("A place's name needs a letter or a digit.")
    return NameQuery(name, tuple(part for part in within if part))
