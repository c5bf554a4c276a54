"""Waves that travel around the globe, from which the simulated weather is computed."""

from dataclasses import dataclass
from math import cos, pi, radians


@dataclass(frozen=True)
class Wave:
    """`zonal` crests around the globe, `meridional` turns from pole to pole, a period at a fixed
    place in hours, a phase in radians, and its share of the sum."""

    zonal: int
    meridional: float
    period: float
    phase: float
    share: float


FRONTS = (
    Wave(5, 2.1, 151, 0.3, 0.40),
    Wave(7, 3.3, 97, 1.9, 0.30),
    Wave(9, 1.2, 61, 4.1, 0.20),
    Wave(13, 5.0, 31, 2.0, 0.10),
)
AIR_MASSES = (
    Wave(4, 1.3, 233, 2.7, 0.5),
    Wave(6, 2.9, 119, 5.5, 0.3),
    Wave(11, 4.0, 47, 1.0, 0.2),
)
DETAIL = (
    Wave(71, 40, 9.1, 0.9, 0.4),
    Wave(113, 66, 5.3, 3.3, 0.3),
    Wave(167, 90, 3.1, 5.1, 0.3),
)


def swing(waves: tuple[Wave, ...], latitude: float, longitude: float, time: float) -> float:
    """The sum of the waves at a place (degrees) and Unix time, -1..1."""
    x, y, hours = radians(longitude), 2 * radians(latitude), time / 3600
    return sum(
        wave.share
        * cos(wave.zonal * x + wave.meridional * y - 2 * pi * hours / wave.period + wave.phase)
        for wave in waves
    )


def clamp(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))


def wetness(latitude: float) -> float:
    """0 in the dry belts (30° and the poles), 1 at the equator and at 60°."""
    return 0.5 + 0.5 * cos(radians(6 * latitude))
