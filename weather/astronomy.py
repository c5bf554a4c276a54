"""Sun and moon for a place and a local day.

Positions are astral's; the events are found here, by looking where an elevation crosses its
level within the local day. That is right where the library's own rise and set functions are
not: at the poles, on days of a clock change, and on days that begin with a moonrise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from astral import Observer, moon, sun

from weather.domain import Astronomy, Coordinates

# The levels of the usual definitions, in degrees: the sun's upper limb with 34' of refraction,
# civil twilight, and the geocentric elevation at which the moon's upper limb shows (its mean
# parallax less its radius and refraction; Meeus, Astronomical Algorithms, ch. 15).
_SUN_LEVEL = -0.833
_TWILIGHT_LEVEL = -6.0
_MOON_LEVEL = 0.125

_SUN_STEP = timedelta(minutes=10)  # short enough for a sun that only just peeps over the horizon
_MOON_STEP = timedelta(hours=1)

Elevation = Callable[[datetime], float]


def is_day(coordinates: Coordinates, moment: datetime) -> bool:
    """Whether the sun is above the horizon."""
    return _sun_elevation(_observer(coordinates))(moment) > _SUN_LEVEL


# Sixteen days of a few hundred cells: a forecast is refreshed often, the sky is not.
@lru_cache(maxsize=8192)
def astronomy(coordinates: Coordinates, day: date, timezone: str) -> Astronomy:
    """What sun and moon do at a place on a local calendar day; moments in UTC."""
    start, end = day_bounds(day, timezone)
    observer = _observer(coordinates)
    samples = list(_samples(_sun_elevation(observer), start, end, _SUN_STEP))
    sunrise, sunset = _rise_and_set(_sun_elevation(observer), samples, _SUN_LEVEL)
    dawn, dusk = _rise_and_set(_sun_elevation(observer), samples, _TWILIGHT_LEVEL)
    moonrise, moonset = _moon(observer, start, end)
    phase = moon.phase(day) / 28
    return Astronomy(
        dawn=dawn,
        sunrise=sunrise,
        solar_noon=_highest(_sun_elevation(observer), samples),
        sunset=sunset,
        dusk=dusk,
        moonrise=moonrise,
        moonset=moonset,
        moon_phase=round(phase % 1, 3),
        moon_illumination=round(50 * (1 - math.cos(math.tau * phase)), 1),
        daylight=_time_above(samples, sunrise, sunset),
        sun_is_up_at_noon=max(elevation for _, elevation in samples) > _SUN_LEVEL,
    )


def day_bounds(day: date, timezone: str) -> tuple[datetime, datetime]:
    """A local day's first moment and the next day's, in UTC; 23 to 25 hours apart."""
    zone = ZoneInfo(timezone)
    after = day + timedelta(days=1)
    start, end = (datetime(d.year, d.month, d.day, tzinfo=zone) for d in (day, after))
    return start.astimezone(UTC), end.astimezone(UTC)


def _observer(coordinates: Coordinates) -> Observer:
    return Observer(coordinates.latitude, coordinates.longitude)


def _sun_elevation(observer: Observer) -> Elevation:
    return lambda moment: float(sun.elevation(observer, moment, with_refraction=False))


def _moon(
    observer: Observer, start: datetime, end: datetime
) -> tuple[datetime | None, datetime | None]:
    def elevation(moment: datetime) -> float:
        return float(moon.elevation(observer, moment))

    samples = list(_samples(elevation, start, end, _MOON_STEP))
    return _rise_and_set(elevation, samples, _MOON_LEVEL)


def _samples(
    elevation: Elevation, start: datetime, end: datetime, step: timedelta
) -> Iterator[tuple[datetime, float]]:
    moment = start
    while moment < end:
        yield moment, elevation(moment)
        moment += step
    yield end, elevation(end)


def _rise_and_set(
    elevation: Elevation, samples: list[tuple[datetime, float]], level: float
) -> tuple[datetime | None, datetime | None]:
    """The day's first upward and last downward crossing of a level."""
    rise = fall = None
    for (before, low), (after, high) in pairwise(samples):
        if low < level <= high and rise is None:
            rise = _crossing(elevation, level, before, after)
        elif high < level <= low:
            fall = _crossing(elevation, level, before, after)
    return rise, fall


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
    """When the sun stands highest: a ternary search around the highest sample."""
    peak = max(samples, key=lambda sample: sample[1])[0]
    before, after = peak - _SUN_STEP, peak + _SUN_STEP
    while after - before > timedelta(seconds=20):
        third = (after - before) / 3
        if elevation(before + third) < elevation(after - third):
            before += third
        else:
            after -= third
    return (before + (after - before) / 2).replace(microsecond=0)


def _time_above(
    samples: list[tuple[datetime, float]], sunrise: datetime | None, sunset: datetime | None
) -> timedelta:
    """How long the sun is up on the day, whichever of its two events the day has."""
    (start, first), (end, _) = samples[0], samples[-1]
    if sunrise and sunset:
        up = sunset - sunrise
        # A sun that sets before it rises was up at both ends of the day.
        return up if up >= timedelta() else (end - start) + up
    if sunrise:
        return end - sunrise
    if sunset:
        return sunset - start
    return end - start if first > _SUN_LEVEL else timedelta()
