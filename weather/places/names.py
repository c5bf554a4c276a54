"""Places of a name: from the geocoder, or from the gazetteer while that cannot be reached."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from weather.cache.cache import Cache
from weather.cache.entry import Entry
from weather.cache.policy import Policy
from weather.core.dataclass import dataclass
from weather.core.deadline import Deadline
from weather.core.errors import CallDeclined, LocationNotFound, SearchUnavailable, UpstreamError
from weather.core.models import Credit, LocatedBy, LocatedPlace, Place
from weather.places.gazetteer import Gazetteer
from weather.places.query import NameQuery
from weather.places.readings import readings

_LIFETIME = timedelta(days=30)
_NEGATIVE_LIFETIME = timedelta(minutes=5)
_ALTERNATIVES = 4
_RETRY_AFTER = 60  # seconds, where the failure does not say

Places = tuple[Place, ...]


class Geocoder(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def credits(self) -> tuple[Credit, ...]: ...

    def search(
        self, name: str, within: tuple[str, ...], language: str, deadline: Deadline
    ) -> Places: ...


@dataclass(frozen=True, slots=True)
class NameResult:
    """The places of a name, the best first. `offline` if the geocoder could not be reached and
    the gazetteer answered, which knows fewer."""

    places: Places
    source: str
    credits: tuple[Credit, ...]
    offline: bool = False


class NameSearch:
    """A name that finds nothing as it is written is read in other ways (`readings`)."""

    def __init__(self, geocoder: Geocoder, gazetteer: Gazetteer | None, cache: Cache) -> None:
        self._geocoder = geocoder
        self._gazetteer = gazetteer
        self._cache = cache
        self._policy: Policy[Places] = Policy(usable=bool)

    def search(self, query: NameQuery, language: str, deadline: Deadline) -> NameResult:
        """Raises `UpstreamError`."""
        # A geocoder that hangs leaves time for the forecast of a place in the gazetteer.
        wait_deadline = deadline.fraction(0.5) if self._gazetteer else deadline
        names = self._readings(query)
        try:
            results = (self._geocode(name, language, wait_deadline) for name in names)
            places = next(filter(None, results), ())
            return NameResult(places, self._geocoder.name, self._geocoder.credits)
        except UpstreamError as error:
            if self._gazetteer:
                local = (self._gazetteer.search(name.name, name.within) for name in names)
                if places := next(filter(None, local), ()):
                    source, credits = self._gazetteer.source, self._gazetteer.place_credits
                    return NameResult(places, source, credits, offline=True)
            # A name that is missing from the gazetteer may exist all the same.
            raise _outage(error, deadline) from error

    def locate(self, query: NameQuery, language: str, deadline: Deadline) -> LocatedPlace:
        """The best place of a name. Raises `LocationNotFound` or `UpstreamError`."""
        result = self.search(query, language, deadline)
        if not result.places:
            raise LocationNotFound(f"No place called “{query}” is known.")
        best, *others = result.places
        # The gazetteer finds whole names only, so that all its places are meant.
        namesakes = [place for place in others if result.offline or place.name == best.name]
        alternatives = _distinct(best, namesakes)[:_ALTERNATIVES]
        return LocatedPlace(
            best,
            LocatedBy.NAME,
            result.source,
            alternatives,
            credits=result.credits,
            offline=result.offline,
        )

    def _readings(self, query: NameQuery) -> tuple[NameQuery, ...]:
        return readings(query, self._gazetteer.is_area) if self._gazetteer else (query,)

    def _geocode(self, query: NameQuery, language: str, deadline: Deadline) -> Places:
        def fetch(expired: Entry[Places] | None, deadline: Deadline) -> Entry[Places]:
            places = self._geocoder.search(query.name, query.within, language, deadline)
            return self._cache.new_entry(places, _LIFETIME if places else _NEGATIVE_LIFETIME)

        key = f"name {language} {query.name.casefold()!r} {query.within!r}"
        return self._cache.get(key, fetch, deadline, self._policy).value


def _outage(error: UpstreamError, deadline: Deadline) -> UpstreamError:
    """The error of a name that could not be searched for. Crawlers are not searched for, nor is
    more than a client's share."""
    if not deadline.allow_upstream or isinstance(error, CallDeclined):
        return error
    message = "Please try again in a minute, or name a larger place nearby."
    return SearchUnavailable(message, getattr(error, "retry_after", _RETRY_AFTER))


def _distinct(best: Place, others: list[Place]) -> Places:
    """The runners-up whose labels differ from each other's and from the best one's."""
    by_label = {place.label: place for place in reversed(others)}
    by_label.pop(best.label, None)
    return tuple(place for place in others if by_label.get(place.label) is place)
