"""Which time zone a forecast's days are those of."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from weather.core.daily import nautical_zone, valid_zone
from weather.core.models import Coordinates, Place

_CELLS = 1024

NearestZone = Callable[[Coordinates], str | None]


class TimeZones:
    """`nearest` returns the time zone of the nearest city, or None far from any."""

    def __init__(self, nearest: NearestZone | None) -> None:
        self._nearest = lru_cache(_CELLS)(nearest) if nearest else lambda cell: None

    def of_place(self, place: Place, provider_zone: str | None = None) -> str:
        """The IANA name of the first of these that has one: the provider, the place, the
        nearest city, the meridian."""
        return (
            valid_zone(provider_zone)
            or valid_zone(place.timezone)
            or self.of_cell(place.coordinates.rounded())
        )

    def of_cell(self, cell: Coordinates, provider_zone: str | None = None) -> str:
        """As `of_place`, whichever place of the cell was requested."""
        return valid_zone(provider_zone) or valid_zone(self._nearest(cell)) or nautical_zone(cell)
