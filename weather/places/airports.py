"""Names of three letters: an airport's IATA code, or the name of a town.

Airports are named in capitals, in which `GRU` is always one. In lower case, a city of that name and
100,000 inhabitants comes first (`ulm`), and with one capital, as names are written, any place of
that name (`Pau`, `Are`).
"""

from __future__ import annotations

import re
import unicodedata

from weather.core.models import Place
from weather.core.place_names import expanded
from weather.places.gazetteer import Gazetteer

_CODE = re.compile(r"[A-Za-z]{3}")
_LARGE = 100_000  # inhabitants
# Countries that people name by these letters: both are codes of airports.
_COUNTRIES = frozenset({"usa", "uae"})


def is_code(text: str) -> bool:
    """Whether a text can be an IATA code. An abbreviation that stands for a city is none: its
    letters are those of the city, and may be an airport elsewhere."""
    if not _CODE.fullmatch(text) or text.lower() in _COUNTRIES:
        return False
    return not expanded(text)


def airport(gazetteer: Gazetteer, code: str) -> Place | None:
    """The airport that a text of three letters means; None where it is the name of a city, or
    no airport has it."""
    place = gazetteer.airport(code)
    if place is None or code.isupper():
        return place
    least = 0 if code.istitle() else _LARGE
    cities = gazetteer.search(code, ())
    return None if any(_is_named(city, code, least) for city in cities) else place


def _is_named(city: Place, name: str, least: int) -> bool:
    """Whether a city has that very name (not as an alternative one), and the inhabitants."""
    return _plain(city.name or "") == _plain(name) and (city.population or 0) >= least


def _plain(name: str) -> str:
    """Without case and accents: "nis" is Niš."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
