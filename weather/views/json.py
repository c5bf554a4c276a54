"""JSON for programs, and problem details (RFC 9457) where something went wrong.

docs/json.md describes every field; a test holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from weather.core.errors import UpstreamUnavailable, WeatherError
from weather.core.models import (
    AirQuality,
    Alert,
    Astronomy,
    Climate,
    ClimateFallback,
    Conditions,
    Credit,
    Day,
    LocatedPlace,
    Place,
    Report,
)
from weather.i18n.languages import Language, get_language
from weather.views import wording
from weather.views.credits import fallback_credits, report_credits
from weather.views.options import ViewOptions
from weather.views.units import Unit, UnitSystem, unit_system

_Value = float | str | bool | None
_Columns = tuple[tuple[str, Callable[[float | None], _Value]], ...]

# Which unit each field has, and with how many decimals programs get it.
_KINDS = {
    "temperature": ("temperature", 1),
    "apparent_temperature": ("temperature", 1),
    "dew_point": ("temperature", 1),
    "normal_temperature": ("temperature", 1),
    "departure": ("temperature", 1),
    "normal_precipitation": ("precipitation", 2),
    "temperature_max": ("temperature", 1),
    "temperature_min": ("temperature", 1),
    "temperature_mean": ("temperature", 1),
    "apparent_temperature_max": ("temperature", 1),
    "apparent_temperature_min": ("temperature", 1),
    "precipitation": ("precipitation", 2),
    "snowfall": ("snowfall", 2),
    "wind_speed": ("speed", 1),
    "wind_gusts": ("speed", 1),
    "pressure_msl": ("pressure", 2),
    "visibility": ("distance", 1),
}
_FIXED = {
    "relative_humidity": "%",
    "precipitation_probability": "%",
    "cloud_cover": "%",
    "wind_direction": "°",
    "uv_index": "",
    "elevation": "m",
    "distance": "km",
    "daylight": "s",
    "moon_illumination": "%",
    "european_aqi": "EAQI",
    "us_aqi": "USAQI",
    "pm2_5": "µg/m³",
    "pm10": "µg/m³",
    "ozone": "µg/m³",
    "nitrogen_dioxide": "µg/m³",
    "pollen": "grains/m³",
}
_CONDITIONS = tuple(
    each.name for each in fields(Conditions) if each.name not in {"valid_at", "weather_code"}
)
_DAY = tuple(
    each.name for each in fields(Day) if each.name not in {"date", "astronomy", "weather_code"}
)
_AIR = tuple(each.name for each in fields(AirQuality) if each.name not in {"valid_at", "credits"})
_SKY = ("dawn", "sunrise", "solar_noon", "sunset", "dusk", "moonrise", "moonset")


def render(report: Report, options: ViewOptions) -> str:
    zone = ZoneInfo(report.timezone)
    units, language = unit_system(options), get_language(options.language)
    return dumps(
        {
            "place": _located(report.located, report.timezone),
            "units": _unit_names(units),
            "current": _conditions(report.current, units, language, zone),
            "hourly": [
                _conditions(hour, units, language, zone) for hour in report.hours[: options.hours]
            ],
            "daily": [_day(day, units, language, zone) for day in report.days[: options.days]],
            "astronomy": [
                _sky(day.date, day.astronomy, zone) for day in report.days[: options.days]
            ],
            "air_quality": _air_quality(report.air_quality, zone),
            "climate": _climate(report.climate, units),
            "alerts": [_alert(alert, language, zone) for alert in report.alerts],
            "alternatives": [_place(place) for place in report.located.alternatives],
            "provenance": _provenance(report, zone),
        }
    )


def render_fallback(fallback: ClimateFallback, options: ViewOptions) -> str:
    """The same form without a forecast."""
    zone = ZoneInfo(fallback.timezone)
    units = unit_system(options)
    return dumps(
        {
            "place": _located(fallback.located, fallback.timezone),
            "units": _unit_names(units),
            "current": None,
            "hourly": [],
            "daily": [],
            "astronomy": [_sky(fallback.date, fallback.astronomy, zone)],
            "air_quality": None,
            "climate": _climate(fallback.climate, units),
            "alerts": [],
            "alternatives": [_place(place) for place in fallback.located.alternatives],
            "provenance": {
                "provider": "climate-normals",
                "model": "ERA5",
                "issued_at": None,
                "fetched_at": None,
                "age": None,
                "stale": False,
                "sample": fallback.sample,
                "notice": f"no forecast: what is usual here. {fallback.reason}",
                "attribution": [_credit(credit) for credit in fallback_credits(fallback)],
            },
        }
    )


def render_places(places: Iterable[Place], credit: Credit) -> str:
    return dumps({"places": [_place(place) for place in places], "attribution": [_credit(credit)]})


def render_error(error: WeatherError, options: ViewOptions) -> str:
    """Problem details (RFC 9457); `retry_after` is in seconds."""
    del options  # programs read one language
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": error.title,
        "status": error.status,
        "detail": error.message,
    }
    if isinstance(error, UpstreamUnavailable):
        problem["retry_after"] = error.retry_after
    return dumps(problem)


def dumps(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _located(located: LocatedPlace, timezone: str) -> dict[str, Any]:
    return {
        **_place(located.place),
        "distance": located.place.distance,
        "timezone": timezone,
        "found_by": located.method,
        "source": located.source,
    }


def _climate(climate: Climate | None, units: UnitSystem) -> dict[str, Any] | None:
    if climate is None:
        return None
    temperature, precipitation = (_conversion(units, n) for n in ("temperature", "precipitation"))
    departure = climate.departure
    return {
        "normal_temperature": temperature(climate.normal.temperature),
        "normal_precipitation": precipitation(climate.normal.precipitation),
        # A difference: scaled like a temperature, but not shifted.
        "departure": None if departure is None else round(departure * units.temperature.factor, 1),
        "period": climate.normal.period,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "name": place.name,
        "region": place.region,
        "country": place.country,
        "country_code": place.country_code,
        "latitude": place.coordinates.latitude,
        "longitude": place.coordinates.longitude,
        "elevation": place.elevation,
        "timezone": place.timezone,
        "population": place.population,
    }


def _conditions(
    conditions: Conditions, units: UnitSystem, language: Language, zone: ZoneInfo
) -> dict[str, Any]:
    return {
        "valid_at": _local(conditions.valid_at, zone),
        "weather_code": conditions.weather_code,
        "condition": wording.condition(language, conditions.weather_code),
        **{
            name: convert(getattr(conditions, name))
            for name, convert in _columns(units, _CONDITIONS)
        },
    }


def _day(day: Day, units: UnitSystem, language: Language, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "weather_code": day.weather_code,
        "condition": wording.condition(language, day.weather_code),
        **{name: convert(getattr(day, name)) for name, convert in _columns(units, _DAY)},
        "sunrise": _local(day.astronomy.sunrise, zone),
        "sunset": _local(day.astronomy.sunset, zone),
    }


def _sky(day: date, sky: Astronomy, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "date": day.isoformat(),
        **{name: _local(getattr(sky, name), zone) for name in _SKY},
        "daylight": int(sky.daylight.total_seconds()),
        "moon_phase": sky.moon_phase,
        "moon_illumination": sky.moon_illumination,
    }


def _air_quality(air: AirQuality | None, zone: ZoneInfo) -> dict[str, Any] | None:
    if air is None:
        return None
    return {
        "valid_at": _local(air.valid_at, zone),
        **{name: getattr(air, name) for name in _AIR},
    }


def _alert(alert: Alert, language: Language, zone: ZoneInfo) -> dict[str, Any]:
    text = alert.text(language.tag)
    names = (None, "minor", "moderate", "severe", "extreme")
    return {
        "event": text.event,
        "severity": names[alert.severity or 0],
        "starts_at": _local(alert.starts_at, zone),
        "ends_at": _local(alert.ends_at, zone),
        "headline": text.headline,
        "description": text.description,
        "instruction": text.instruction,
        "language": text.language,
    }


def _provenance(report: Report, zone: ZoneInfo) -> dict[str, Any]:
    told = report.provenance
    return {
        "provider": told.provider,
        "model": told.model,
        "issued_at": _local(told.issued_at, zone),
        "fetched_at": _local(told.fetched_at, zone),
        "age": int(report.age.total_seconds()),
        "stale": told.stale,
        "sample": told.sample,
        "notice": None,
        "attribution": [_credit(credit) for credit in report_credits(report)],
    }


def _credit(credit: Credit) -> dict[str, str]:
    return {"text": credit.text, "url": credit.url, "licence": credit.licence}


def _local(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None


def _unit_names(units: UnitSystem) -> dict[str, str]:
    converted = {name: getattr(units, kind).symbol for name, (kind, _) in _KINDS.items()}
    return {**converted, **_FIXED}


@lru_cache(maxsize=16)
def _columns(units: UnitSystem, names: tuple[str, ...]) -> _Columns:
    """How each field becomes what programs read; worked out once for each unit system."""
    return tuple((name, _conversion(units, name)) for name in names)


def _conversion(units: UnitSystem, name: str) -> Callable[[float | None], _Value]:
    if name not in _KINDS:
        return lambda value: value
    kind, digits = _KINDS[name]
    unit: Unit = getattr(units, kind)
    factor, offset = unit.factor, unit.offset
    return lambda value: None if value is None else round(value * factor + offset, digits) + 0.0
