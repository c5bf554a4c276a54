"""Countries and regions by every name, code and usual abbreviation.

An area is a line of the section: its head, then its names, folded, with a tab after each.

    PR>US             a country (ISO 3166-1 alpha-2), and the one that it is a subdivision of
    US.TX 4736286     a region: GeoNames' code, and GeoNames' id
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from weather.atlas import container, shared
from weather.atlas.container import CorruptAtlas
from weather.atlas.folding import fold_area
from weather.atlas.once import once
from weather.atlas.text import Text
from weather.core.dataclass import dataclass
from weather.core.place_names import is_postcode


@dataclass(frozen=True, slots=True)
class Area:
    """A country, or a region with GeoNames' code ("US.TX") and id. `part_of` is the country that
    ISO 3166-2 counts the country to (Puerto Rico's is the United States)."""

    country: str
    part_of: str = ""
    code: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Location:
    """Where a place lies: its country (ISO 3166-1 alpha-2), and the names, GeoNames codes and
    GeoNames ids of its regions, as far as they are known."""

    country: str | None
    names: Collection[str] = ()
    codes: Collection[str] = ()
    ids: Collection[int] = ()


def lies_within(location: Location, areas: Iterable[str]) -> bool:
    """Whether a place lies in each of the areas, whatever their spelling.

    A text that can be two areas ("CA": Canada and California) may be either of them. A postcode
    excludes no place, as gazetteers have few of them.
    """
    return all(_lies_within(location, area) for area in areas)


def is_area(text: str) -> bool:
    """Whether it is the name, code or abbreviation of a country or region."""
    return bool(named(fold_area(text)))


def _lies_within(location: Location, area: str) -> bool:
    key = fold_area(area)
    if not key:
        return True
    own = {fold_area(name) for name in location.names}
    if key in own:
        return True
    areas = named(key)
    if not areas:
        return is_postcode(area.strip())
    countries = {candidate.country for candidate in areas if not candidate.code}
    if countries & _country(location.country):
        return True
    regions = {
        candidate.code: candidate.id
        for candidate in areas
        if candidate.code and candidate.country == location.country
    }
    if not (set(regions.values()) | set(regions)).isdisjoint({*location.ids, *location.codes}):
        return True
    # Last, as each name is a search.
    return bool(regions) and any(
        code in regions for name in own for code in _codes(name, location.country)
    )


def _codes(name: str, country: str | None) -> Iterator[str]:
    """GeoNames' codes of the country's regions of that name."""
    return (area.code for area in named(name) if area.code and area.country == country)


def _country(code: str | None) -> frozenset[str]:
    """The country and the one that it is a subdivision of."""
    own = (area for area in named(fold_area(code or "")) if not area.code and area.country == code)
    return frozenset(name for area in own for name in (area.country, area.part_of) if name)


@lru_cache(maxsize=4096)
def named(key: str) -> tuple[Area, ...]:
    """The areas of a folded name."""
    return tuple(_scan(load(), f"\t{key}\t".encode("utf-8", "replace"))) if key else ()


def _scan(text: Text, pattern: bytes) -> Iterator[Area]:
    at = text.find(pattern)
    while at >= 0:
        start = text.rfind(b"\n", 0, at) + 1
        yield _area(text[start : text.find(b"\t", start)].decode())
        at = text.find(pattern, at + 1)


def _area(head: str) -> Area:
    code, _, identifier = head.partition(" ")
    if identifier:
        return Area(code.partition(".")[0], code=code, id=int(identifier))
    country, _, part_of = head.partition(">")
    return Area(country, part_of)


@once
def load() -> Text:
    """The section, read at the first call. Raises `CorruptAtlas`."""
    text: Text | None = shared.table("areas")
    return text or decode(container.read("areas"))


def decode(file: container.Container) -> bytes:
    text = file.sections.get("areas", b"")
    if not text.startswith(b"\n") or not text.endswith(b"\t\n"):
        raise CorruptAtlas("The atlas's names of countries and regions cannot be used.")
    return text
