"""The weather in a report as JSON objects (docs/json.md), one function for each section."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from weather.core.models import (
    AirQuality,
    Alert,
    Astronomy,
    Climate,
    Conditions,
    Day,
    Disagreement,
    Report,
)
from weather.core.models.nowcast import first_spell
from weather.core.moon import moon_at
from weather.core.rounding import rounded
from weather.i18n.languages import Language
from weather.views import wording
from weather.views.json.times import local_time
from weather.views.json.units import columns, conversion
from weather.views.nowcast import nowcast as nowcast_sentence
from weather.views.units import UnitSystem

CONDITIONS = tuple(
    field.name for field in fields(Conditions) if field.name not in {"valid_at", "weather_code"}
)
DAY = tuple(
    field.name for field in fields(Day) if field.name not in {"date", "astronomy", "weather_code"}
)
AIR = tuple(field.name for field in fields(AirQuality) if field.name not in {"valid_at", "credits"})
OTHERWISE = ("temperature_max", "temperature_min", "precipitation")
YESTERDAY = ("temperature_max", "temperature_min", "temperature_mean", "precipitation")
EVENTS = ("dawn", "sunrise", "solar_noon", "sunset", "dusk", "moonrise", "moonset")


def climate(climate: Climate | None, units: UnitSystem) -> dict[str, Any] | None:
    """`climate`; None without climate normals."""
    if climate is None:
        return None
    temperature, precipitation = (conversion(units, n) for n in ("temperature", "precipitation"))
    # A difference of temperatures: converted by the factor, without the offset.
    departure = None if climate.departure is None else climate.departure * units.temperature.factor
    return {
        "normal_temperature": temperature(climate.normal.temperature),
        "normal_precipitation": precipitation(climate.normal.precipitation),
        "departure": None if departure is None else rounded(departure, 1),
        "period": climate.normal.period,
    }


def conditions(
    conditions: Conditions, units: UnitSystem, language: Language, zone: ZoneInfo
) -> dict[str, Any]:
    """`current`, with the fields that an item of `hourly` has."""
    return {
        "valid_at": local_time(conditions.valid_at, zone),
        "weather_code": conditions.weather_code,
        "condition": wording.condition(language, conditions.weather_code),
        **{
            name: convert(getattr(conditions, name)) for name, convert in columns(units, CONDITIONS)
        },
        **_calm(conditions, units),
    }


def _calm(values: Conditions | Day, units: UnitSystem) -> dict[str, None]:
    """No direction where the other views show a wind of 0."""
    has_direction = units.has_direction(values.wind_speed, values.wind_direction)
    return {} if has_direction else {"wind_direction": None}


def moon(moment: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """The fields of `current` about the moon."""
    moon = moon_at(moment)
    return {
        "moon_phase": moon.phase,
        "moon_illumination": rounded(moon.illumination, 1),
        "moon_at": local_time(moment, zone),
    }


def day(day: Day, units: UnitSystem, language: Language, zone: ZoneInfo) -> dict[str, Any]:
    """An item of `daily`."""
    return {
        "date": day.date.isoformat(),
        "weather_code": day.weather_code,
        "condition": wording.condition(language, day.weather_code),
        **{name: convert(getattr(day, name)) for name, convert in columns(units, DAY)},
        **_calm(day, units),
        "sunrise": local_time(day.astronomy.sunrise, zone),
        "sunset": local_time(day.astronomy.sunset, zone),
    }


def astronomy(day: date, astronomy: Astronomy, zone: ZoneInfo) -> dict[str, Any]:
    """An item of `astronomy`, which `rows` joins of columns; `daylight` is in seconds."""
    return {
        "date": day.isoformat(),
        **{name: local_time(getattr(astronomy, name), zone) for name in EVENTS},
        "daylight": int(astronomy.daylight.total_seconds()),
        "moon_phase": astronomy.moon_phase,
        "moon_illumination": rounded(astronomy.moon_illumination, 1),
        "moon_at": noon(day, zone),
    }


def disagreement(item: Disagreement, units: UnitSystem) -> dict[str, Any]:
    """An item of `disagreements`."""
    return {
        "date": item.date.isoformat(),
        "provider": item.provider,
        "weather_code": item.weather_code,
        **{name: convert(getattr(item, name)) for name, convert in columns(units, OTHERWISE)},
    }


def yesterday(report: Report, units: UnitSystem) -> dict[str, Any] | None:
    """`yesterday`; None where its mean temperature is unknown."""
    day, difference = report.yesterday, report.warmer_than_yesterday
    if day is None:
        return None
    departure = None if difference is None else difference * units.temperature.factor
    return {
        "date": day.date.isoformat(),
        **{name: convert(getattr(day, name)) for name, convert in columns(units, YESTERDAY)},
        "departure": None if departure is None else rounded(departure, 1),
    }


def nowcast(
    report: Report, units: UnitSystem, language: Language, zone: ZoneInfo
) -> dict[str, Any] | None:
    """`nowcast`; None where the provider has no quarters of an hour."""
    if not report.nowcast:
        return None
    spell, convert = first_spell(report.nowcast), conversion(units, "precipitation")
    return {
        "text": nowcast_sentence(report, language) or None,
        "starts_at": local_time(spell.starts_at if spell else None, zone),
        "ends_at": local_time(spell.ends_at if spell else None, zone),
        "quarters": [
            {
                "valid_at": local_time(quarter.starts_at, zone),
                "precipitation": convert(quarter.precipitation),
            }
            for quarter in report.nowcast
        ],
    }


@lru_cache(maxsize=1024)
def noon(day: date, zone: ZoneInfo) -> str:
    """The moment of a day's moon: noon by the place's clock."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone).isoformat(timespec="seconds")


def air_quality(air: AirQuality | None, zone: ZoneInfo) -> dict[str, Any] | None:
    """`air_quality`; None without air quality."""
    if air is None:
        return None
    return {
        "valid_at": local_time(air.valid_at, zone),
        **{name: getattr(air, name) for name in AIR},
    }


def alert(alert: Alert, language: Language, zone: ZoneInfo) -> dict[str, Any]:
    """An item of `alerts`, in the best language that the warning has."""
    text = alert.text(language.tag)
    names = (None, "minor", "moderate", "severe", "extreme")
    return {
        "event": text.event,
        "severity": names[alert.severity or 0],
        "starts_at": local_time(alert.starts_at, zone),
        "ends_at": local_time(alert.ends_at, zone),
        "headline": text.headline,
        "description": text.description,
        "instruction": text.instruction,
        "language": text.language,
    }
