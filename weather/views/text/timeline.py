"""The nearest conditions to a local hour."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from weather.core.models import Conditions

_MAX_DISTANCE = timedelta(hours=3)


class Timeline:
    """Conditions in ascending order, looked up by the local time of a zone."""

    def __init__(self, hours: Sequence[Conditions], zone: ZoneInfo) -> None:
        self._hours = hours
        self._moments = [hour.valid_at for hour in hours]
        self._zone = zone

    def nearest(self, day: date, hour: int) -> Conditions | None:
        """The conditions nearest to an hour of a local day, or None if none are within 3 h."""
        target = datetime.combine(day, time(hour), self._zone).astimezone(UTC)
        after = bisect_left(self._moments, target)
        neighbours = self._hours[max(after - 1, 0) : after + 1]
        nearest = min(neighbours, key=lambda hour: abs(hour.valid_at - target), default=None)
        return nearest if nearest and abs(nearest.valid_at - target) <= _MAX_DISTANCE else None
