"""A place at a time, and the quantities of a forecast derived from its sky."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from math import exp, radians, sin

from .parade import State
from .symbols import weather_code
from .waves import clamp, wetness
from .weather import Sky, sky, vapour_pressure


@dataclass(frozen=True)
class Moment:
    """A place (degrees, metres) at a Unix time, the end of a `step` (seconds) for sums."""

    latitude: float
    longitude: float
    elevation: float
    time: float
    step: int = 3600

    @property
    def sky(self) -> Sky:
        return sky(self.latitude, self.longitude, self.elevation, self.time)

    @property
    def before(self) -> Sky:
        """The sky in the middle of the step, for quantities that Open-Meteo sums or averages."""
        return sky(self.latitude, self.longitude, self.elevation, self.time - self.step / 2)

    @property
    def state(self) -> State:
        return self.before.state

    @property
    def precipitation(self) -> float:
        """mm in the step."""
        return self.before.rate * self.step / 3600

    @property
    def snow(self) -> float:
        """mm of water that falls as snow; of sleet, half."""
        return self.precipitation * {"rain": 0.0, "sleet": 0.5, "snow": 1.0}[self.state.falling]

    @property
    def code(self) -> int:
        wet = self.before.rate > 0
        return weather_code(self.before if wet else self.sky, self.before.rate)


def apparent(m: Moment) -> float:
    """Australian apparent temperature, °C."""
    wind = m.sky.wind / 3.6
    moisture = m.sky.humidity / 100 * vapour_pressure(m.sky.temperature)
    return m.sky.temperature + 0.33 * moisture - 0.7 * wind - 4


def surface_pressure(m: Moment) -> float:
    return m.sky.pressure * exp(-m.elevation / (29.3 * (m.sky.temperature + 273.15)))


def probability(m: Moment) -> float:
    """%: by the rate of rain; in dry weather, by the cloud cover."""
    cloud = m.before.cloud
    return clamp(55 + 30 * m.before.rate, 0, 100) if m.before.rate else max(0, cloud - 70) / 2


def clear_radiation(sky: Sky) -> float:
    """W/m² on flat ground without cloud."""
    return 1080 * math.pow(max(0.0, sin(radians(sky.sun.elevation))), 1.15)


def radiation(sky: Sky) -> float:
    return clear_radiation(sky) * (1 - 0.72 * (sky.cloud / 100) ** 2)


def uv(sky: Sky) -> float:
    height = max(0.0, sin(radians(sky.sun.elevation)))
    return 12.5 * math.pow(height, 2.2)


def sunshine(m: Moment) -> float:
    """Seconds of the step with direct sun."""
    up = m.before.sun.elevation > 3
    return m.step * clamp(1.25 - m.before.cloud / 100, 0, 1) if up else 0.0


def evapotranspiration(m: Moment) -> float:
    dryness = 1 - m.sky.humidity / 130
    return max(0.0, radiation(m.before) * dryness * m.step / 3600 * 0.0011)


def wet_bulb(m: Moment) -> float:
    return m.sky.dew_point + (m.sky.temperature - m.sky.dew_point) * 0.4


def deficit(m: Moment) -> float:
    """Vapour pressure deficit, kPa."""
    return vapour_pressure(m.sky.temperature) * (1 - m.sky.humidity / 100) / 10


def snow_depth(m: Moment) -> float:
    return clamp(-m.sky.temperature / 25, 0, 1.5) * wetness(m.latitude)


def freezing_level(m: Moment) -> float:
    return max(0.0, m.elevation + m.sky.temperature / 0.0065)


def aloft(height: float) -> Callable[[Moment], float]:
    """Wind speed at a height in m, by the power law."""
    return lambda m: m.sky.wind * (height / 10) ** 0.14


def warmth_aloft(height: float) -> Callable[[Moment], float]:
    return lambda m: m.sky.temperature - 0.0065 * height


def soil(depth: float) -> Callable[[Moment], float]:
    return lambda m: 12 + (m.sky.temperature - 12) * exp(-depth / 12)
