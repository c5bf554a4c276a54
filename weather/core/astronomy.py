"""Sun and moon for a place and a local day.

The events are where a height crosses its level within the local day, which holds where the
library's own rise and set functions fail: at the poles, on days of a clock change, and on days
that begin with a moonrise.

Where a body clearly rises and sets, the events follow from the hour angles at which it does
(`rises.py`); elsewhere, and on the days that this leaves in doubt, each hour is looked at
(`course.py`). Both are exact to half a second.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from weather.core import course, ephemeris, rises
from weather.core.course import Crossing, Point
from weather.core.ephemeris import HOUR, Horizon
from weather.core.models import Astronomy, Coordinates
from weather.core.moon import moon_at
from weather.core.ranges import STORED_DIGITS
from weather.core.rounding import rounded

# The levels of the standard definitions: the sun's upper limb with 34' of refraction, civil
# twilight, and the geocentric elevation at which the moon's upper limb shows (its mean parallax
# less its radius and refraction; Meeus, Astronomical Algorithms, ch. 15).
_SUN_LEVEL = math.sin(math.radians(-0.833))
_TWILIGHT_LEVEL = math.sin(math.radians(-6.0))
_MOON_LEVEL = math.sin(math.radians(0.125))

PHASES = 1000  # the moon's phase is given in thousandths of its month


def is_day(coordinates: Coordinates, moment: datetime) -> bool:
    """Whether the sun is above the horizon."""
    return Horizon(coordinates).height(ephemeris.sun, moment.timestamp()) > _SUN_LEVEL


def daylight(coordinates: Coordinates, moments: Sequence[float]) -> list[bool]:
    """Whether the sun is above the horizon of a place at each of the moments, in seconds since
    1970; fast for a range of full hours."""
    horizon = Horizon(coordinates)
    if isinstance(moments, range) and not (moments.start % HOUR or moments.step % HOUR):
        hours = range(moments.start // HOUR, moments.stop // HOUR, moments.step // HOUR)
        heights = horizon.heights(ephemeris.sun, hours)
    else:
        heights = [horizon.height(ephemeris.sun, moment) for moment in moments]
    return [height > _SUN_LEVEL for height in heights]


class Sun(NamedTuple):
    """The sun's events of a day, in seconds since 1970, and how many seconds it is up."""

    dawn: int | None
    sunrise: int | None
    solar_noon: int
    sunset: int | None
    dusk: int | None
    daylight: int
    sun_is_up_at_noon: bool


class MoonEvents(NamedTuple):
    """In seconds since 1970."""

    moonrise: int | None
    moonset: int | None


class MoonAtNoon(NamedTuple):
    """Its phase in thousandths, and the lit part in hundredths of a per cent."""

    moon_phase: int
    moon_illumination: int


@lru_cache(maxsize=1024)  # of cells that have no forecast
def astronomy(coordinates: Coordinates, day: date, timezone: str) -> Astronomy:
    """Rise, set and the length of the day at a place on a local calendar day, and the moon of its
    noon by the clock; moments in UTC."""
    horizon = Horizon(coordinates)
    sun, moon = sun_of_day(horizon, day, timezone), moon_of_day(horizon, day, timezone)
    at_noon = moon_at_noon(day, timezone)
    return Astronomy(
        dawn=_moment(sun.dawn),
        sunrise=_moment(sun.sunrise),
        solar_noon=_moment(sun.solar_noon),
        sunset=_moment(sun.sunset),
        dusk=_moment(sun.dusk),
        moonrise=_moment(moon.moonrise),
        moonset=_moment(moon.moonset),
        moon_phase=at_noon.moon_phase / PHASES,
        moon_illumination=at_noon.moon_illumination / 10**STORED_DIGITS,
        daylight=timedelta(seconds=sun.daylight),
        sun_is_up_at_noon=sun.sun_is_up_at_noon,
    )


def sun_of_day(horizon: Horizon, day: date, timezone: str) -> Sun:
    """The sun of a local calendar day."""
    start, end = day_seconds(day, timezone)
    sun = _course_of_sun(horizon, start, end)
    dawn, dusk = _rise_and_set(sun.twilights)
    sunrise, sunset = _rise_and_set(sun.crossings)
    noon, height = sun.highest
    up = _time_up(start, end, sun)
    return Sun(dawn, sunrise, round(noon), sunset, dusk, up, height > _SUN_LEVEL)


def moon_of_day(horizon: Horizon, day: date, timezone: str) -> MoonEvents:
    """Rise and set of the moon on a local calendar day."""
    start, end = day_seconds(day, timezone)
    body = ephemeris.moon
    found = rises.crossings(horizon, body, start, end, _MOON_LEVEL)
    if found is None:
        points = course.course(horizon, body, start, end, (_MOON_LEVEL,))
        found = course.crossings(horizon, body, points, _MOON_LEVEL)
    return MoonEvents(*_rise_and_set(found))


@lru_cache(maxsize=1024)  # the days of a forecast in some tens of zones
def moon_at_noon(day: date, timezone: str) -> MoonAtNoon:
    """The moon at twelve by the clock of a local calendar day, the same for all places."""
    moon = moon_at(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(timezone)))
    illumination = rounded(moon.illumination, STORED_DIGITS)
    return MoonAtNoon(round(moon.phase * PHASES), round(illumination * 10**STORED_DIGITS))


@lru_cache(maxsize=1024)  # the days of a forecast in some tens of zones
def day_bounds(day: date, timezone: str) -> tuple[datetime, datetime]:
    """A local day's first moment and the next day's, in UTC; 23 to 25 hours apart."""
    zone = ZoneInfo(timezone)
    after = day + timedelta(days=1)
    start, end = (datetime(d.year, d.month, d.day, tzinfo=zone) for d in (day, after))
    return start.astimezone(UTC), end.astimezone(UTC)


@lru_cache(maxsize=1024)
def day_seconds(day: date, timezone: str) -> tuple[int, int]:
    """The bounds of a local day in seconds since 1970."""
    start, end = day_bounds(day, timezone)
    return int(start.timestamp()), int(end.timestamp())


class _Course(NamedTuple):
    is_up: bool  # at the day's start
    crossings: list[Crossing]
    twilights: list[Crossing]
    highest: Point


def _course_of_sun(horizon: Horizon, start: int, end: int) -> _Course:
    body, levels = ephemeris.sun, (_SUN_LEVEL, _TWILIGHT_LEVEL)
    day, twilight = (rises.crossings(horizon, body, start, end, level) for level in levels)
    highest = day and twilight and rises.highest(horizon, body, start, end)
    if day and twilight and highest:
        (_, begins_with_rise), *_ = day
        return _Course(not begins_with_rise, day, twilight, highest)
    points = course.course(horizon, body, start, end, levels)
    is_up = points[0][1] >= _SUN_LEVEL
    day, twilight = (course.crossings(horizon, body, points, level) for level in levels)
    return _Course(is_up, day, twilight, course.highest(horizon, body, points))


def _rise_and_set(crossings: list[Crossing]) -> tuple[int | None, int | None]:
    """The day's first upward and last downward crossing of a level."""
    rise = fall = None
    for moment, upward in crossings:
        if not upward:
            fall = moment
        elif rise is None:
            rise = moment
    return rise, fall


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _time_up(start: int, end: int, sun: _Course) -> int:
    """How many seconds the sun is up on the day: an arctic day may have two sunrises, one of them
    right after midnight."""
    up, since, total = sun.is_up, start, 0
    for moment, upward in sun.crossings:
        if up:
            total += moment - since
        up, since = upward, moment
    return total + (end - since) if up else total
