"""Sun and moon for a place and a local day.

The events are where a height crosses its level within the local day, which holds where the
library's own rise and set functions fail: at the poles, on days of a clock change, and on days
that begin with a moonrise.

Heights are known at each full hour, of which a crossing is between two; where a level lies
between them and a turning point, that point is added, so that a sun that is up for minutes is
seen. Each event is then found to half a second.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from weather.core import ephemeris
from weather.core.ephemeris import HOUR, Body, Horizon
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

# How far a turning point may be from the nearer of its two full hours: the height's second
# derivative is at most the square of the earth's turn, 15° an hour, and half an hour is between.
_BEND = 0.009
_NARROW = 0.5  # seconds

Point = tuple[float, float]  # seconds since 1970, height
Crossing = tuple[int, bool]  # seconds since 1970, and whether it is upward


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


# Sixteen days of some tens of cells, for those whose last forecast is lost.
@lru_cache(maxsize=1024)
def astronomy(coordinates: Coordinates, day: date, timezone: str) -> Astronomy:
    """Rise, set and the length of the day at a place on a local calendar day, and the moon of its
    noon by the clock; moments in UTC."""
    start, end = (int(bound.timestamp()) for bound in day_bounds(day, timezone))
    horizon = Horizon(coordinates)
    sun = _course(horizon, ephemeris.sun, start, end, (_SUN_LEVEL, _TWILIGHT_LEVEL))
    sun_events = _crossings(horizon, ephemeris.sun, sun, _SUN_LEVEL)
    sunrise, sunset = _rise_and_set(sun_events)
    dawn, dusk = _rise_and_set(_crossings(horizon, ephemeris.sun, sun, _TWILIGHT_LEVEL))
    moon = _course(horizon, ephemeris.moon, start, end, (_MOON_LEVEL,))
    moonrise, moonset = _rise_and_set(_crossings(horizon, ephemeris.moon, moon, _MOON_LEVEL))
    solar_noon, height = _highest(horizon, ephemeris.sun, sun)
    moon_at_noon = moon_at(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(timezone)))
    return Astronomy(
        dawn=dawn,
        sunrise=sunrise,
        solar_noon=_moment(solar_noon),
        sunset=sunset,
        dusk=dusk,
        moonrise=moonrise,
        moonset=moonset,
        moon_phase=moon_at_noon.phase,
        moon_illumination=rounded(moon_at_noon.illumination, STORED_DIGITS),
        daylight=timedelta(seconds=_time_above(start, end, sun[0][1], sun_events)),
        sun_is_up_at_noon=height > _SUN_LEVEL,
    )


@lru_cache(maxsize=1024)  # the days of a forecast in some tens of zones
def day_bounds(day: date, timezone: str) -> tuple[datetime, datetime]:
    """A local day's first moment and the next day's, in UTC; 23 to 25 hours apart."""
    zone = ZoneInfo(timezone)
    after = day + timedelta(days=1)
    start, end = (datetime(d.year, d.month, d.day, tzinfo=zone) for d in (day, after))
    return start.astimezone(UTC), end.astimezone(UTC)


def _course(
    horizon: Horizon, body: Body, start: int, end: int, levels: tuple[float, ...]
) -> list[Point]:
    """The heights at a day's bounds, at its full hours, and at the turning points near a level:
    between two of them the body rises or falls through each level at most once."""
    hours = range(-(-start // HOUR), end // HOUR + 1)
    moments: list[float] = [hour * HOUR for hour in hours]
    heights = horizon.heights(body, hours)
    if start % HOUR:  # in a zone whose offset is of half an hour
        moments.insert(0, start)
        heights.insert(0, horizon.height(body, start))
    if end % HOUR:
        moments.append(end)
        heights.append(horizon.height(body, end))
    course = list(zip(moments, heights, strict=True))
    # A turn is beside the highest or the lowest hour; another one can only be a day from it.
    last = len(heights) - 1
    extremes = {heights.index(max(heights)), heights.index(min(heights)), 0, 1, last - 1, last}
    near = {
        index for index in extremes for level in levels if -_BEND < heights[index] - level < _BEND
    }
    # From the end, so that the places before stay.
    for index in sorted(near | {index + 1 for index in near}, reverse=True):
        if 0 < index < len(moments):
            turn = _turning_point(horizon, body, moments[index - 1], moments[index])
            if turn:
                course.insert(index, turn)
    return course


def _turning_point(horizon: Horizon, body: Body, before: float, after: float) -> Point | None:
    """Where a body's height is highest or lowest between two moments of one hour, if it is."""
    hour = before // HOUR
    track, start = body(int(hour)), hour * HOUR
    past = horizon.culmination_within(track)
    if past is None or not before - start < past < after - start:
        return None
    return start + past, horizon.height_within(track)(past)


