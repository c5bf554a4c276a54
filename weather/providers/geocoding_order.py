"""Which of the places that Open-Meteo's search has found is the best: the first one, but for a few
kinds of queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from weather.atlas.folding import fold
from weather.core.models import Place
from weather.core.place_names import is_postcode, postcode_forms

Candidate = tuple[Mapping[str, Any], Place]
"""The search's entry, and the place that was read from it."""
Preference = Callable[[Mapping[str, Any], Place], bool]


def ordered(
    candidates: Sequence[Candidate], name: str, within: tuple[str, ...]
) -> tuple[Place, ...]:
    """The places in the search's order, except that those come first which have a postcode of
    `within`, or are the town of a country's name, or have the accents of the name."""
    preferences = (_has_name(candidates, name), _is_town_of(candidates), _has_postcode(within))
    best_first = list(candidates)
    # Sorting is stable, so that the last preference counts most.
    for preference in preferences:
        best_first.sort(key=lambda item: not preference(*item))
    return tuple(place for _, place in best_first)


def _has_name(candidates: Sequence[Candidate], name: str) -> Preference:
    """The places of this very name, if the best one only begins with it but for its accents, which
    the server ignores: Arecibo for "Åre"."""
    best, key = fold(candidates[0][1].name or "") if candidates else "", fold(name)
    if name.isascii() or best == key or not best.startswith(key):
        return lambda entry, place: True
    return lambda entry, place: _same(place.name, name)


def _is_town_of(candidates: Sequence[Candidate]) -> Preference:
    """The towns of the name of their country, if that comes first: Luxembourg's."""
    if not candidates or not _is_country(candidates[0][0]):
        return lambda entry, place: True
    country = candidates[0][1]
    name, code = country.name, country.country_code
    return lambda entry, place: (
        _same(place.name, name) and place.country_code == code and not _is_country(entry)
    )


def _has_postcode(within: tuple[str, ...]) -> Preference:
    codes = frozenset().union(*map(postcode_forms, filter(is_postcode, within)))
    return lambda entry, place: not codes.isdisjoint(_postcodes(entry))


def _same(name: str | None, other: str | None) -> bool:
    return name is not None and other is not None and name.casefold() == other.casefold()


def _postcodes(entry: Mapping[str, Any]) -> list[str]:
    codes = entry.get("postcodes")
    return [code for code in codes if isinstance(code, str)] if isinstance(codes, list) else []


def _is_country(entry: Mapping[str, Any]) -> bool:
    """Whether it is a political entity in GeoNames' feature codes."""
    return str(entry.get("feature_code")).startswith("PCL")
