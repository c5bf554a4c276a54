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


def mean_direction(winds: Sequence[tuple[float, float]]) -> float | None:
    """The direction, in degrees, of the sum of winds given as (speed, direction)."""
    if not winds:
        return None
    speeds, directions = zip(*winds, strict=True)
    angles = list(map(math.radians, directions))
    east = sum(map(mul, speeds, map(math.sin, angles)))
    north = sum(map(mul, speeds, map(math.cos, angles)))
    if math.hypot(east, north) < 1e-9:
        return None
    return rounded_to_int(math.degrees(math.atan2(east, north))) % 360
