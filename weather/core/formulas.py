"""Values that follow from other measurements, so that no provider has to send them.

They are not rounded: a view rounds once, since 9.46 is 9 and not, by way of 9.5, 10.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul

from weather.core.rounding import rounded_to_int


def dew_point(temperature: float | None, relative_humidity: float | None) -> float | None:
    """°C, from °C and %: Magnus's formula with the constants of Alduchov and Eskridge (1996)."""
    if temperature is None or relative_humidity is None or not 0 < relative_humidity <= 100:
        return None
    a, b = 17.625, 243.04
    if temperature <= -b:
        return None
    gamma = math.log(relative_humidity) - math.log(100) + a * temperature / (b + temperature)
    return b * gamma / (a - gamma)


def apparent_temperature(
    temperature: float | None, relative_humidity: float | None, wind_speed: float | None
) -> float | None:
    """°C, from °C, % and km/h: Steadman (1994), the form without radiation that Australia's
    Bureau of Meteorology publishes."""
    if temperature is None or relative_humidity is None or wind_speed is None:
        return None
    if temperature <= -237:
        return None
    exponent = 17.27 * temperature / (237.7 + temperature)
    vapour_pressure = relative_humidity / 100 * 6.105 * math.exp(exponent)
    return temperature + 0.33 * vapour_pressure - 0.70 * wind_speed / 3.6 - 4.0


def wind_vectors(
    speeds: Sequence[float | None], directions: Sequence[float | None]
) -> list[complex | None]:
    """The winds as vectors to the east (real) and to the north (imaginary); the directions are in
    degrees. None where either is missing."""
    if None in speeds or None in directions:
        pairs = zip(speeds, directions, strict=True)
        return [None if s is None or d is None else s * _UNIT_VECTORS[d] for s, d in pairs]
    units = map(_UNIT_VECTORS.__getitem__, directions)  # type: ignore[arg-type]
    return list(map(mul, speeds, units))


def mean_direction(winds: Sequence[complex]) -> float | None:
    """The direction, in degrees, of the sum of wind vectors; None if they cancel out."""
    total = sum(winds)
    if abs(total) < 1e-9:
        return None
    return rounded_to_int(math.degrees(math.atan2(total.real, total.imag))) % 360


class _UnitVectors(dict[float, complex]):
    """Of directions. It keeps those of whole degrees, as most are given."""

    def __missing__(self, direction: float) -> complex:
        angle = math.radians(direction)
        vector = complex(math.sin(angle), math.cos(angle))
        if 0 <= direction <= 360 and not direction % 1:
            self[direction] = vector
        return vector


_UNIT_VECTORS = _UnitVectors()
