"""The simulated weather: a deterministic sky for every place and time, the same for all providers.

Fronts and air masses travel. The temperature follows from latitude, season, hour and elevation;
all other quantities follow from these, so that they are consistent.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, exp, pi, radians, sin

from .parade import State, parade_state
from .sun import Sun, sun
from .waves import AIR_MASSES, DETAIL, FRONTS, clamp, swing, wetness


@dataclass(frozen=True)
class Sky:
    """Temperatures in °C, humidity and cloud in %, pressure in hPa at sea level, rate in mm/h, wind
    in km/h, wind_from in degrees, visibility in m, cape in J/kg."""

    sun: Sun
    temperature: float
    dew_point: float
    humidity: float
    pressure: float
    cloud: float
    layers: tuple[float, float, float]
    rate: float
    wind: float
    wind_from: float
    gusts: float
    visibility: float
    cape: float
    state: State


@lru_cache(maxsize=32_768)
def sky(latitude: float, longitude: float, elevation: float, time: float) -> Sky:
    """The weather at a place (degrees, metres) and a Unix time (seconds)."""
    place = (latitude, longitude, time)
    star = sun(*place)
    front, air, detail = (swing(waves, *place) for waves in (FRONTS, AIR_MASSES, DETAIL))
    cloud = clamp(50 + 34 * (wetness(latitude) - 0.5) + 95 * front + 20 * detail, 0, 100)
    warmth = climate(*place) + changes(latitude, air, cloud, star) - 0.0065 * elevation
    rate = rainfall(latitude, warmth, front, detail)
    cape = instability(warmth, cloud, star)
    state = parade_state(*place)
    if state is None:
        state = State.of_nature(detail > 0.25 or warmth > 22, warmth, rate, cape, air)
    else:
        cloud, rate, warmth = state.cloud, state.rate, state.warmth
    dew = dew_point(latitude, warmth, cloud, rate, star)
    humidity = relative_humidity(warmth, dew)
    wind, wind_from = winds(latitude, longitude, time, front, star)
    gusts = wind * (1.55 + 0.3 * detail + (0.5 if state.showers else 0))
    if wind < 10 and humidity > 92 and rate == 0 and not state.forced:
        state = replace(state, fog=True)  # damp and calm
    seen = 350 if state.fog else clamp(68_900 - 420 * humidity - 3500 * rate, 1200, 50_000)
    return Sky(
        star, warmth, dew, humidity, pressure(latitude, front), cloud,
        layers(cloud, rate, detail), rate, wind, wind_from, gusts, seen, cape, state,
    )  # fmt: skip


def climate(latitude: float, longitude: float, time: float) -> float:
    """°C at sea level by latitude and season: mild near the Atlantic, extreme in eastern Asia."""
    phi = radians(latitude)
    mild = clamp(cos(radians(longitude - 5)), 0, 1) ** 2 * abs(sin(2 * phi))
    harsh = clamp(cos(radians(longitude - 110)), 0, 1) ** 2 * sin(phi) ** 4
    mean = 27 - 44 * abs(sin(phi)) ** 3 + 5 * mild - 6 * harsh
    reach = 14 * (1 - 0.4 * mild) + 16 * harsh
    return mean + reach * sin(phi) * cos(2 * pi * (time / 86_400 - 200) / 365.2425)


def changes(latitude: float, air: float, cloud: float, star: Sun) -> float:
    """°C added by the air mass and the hour; most under a high sun and a clear sky."""
    daylight = clamp(cos(radians(latitude - star.declination)), 0.05, 1)
    day = (2 + 4.5 * (1 - cloud / 100)) * daylight * cos(radians(star.hour_angle - 40))
    return day + 4.5 * air * (0.3 + abs(sin(radians(2 * latitude))))


def instability(warmth: float, cloud: float, star: Sun) -> float:
    """CAPE in J/kg: high on warm cloudy afternoons."""
    heat = (warmth - 16) * 110 * (cos(radians(star.hour_angle)) + 0.4)
    return clamp(heat, 0, 3500) * clamp(cloud / 60, 0, 1)


def pressure(latitude: float, front: float) -> float:
    belts = 1014 - 6 * cos(radians(6 * latitude))
    return belts - 22 * front * (0.15 + abs(sin(radians(latitude))))


def rainfall(latitude: float, warmth: float, front: float, detail: float) -> float:
    """mm/h: where a front lifts the air, and more in warm air."""
    lift = 0.8 * front + 0.2 * detail + 0.3 * (wetness(latitude) - 0.5) - 0.37
    moisture = clamp(0.35 + warmth / 18, 0.25, 2)
    return 6 * math.pow(max(lift, 0), 1.1) * moisture


def winds(
    latitude: float, longitude: float, time: float, front: float, star: Sun
) -> tuple[float, float]:
    """(km/h, degrees it blows from): westerlies beyond 30° of latitude, trade winds within."""
    turn = swing(AIR_MASSES, latitude, longitude + 40, time)
    speed = 5 + 13 * abs(turn) + 18 * clamp(front, 0, 1) * abs(sin(radians(latitude)))
    speed += 2.5 * cos(radians(star.hour_angle - 30))
    trades = 60 if latitude > 0 else 120
    base = 245 if abs(latitude) > 30 else trades
    return max(speed, 0.6), (base + 85 * turn) % 360


def dew_point(latitude: float, warmth: float, cloud: float, rate: float, star: Sun) -> float:
    """°C: lowest under a clear sky, at noon and in the dry belts; near the temperature in rain."""
    spread = 0.7 + 3 * (1 - cloud / 100) + 3 * (1 - wetness(latitude))
    spread += 5 * clamp(cos(radians(star.hour_angle)), 0, 1) * (1 - cloud / 200)
    return warmth - spread * (0.3 if rate > 0 else 1)


def vapour_pressure(celsius: float) -> float:
    """Saturation over water, hPa (Magnus)."""
    return 6.112 * exp(17.62 * celsius / (243.12 + celsius))


def relative_humidity(warmth: float, dew: float) -> float:
    return clamp(100 * vapour_pressure(dew) / vapour_pressure(warmth), 3, 100)


def layers(cloud: float, rate: float, detail: float) -> tuple[float, float, float]:
    """(low, middle, high) cloud cover in %, at most `cloud`."""
    low = cloud * (0.9 if rate > 0 else clamp(0.45 + 0.5 * detail, 0, 1))
    return low, cloud * clamp(0.7 - 0.4 * detail, 0, 1), cloud * clamp(0.8 - 0.3 * detail, 0, 1)
