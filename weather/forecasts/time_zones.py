"""Which time zone a forecast's days are those of."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from weather.core.attribution import OPENSTREETMAP
from weather.core.daily import nautical_zone, valid_zone
from weather.core.models import Coordinates, Credit, Place

_CELLS = 1024

ZoneAt = Callable[[Coordinates], str | None]


class TimeZones:
    """`zone_at` returns the time zone at a point by its borders, or None on the open sea;
    `nearest` that of the nearest city, or None far from any."""

    def __init__(self, zone_at: ZoneAt | None, nearest: ZoneAt | None) -> None:
        self._zone_at = zone_at
        self._nearest = nearest
        self._of_point = lru_cache(_CELLS)(self._find)

    def of_place(self, place: Place, provider_zone: str | None = None) -> str:
        """The IANA name of the first of these that has one: the provider, the place, the borders
        of time zones, the nearest city, the meridian."""
        return _named(place, provider_zone) or self._of_point(place.coordinates.rounded())

    def credits(self, place: Place, provider_zone: str | None = None) -> tuple[Credit, ...]:
        """Whose data is in the result of `of_place`, besides the provider's and the place's."""
        if self._zone_at is None or _named(place, provider_zone):
            return ()
        return (OPENSTREETMAP,) if valid_zone(self._zone_at(place.coordinates.rounded())) else ()

    def of_cell(self, cell: Coordinates, provider_zone: str | None = None) -> str:
        """As `of_place`, whichever place of the cell was requested."""
        return valid_zone(provider_zone) or self._of_point(cell)

    def _find(self, cell: Coordinates) -> str:
        if self._zone_at:
            name = self._zone_at(cell)
            # A zone that the system does not know yet is probably like the nearest city's.
            if name is None or valid_zone(name):
                return name or nautical_zone(cell)
        nearest = self._nearest(cell) if self._nearest else None
        return valid_zone(nearest) or nautical_zone(cell)


def _named(place: Place, provider_zone: str | None) -> str | None:
    """The zone that the provider or the place names."""
    # A point with the name of the nearest city may lie across a border from it.
    own = place.timezone if place.distance is None else None
    return valid_zone(provider_zone) or valid_zone(own)
