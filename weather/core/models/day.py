"""The weather, the sun and the moon of a local day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from weather.core.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Astronomy:
    """Sun and moon of one local day. `None`: it does not happen on that day (polar day or
    night, or a moon that rises just after midnight)."""

    dawn: datetime | None = None  # civil, sun at -6°
    sunrise: datetime | None = None
    solar_noon: datetime | None = None
    sunset: datetime | None = None
    dusk: datetime | None = None  # civil
    moonrise: datetime | None = None
    moonset: datetime | None = None
    moon_phase: float = 0.0  # at noon: 0 new, 0.25 first quarter, 0.5 full, up to 1
    moon_illumination: float = 0.0  # at noon, % of the disc
    daylight: timedelta = timedelta()  # in all, where the sun rises twice
    sun_is_up_at_noon: bool = True  # distinguishes polar day from polar night


@dataclass(frozen=True, slots=True)
class Day:
    """One local calendar day, aggregated from its hours."""

    date: date
    astronomy: Astronomy
    weather_code: int | None = None  # the most severe of the day
    temperature_max: float | None = None  # °C
    temperature_min: float | None = None
    temperature_mean: float | None = None
    apparent_temperature_max: float | None = None
    apparent_temperature_min: float | None = None
    precipitation: float | None = None  # mm
    precipitation_probability: float | None = None  # %, highest
    snowfall: float | None = None  # cm
    wind_speed: float | None = None  # km/h, highest
    wind_gusts: float | None = None
    wind_direction: float | None = None  # degrees, mean of the wind's vectors
    uv_index: float | None = None  # highest
    relative_humidity: float | None = None  # %, mean
    pressure_msl: float | None = None  # hPa, mean
    cloud_cover: float | None = None  # %, mean
