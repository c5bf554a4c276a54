"""Sun and moon for a place and a local day.

Positions are astral's. The events are where an elevation crosses its level within the local
day, which holds where the library's own rise and set functions fail: at the poles, on days of a
clock change, and on days that begin with a moonrise.

The positions of sun and moon are the same for all places. They are computed once for each full
hour and interpolated linearly in between, with an error of less than 0.001°.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from astral import moon, sun
from astral.julian import julianday_2000
from astral.sidereal import gmst

from weather.core.models import Astronomy, Coordinates
from weather.core.moon import moon_at

# The levels of the standard definitions, in degrees: the sun's upper limb with 34' of refraction,
# civil twilight, and the geocentric elevation at which the moon's upper limb shows (its mean
# parallax less its radius and refraction; Meeus, Astronomical Algorithms, ch. 15).
_SUN_LEVEL = -0.833
_TWILIGHT_LEVEL = -6.0
_MOON_LEVEL = 0.125

_SUN_STEP = timedelta(minutes=10)  # short enough for a sun that is up for minutes
_MOON_STEP = timedelta(hours=1)

_HIGHEST_LATITUDE = 89.8  # degrees; at the very poles no moment is noon

Elevation = Callable[[datetime], float]
Crossing = tuple[datetime, bool]  # and whether it is upward
Position = tuple[float, float]  # degrees: hour angle at Greenwich, declination


def is_day(coordinates: Coordinates, moment: datetime) -> bool:
    """Whether the sun is above the horizon."""
    return daylight(coordinates)(moment)


def daylight(coordinates: Coordinates) -> Callable[[datetime], bool]:
    """Whether the sun is above the horizon of a place, as a function of the moment."""
    elevation = _elevation(_sun, coordinates)
    return lambda moment: elevation(moment) > _SUN_LEVEL


# Sixteen days of some tens of cells, for those whose last forecast is lost.
@lru_cache(maxsize=1024)
def astronomy(coordinates: Coordinates, day: date, timezone: str) -> Astronomy:
    """Rise, set and the length of the day at a place on a local calendar day, and the moon of its
    noon by the clock; moments in UTC."""
    start, end = day_bounds(day, timezone)
    sun_elevation, moon_elevation = _elevation(_sun, coordinates), _elevation(_moon, coordinates)
    samples = list(_samples(sun_elevation, start, end, _SUN_STEP))
    sun_events = _crossings(sun_elevation, samples, _SUN_LEVEL)
    sunrise, sunset = _rise_and_set(sun_events)
    dawn, dusk = _rise_and_set(_crossings(sun_elevation, samples, _TWILIGHT_LEVEL))
    moon_samples = list(_samples(moon_elevation, start, end, _MOON_STEP))
    moonrise, moonset = _rise_and_set(_crossings(moon_elevation, moon_samples, _MOON_LEVEL))
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(timezone))
    moon_at_noon = moon_at(noon)
    return Astronomy(
        dawn=dawn,
        sunrise=sunrise,
        solar_noon=_highest(sun_elevation, samples),
        sunset=sunset,
        dusk=dusk,
        moonrise=moonrise,
        moonset=moonset,
        moon_phase=moon_at_noon.phase,
        moon_illumination=moon_at_noon.illumination,
        daylight=_time_above(samples, sun_events),
        sun_is_up_at_noon=max(elevation for _, elevation in samples) > _SUN_LEVEL,
    )


def day_bounds(day: date, timezone: str) -> tuple[datetime, datetime]:
    """A local day's first moment and the next day's, in UTC; 23 to 25 hours apart."""
    zone = ZoneInfo(timezone)
    after = day + timedelta(days=1)
    start, end = (datetime(d.year, d.month, d.day, tzinfo=zone) for d in (day, after))
    return start.astimezone(UTC), end.astimezone(UTC)


@lru_cache(maxsize=1024)
def _sun(hour: int) -> Position:
    """The sun's position at a full hour since 1970."""
    days = julianday_2000(datetime.fromtimestamp(hour * 3600, UTC))
    century = days / 36525
    angle = 15 * (hour % 24) - 180 + sun.eq_of_time(century) / 4
    return angle, sun.sun_declination(century)


