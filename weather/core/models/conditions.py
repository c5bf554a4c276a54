"""The weather at a moment."""

from __future__ import annotations

from datetime import datetime

from weather.core.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Conditions:
    """The weather at a moment; sums, maxima and means are those of the hour that begins at
    `valid_at`."""

    valid_at: datetime
    temperature: float | None = None  # °C at 2 m
    apparent_temperature: float | None = None  # °C
    dew_point: float | None = None  # °C
    relative_humidity: float | None = None  # %
    precipitation: float | None = None  # mm, sum
    precipitation_probability: float | None = None  # %
    snowfall: float | None = None  # cm, sum
    weather_code: int | None = None  # WMO 4677
    wind_speed: float | None = None  # km/h at 10 m
    wind_gusts: float | None = None  # km/h, maximum
    wind_direction: float | None = None  # degrees, where it blows from
    pressure_msl: float | None = None  # hPa at sea level
    cloud_cover: float | None = None  # %
    visibility: float | None = None  # km
    uv_index: float | None = None
    shortwave_radiation: float | None = None  # W/m², mean, on a horizontal plane
    diffuse_radiation: float | None = None  # W/m², mean, of that what comes from all of the sky
    is_day: bool | None = None
