"""Conditions by the hour and by the day, and the air."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from weather.core.models.credit import Credit


@dataclass(frozen=True, slots=True)
class Conditions:
    """The weather at a moment; sums and maxima are those of the hour before `valid_at`."""

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


@dataclass(frozen=True, slots=True)
class Forecast:
    """One provider's forecast for one point, as the provider gives it: `hours` ascending."""

    provider: str
    credits: tuple[Credit, ...]
    hours: tuple[Conditions, ...]
    current: Conditions | None = None  # measured or analysed
    model: str | None = None
    issued_at: datetime | None = None  # when the provider made it
    elevation: float | None = None  # m, of the model's point
    timezone: str | None = None
    validator: str | None = None  # Last-Modified, for a conditional request
    expires_at: datetime | None = None  # until when the provider wants it to be used


@dataclass(frozen=True, slots=True)
class CellForecast:
    """A forecast with what follows from its cell alone, whichever place was requested: daylight
    in the hours, and the days of the cell's own time zone."""

    forecast: Forecast
    timezone: str  # IANA
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class AirQuality:
    """Air at a moment. Concentrations in µg/m³, pollen in grains/m³ (Europe only)."""

    valid_at: datetime
    credits: tuple[Credit, ...] = ()
    european_aqi: float | None = None
    us_aqi: float | None = None
    pm2_5: float | None = None
    pm10: float | None = None
    ozone: float | None = None
    nitrogen_dioxide: float | None = None
    alder_pollen: float | None = None
    birch_pollen: float | None = None
    grass_pollen: float | None = None
    mugwort_pollen: float | None = None
    olive_pollen: float | None = None
    ragweed_pollen: float | None = None
