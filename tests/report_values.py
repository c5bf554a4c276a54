"""Fictional weather for `tests.reports`: plausible values that are the same on every run."""

from __future__ import annotations

import math
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from weather.core.attribution import CC_BY_4
from weather.core.models import AirQuality, Astronomy, Conditions, Credit, Day, Place

AIR_CREDIT: Final = Credit("Air quality by Example Air", "https://air.example/", *CC_BY_4)

# WMO codes that follow each other every six hours, with the millimetres of an hour of each.
_SEQUENCE = (
    (0, 0.0), (1, 0.0), (2, 0.0), (3, 0.0), (61, 0.6), (63, 2.1), (80, 1.4), (95, 7.5),
    (65, 11.2), (45, 0.0), (51, 0.1), (53, 0.3), (66, 0.4), (71, 0.5), (75, 3.2), (85, 0.8),
)  # fmt: skip


def conditions(place: Place, moment: datetime, zone: ZoneInfo) -> Conditions:
    """The conditions of an hour, every field set."""
    local = moment.astimezone(zone)
    block = int(moment.timestamp() // 21_600)
    code, rain = _SEQUENCE[block % len(_SEQUENCE)]
    daily_mean = _mean_temperature(place, local.date())
    temperature = daily_mean + 5 * math.cos((local.hour - 15) / 24 * math.tau)
    wind = 14 + 11 * math.sin(moment.timestamp() / 40_000)
    sun = astronomy(place, local.date(), zone)
    sun_is_up = sun.sunrise and sun.sunset and sun.sunrise <= moment < sun.sunset
    return Conditions(
        valid_at=moment,
        temperature=round(temperature, 1),
        apparent_temperature=round(temperature - wind / 8, 1),
        dew_point=round(temperature - 4.5, 1),
        relative_humidity=float(60 + block * 7 % 40),
        precipitation=rain,
        precipitation_probability=float(min(100, int(rain * 30) + block % 4 * 5)),
        snowfall=round(rain * 0.7, 2) if code in {71, 75, 85} else 0.0,
        weather_code=code,
        wind_speed=round(wind, 1),
        wind_gusts=round(wind * 1.6, 1),
        wind_direction=float(block * 35 % 360),
        pressure_msl=1013.2 + block % 9,
        cloud_cover=float(min(100, code * 30)),
        visibility=0.4 if code == 45 else 24.1,
        uv_index=5.2 if sun_is_up else 0.0,
        is_day=bool(sun_is_up or (not sun.sunrise and sun.sun_is_up_at_noon)),
    )


def _mean_temperature(place: Place, day: date) -> float:
    """The mean temperature of a day in °C: high in July, low near the poles."""
    season = math.cos((day.timetuple().tm_yday - 200) / 365 * math.tau)
    return 27 - abs(place.coordinates.latitude) * 0.4 + 9 * season


def day(place: Place, day: date, zone: ZoneInfo, hours: tuple[Conditions, ...]) -> Day:
    """The sums and extremes of the hours of a local day; of the last hour if it has none."""
    own = [hour for hour in hours if hour.valid_at.astimezone(zone).date() == day] or hours[-1:]
    temperatures = [hour.temperature or 0.0 for hour in own]
    apparent = [hour.apparent_temperature or 0.0 for hour in own]
    return Day(
        date=day,
        astronomy=astronomy(place, day, zone),
        weather_code=max(hour.weather_code or 0 for hour in own),
        temperature_max=max(temperatures),
        temperature_min=min(temperatures),
        temperature_mean=round(sum(temperatures) / len(own), 1),
        apparent_temperature_max=max(apparent),
        apparent_temperature_min=min(apparent),
        precipitation=round(sum(hour.precipitation or 0.0 for hour in own), 1),
        precipitation_probability=max(hour.precipitation_probability or 0.0 for hour in own),
        snowfall=round(sum(hour.snowfall or 0.0 for hour in own), 2),
        wind_speed=max(hour.wind_speed or 0.0 for hour in own),
        wind_gusts=max(hour.wind_gusts or 0.0 for hour in own),
        wind_direction=own[0].wind_direction,
        uv_index=max(hour.uv_index or 0.0 for hour in own),
        relative_humidity=own[0].relative_humidity,
        pressure_msl=own[0].pressure_msl,
        cloud_cover=own[0].cloud_cover,
    )


def astronomy(place: Place, day: date, zone: ZoneInfo) -> Astronomy:
    """Approximate but plausible: the sunrise equation without refraction, and a lunar month of
    29.53 days."""
    noon = datetime.combine(day, time(12), zone).astimezone(UTC)
    declination = -23.44 * math.cos((day.timetuple().tm_yday + 10) / 365 * math.tau)
    cosine = -math.tan(math.radians(place.coordinates.latitude)) * math.tan(
        math.radians(declination)
    )
    half_day = timedelta(hours=math.degrees(math.acos(max(-1.0, min(1.0, cosine)))) / 15)
    rises, twilight = abs(cosine) < 1, timedelta(minutes=38)
    phase = (day - date(2026, 1, 18)).days % 29.53 / 29.53
    return Astronomy(
        dawn=noon - half_day - twilight if rises else None,
        sunrise=noon - half_day if rises else None,
        solar_noon=noon,
        sunset=noon + half_day if rises else None,
        dusk=noon + half_day + twilight if rises else None,
        moonrise=noon + timedelta(hours=(24 * phase + 6) % 24 - 12),
        moonset=noon + timedelta(hours=(24 * phase + 18) % 24 - 12),
        moon_phase=phase,
        moon_illumination=round(50 - 50 * math.cos(phase * math.tau), 1),
        daylight=2 * half_day,
        sun_is_up_at_noon=cosine < 1,
    )


def air_quality(moment: datetime) -> AirQuality:
    """Air quality with a different value in each field."""
    names = {field.name for field in fields(AirQuality)} - {"valid_at", "credits"}
    values = {name: 3.0 + 4 * index for index, name in enumerate(sorted(names))}
    return AirQuality(valid_at=moment, credits=(AIR_CREDIT,), **values)