def _highest(horizon: Horizon, body: Body, course: list[Point]) -> Point:
    """The moment of the greatest height on a day, and the height."""
    heights = [height for _, height in course]
    peak = heights.index(max(heights))
    around = course[max(peak - 1, 0) : peak + 2]
    turns = [_turning_point(horizon, body, a, b) for (a, _), (b, _) in pairwise(around)]
    return max((course[peak], *filter(None, turns)), key=lambda point: point[1])


def _crossings(horizon: Horizon, body: Body, course: list[Point], level: float) -> list[Crossing]:
    """Every crossing of a level within the day, in order."""
    above = [height >= level for _, height in course]
    crossings: list[Crossing] = []
    index, upward = 0, not above[0]
    while upward in above[index:]:
        index = above.index(upward, index)
        moment = _crossing(horizon, body, course[index - 1], course[index], level)
        crossings.append((round(moment), upward))
        upward = not upward
    return crossings


def _crossing(horizon: Horizon, body: Body, before: Point, after: Point, level: float) -> float:
    """The moment of the crossing of a level between two points of one hour."""
    hour = before[0] // HOUR
    track, start = body(int(hour)), hour * HOUR
    low, high = before[0] - start, after[0] - start
    at_low, at_high = before[1] - level, after[1] - level
    guess = low + (high - low) * at_low / (at_low - at_high)
    past = horizon.crossing_within(track, level, guess, upward=at_high > at_low)
    if past is None or not low <= past <= high:
        past = _root(horizon.height_within(track, level), low, at_low, high, at_high)
    return start + past


def _root(
    function: Callable[[float], float], low: float, at_low: float, high: float, at_high: float
) -> float:
    """Where a function is zero between two places at which its signs differ, to half a second:
    by false position, a little towards the middle so that the zero is passed and both ends close
    in; by bisection where that does not halve the interval."""
    halved = True
    while (width := high - low) > _NARROW:
        middle = (low + high) / 2
        guess = middle
        if halved:
            guess = low + width * at_low / (at_low - at_high)
            guess += math.copysign(min(_NARROW / 2, abs(middle - guess)), middle - guess)
        value = function(guess)
        if (value < 0) == (at_low < 0):
            low, at_low = guess, value
        else:
            high, at_high = guess, value
        halved = not halved or high - low < width / 2
    return (low + high) / 2


def _rise_and_set(crossings: list[Crossing]) -> tuple[datetime | None, datetime | None]:
    """The day's first upward and last downward crossing of a level."""
    rises = [moment for moment, upward in crossings if upward]
    falls = [moment for moment, upward in crossings if not upward]
    return _moment(rises[0]) if rises else None, _moment(falls[-1]) if falls else None


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(round(seconds), UTC)


def _time_above(start: int, end: int, first: float, crossings: list[Crossing]) -> int:
    """How many seconds the sun is up on the day: an arctic day may have two sunrises, one of them
    right after midnight."""
    up, since, total = first >= _SUN_LEVEL, start, 0
    for moment, upward in crossings:
        if up:
            total += moment - since
        up, since = upward, moment
    return total + (end - since) if up else total
