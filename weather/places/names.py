"""Places of a name: from the geocoder, or from the gazetteer while that cannot be reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from weather.cache.cache import Cache
from weather.cache.entry import Entry
from weather.cache.policy import Policy
from weather.core.deadline import Deadline
from weather.core.errors import LocationNotFound, UpstreamError
from weather.core.models import LocatedBy, LocatedPlace, Place
from weather.places.gazetteer import Gazetteer
from weather.places.query import NameQuery

_LIFETIME = timedelta(days=30)
_NEGATIVE_LIFETIME = timedelta(minutes=5)
_ALTERNATIVES = 4

Places = tuple[Place, ...]


class Geocoder(Protocol):
    @property
    def name(self) -> str: ...

    def search(
        self, name: str, within: tuple[str, ...], language: str, deadline: Deadline
    ) -> Places: ...


@dataclass(frozen=True, slots=True)
class NameResult:
    """The places of a name, the best first. `offline` if the geocoder could not be reached and
    the gazetteer answered, which knows fewer."""

    places: Places
    source: str
    offline: bool = False


class NameSearch:
    def __init__(self, geocoder: Geocoder, gazetteer: Gazetteer | None, cache: Cache) -> None:
        self._geocoder = geocoder
        self._gazetteer = gazetteer
        self._cache = cache
        self._policy: Policy[Places] = Policy(usable=bool)

    def search(self, query: NameQuery, language: str, deadline: Deadline) -> NameResult:
        """Raises `UpstreamError`."""
        # A geocoder that hangs leaves time for the forecast of a place in the gazetteer.
        patience = deadline.fraction(0.5) if self._gazetteer else deadline
        try:
            return NameResult(self._geocode(query, language, patience), self._geocoder.name)
        except UpstreamError:
            places = self._gazetteer.search(query.name, query.within) if self._gazetteer else ()
            # A name that is missing from the gazetteer may exist all the same.
            if self._gazetteer is None or not places:
                raise
            return NameResult(places, self._gazetteer.source, offline=True)

    def locate(self, query: NameQuery, language: str, deadline: Deadline) -> LocatedPlace:
        """The best place of a name. Raises `LocationNotFound` or `UpstreamError`."""
        result = self.search(query, language, deadline)
        if not result.places:
            raise LocationNotFound(f"No place called “{query}” is known.")
        best, *others = result.places
        namesakes = [place for place in others if place.name == best.name]
        alternatives = _distinct(best, namesakes)[:_ALTERNATIVES]
        return LocatedPlace(best, LocatedBy.NAME, result.source, alternatives)

    def _geocode(self, query: NameQuery, language: str, deadline: Deadline) -> Places:
        def fetch(expired: Entry[Places] | None, deadline: Deadline) -> Entry[Places]:
            places = self._geocoder.search(query.name, query.within, language, deadline)
            return self._cache.new_entry(places, _LIFETIME if places else _NEGATIVE_LIFETIME)

        key = f"name {language} {query.name.casefold()!r} {query.within!r}"
        return self._cache.get(key, fetch, deadline, self._policy).value


def _distinct(best: Place, others: list[Place]) -> Places:
    """The runners-up whose labels differ from each other's and from the best one's."""
    by_label = {place.label: place for place in reversed(others)}
    by_label.pop(best.label, None)
    return tuple(place for place in others if by_label.get(place.label) is place)
