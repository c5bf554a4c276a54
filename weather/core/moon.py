"""The moon at a moment, the same for all places of the earth.

Positions are astral's; the formulas are those of Meeus, Astronomical Algorithms, ch. 13 and 48.
From 2000 to 2060 the phase differs by less than 0.0002 from that of libastro's ephemeris, and
the illumination by less than 0.03 %.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from astral import AstralBodyPosition, moon, sun
from astral.julian import julianday_2000

from weather.core.dataclass import dataclass

_ASTRONOMICAL_UNIT = 149_597_871  # km
SYNODIC_MONTH = 29.530588  # days, mean (Meeus, ch. 49)
_STEPS = 6  # of the iteration to a phase; the moon's speed differs by an eighth from its mean
_DISTANCE = 385_001  # km, of the moon; the real one changes the illumination by 0.02 %


@dataclass(frozen=True, slots=True)
class Moon:
    """`phase`: 0 new, 0.25 first quarter, 0.5 full, up to 1, which is how far in longitude the
    moon is from the sun; `illumination`: % of the disc."""

    phase: float
    illumination: float


@lru_cache(maxsize=1024)
def moon_at(moment: datetime) -> Moon:
    """Phase and illumination at a moment that has a time zone."""
    ahead, latitude, distance = _position(moment)
    elongation = math.acos(math.cos(latitude) * math.cos(ahead))
    angle = math.atan2(distance * math.sin(elongation), _DISTANCE - distance * math.cos(elongation))
    return Moon(round(ahead / math.tau % 1, 3) % 1, 50 * (1 + math.cos(angle)))


def next_phase(moment: datetime, phase: float) -> datetime:
    """The first moment after `moment` at which the moon reaches a phase: 0 new, 0.5 full. In UTC,
    with an error of some minutes."""
    start = moment.astimezone(UTC)
    days = SYNODIC_MONTH * ((phase - _phase(start)) % 1)
    reached = start + timedelta(days=days)
    for _ in range(_STEPS):
        behind = (phase - _phase(reached) + 0.5) % 1 - 0.5
        reached += timedelta(days=SYNODIC_MONTH * behind)
    return reached if reached > start else next_phase(start + timedelta(days=1), phase)


def _phase(moment: datetime) -> float:
    return _position(moment)[0] / math.tau % 1


def _position(moment: datetime) -> tuple[float, float, float]:
    """How far the moon is ahead of the sun in longitude and its latitude, in radians, and the
    sun's distance in km."""
    days = julianday_2000(moment.astimezone(UTC))  # which ignores time zones
    century = days / 36525
    longitude, latitude = _ecliptic(moon.moon_position(days), sun.obliquity_correction(century))
    ahead = longitude - math.radians(sun.sun_apparent_long(century))
    return ahead, latitude, sun.sun_rad_vector(century) * _ASTRONOMICAL_UNIT


def eighth_of_phase(phase: float) -> int:
    """The nearest of eight phases: 0 new moon, 1 waxing crescent, up to 7 waning crescent."""
    return int(phase * 8 + 0.5) % 8


def _ecliptic(position: AstralBodyPosition, obliquity: float) -> tuple[float, float]:
    """Longitude and latitude in radians from an equatorial position."""
    tilt, ascension, declination = (
        math.radians(obliquity),
        position.right_ascension,
        position.declination,
    )
    up, along = math.sin(declination), math.cos(declination) * math.sin(ascension)
    across = math.cos(declination) * math.cos(ascension)
    longitude = math.atan2(along * math.cos(tilt) + up * math.sin(tilt), across)
    return longitude, math.asin(up * math.cos(tilt) - along * math.sin(tilt))