@lru_cache(maxsize=1024)
def _moon(hour: int) -> Position:
    """The moon's geocentric position at a full hour since 1970."""
    moment = datetime.fromtimestamp(hour * 3600, UTC)
    position = moon.moon_position(julianday_2000(moment))
    angle = gmst(moment) - math.degrees(position.right_ascension)
    return angle, math.degrees(position.declination)


def _elevation(body: Callable[[int], Position], coordinates: Coordinates) -> Elevation:
    """A body's elevation above the horizon in degrees, as a function of the moment."""
    latitude = math.radians(min(max(coordinates.latitude, -_HIGHEST_LATITUDE), _HIGHEST_LATITUDE))
    sine, cosine = math.sin(latitude), math.cos(latitude)

    def elevation(moment: datetime) -> float:
        hour, past = divmod(moment.timestamp() / 3600, 1)
        angle, declination = body(int(hour))
        next_angle, next_declination = body(int(hour) + 1)
        angle += (next_angle - angle) % 360 * past + coordinates.longitude
        declination = math.radians(declination + (next_declination - declination) * past)
        across = cosine * math.cos(declination) * math.cos(math.radians(angle))
        height = sine * math.sin(declination) + across
        return math.degrees(math.asin(min(max(height, -1.0), 1.0)))  # rounding may pass 1

    return elevation


def _samples(
    elevation: Elevation, start: datetime, end: datetime, step: timedelta
) -> Iterator[tuple[datetime, float]]:
    moment = start
    while moment < end:
        yield moment, elevation(moment)
        moment += step
    yield end, elevation(end)


def _crossings(
    elevation: Elevation, samples: list[tuple[datetime, float]], level: float
) -> list[Crossing]:
    """Every crossing of a level within the day, in order."""
    return [
        (_crossing(elevation, level, before, after), high >= level)
        for (before, low), (after, high) in pairwise(samples)
        if (low < level) != (high < level)
    ]


def _rise_and_set(crossings: list[Crossing]) -> tuple[datetime | None, datetime | None]:
    """The day's first upward and last downward crossing of a level."""
    rises = [moment for moment, upward in crossings if upward]
    falls = [moment for moment, upward in crossings if not upward]
    return rises[0] if rises else None, falls[-1] if falls else None


def _crossing(elevation: Elevation, level: float, before: datetime, after: datetime) -> datetime:
    """Bisection to within 15 seconds, to the full second."""
    rising = elevation(after) >= level
    while after - before > timedelta(seconds=15):
        middle = before + (after - before) / 2
        if (elevation(middle) >= level) == rising:
            after = middle
        else:
            before = middle
    return (before + (after - before) / 2).replace(microsecond=0)


def _highest(elevation: Elevation, samples: list[tuple[datetime, float]]) -> datetime:
    """The moment of the highest elevation: a ternary search around the highest sample."""
    peak = max(samples, key=lambda sample: sample[1])[0]
    before, after = peak - _SUN_STEP, peak + _SUN_STEP
    while after - before > timedelta(seconds=20):
        third = (after - before) / 3
        if elevation(before + third) < elevation(after - third):
            before += third
        else:
            after -= third
    return (before + (after - before) / 2).replace(microsecond=0)


def _time_above(samples: list[tuple[datetime, float]], crossings: list[Crossing]) -> timedelta:
    """How long the sun is up on the day: an arctic day may have two sunrises, one of them right
    after midnight."""
    (start, first), (end, _) = samples[0], samples[-1]
    up, since, total = first >= _SUN_LEVEL, start, timedelta()
    for moment, upward in crossings:
        if up:
            total += moment - since
        up, since = upward, moment
    return total + (end - since) if up else total
