"""The daylight bar of a day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from weather.core.dataclass import dataclass
from weather.core.models import Astronomy

Spans = list[tuple[int, int]]
"""Start and end of each span, in minutes of the local clock since midnight."""

_MIDNIGHT = 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Daylight:
    """When it is light on a local day; `now` is in minutes of the local clock too."""

    twilight: Spans  # from dawn to dusk
    light: Spans  # from sunrise to sunset
    now: int

    @classmethod
    def of(cls, astronomy: Astronomy, now: datetime, zone: ZoneInfo) -> Daylight:
        dawn, sunrise, sunset, dusk = (
            _minutes(moment, zone)
            for moment in (astronomy.dawn, astronomy.sunrise, astronomy.sunset, astronomy.dusk)
        )
        polar_day = astronomy.sun_is_up_at_noon
        return cls(
            twilight=_spans(dawn, dusk, polar_day),
            light=_spans(sunrise, sunset, polar_day),
            now=_minutes(now, zone) or 0,
        )


def _minutes(moment: datetime | None, zone: ZoneInfo) -> int | None:
    if moment is None:
        return None
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute


def _spans(rise: int | None, fall: int | None, polar_day: bool) -> Spans:
    if rise is None and fall is None:
        return [(0, _MIDNIGHT)] if polar_day else []
    start, end = rise or 0, _MIDNIGHT if fall is None else fall
    # Near the polar circles the sun can set after midnight and rise again on the same day.
    return [(start, end)] if start <= end else [(0, end), (start, _MIDNIGHT)]
