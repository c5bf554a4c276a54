"""The nearest conditions to a local hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from weather.core.models import Conditions, Hours

_MAX_DISTANCE = timedelta(hours=3)


class Timeline:
    """Hours before and from the present one on, looked up by the local time of a zone. Only the
    rows that are returned are made."""

    def __init__(
        self, earlier: Sequence[Conditions], hours: Sequence[Conditions], zone: ZoneInfo
    ) -> None:
        self._parts = (Hours.of(earlier), Hours.of(hours))
        self._zone = zone

    def nearest(self, day: date, hour: int) -> Conditions | None:
        """The conditions nearest to an hour of a local day, or None if none are within 3 h."""
        target = datetime.combine(day, time(hour), self._zone).astimezone(UTC)
        # The two hours around the target, which may be in different parts.
        around = [(part, part.count_before(target)) for part in self._parts]
        before = [part[count - 1 : count] for part, count in around if count]
        after = [part[count : count + 1] for part, count in around if count < len(part)]
        near = [
            (abs(moment - target), row)
            for row in (*before[-1:], *after[:1])
            for moment in row.column("valid_at")
        ]
        distance, row = min(near, key=lambda pair: pair[0], default=(None, None))
        return row[0] if row and distance is not None and distance <= _MAX_DISTANCE else None
