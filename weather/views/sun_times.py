"""Dawn, sunrise, sunset and dusk as times of day, also where they do not happen."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from weather.core.models import Day

_FIRST, _LAST = time(0, 0, 0), time(23, 59, 59)
# The bound of the day that stands for an event which does not happen because the sun stays up.
_BOUNDS = {"dawn": _FIRST, "sunrise": _FIRST, "sunset": _LAST, "dusk": _LAST}


def event(day: Day, name: str, zone: ZoneInfo) -> datetime | None:
    """The local time of an event, a field of `Astronomy`.

    Clients parse it as a time and fail at anything else. As in `format=j1`, under the midnight sun
    (and for dawn and dusk in white nights) it is the day's first or last second, in polar night
    the solar noon.
    """
    sky = day.astronomy
    moment: datetime | None = getattr(sky, name)
    if moment is None and sky.solar_noon:  # each day has a noon, unless the sun is unknown
        if name in _BOUNDS and sky.sun_is_up_at_noon:
            return datetime.combine(day.date, _BOUNDS[name], zone)
        moment = sky.solar_noon
    return moment and moment.astimezone(zone)
