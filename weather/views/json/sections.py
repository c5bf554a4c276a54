"""The parts of a report as objects of JSON. docs/json.md describes every field."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from weather.core.models import (
    AirQuality,
    Alert,
    Astronomy,
    Climate,
    Conditions,
    Credit,
    Day,
    LocatedPlace,
    Place,
    Report,
)
from weather.i18n.languages import Language
from weather.views import wording
from weather.views.credits import report_credits
from weather.views.json.units import columns, conversion
from weather.views.units import UnitSystem

_CONDITIONS = tuple(
    field.name for field in fields(Conditions) if field.name not in {"valid_at", "weather_code"}
)
_DAY = tuple(
    field.name for field in fields(Day) if field.name not in {"date", "astronomy", "weather_code"}
)
_AIR = tuple(
    field.name for field in fields(AirQuality) if field.name not in {"valid_at", "credits"}
)
_SKY = ("dawn", "sunrise", "solar_noon", "sunset", "dusk", "moonrise", "moonset")


def located(located: LocatedPlace, timezone: str) -> dict[str, Any]:
    return {
        **place(located.place),
        "distance": located.place.distance,
        "timezone": timezone,
        "found_by": located.method,
        "source": located.source,
    }


def climate(climate: Climate | None, units: UnitSystem) -> dict[str, Any] | None:
    if climate is None:
        return None
    temperature, precipitation = (conversion(units, n) for n in ("temperature", "precipitation"))
    departure = climate.departure
    return {
        "normal_temperature": temperature(climate.normal.temperature),
        "normal_precipitation": precipitation(climate.normal.precipitation),
        # A difference: scaled like a temperature, but not shifted.
        "departure": None if departure is None else round(departure * units.temperature.factor, 1),
        "period": climate.normal.period,
    }


def place(place: Place) -> dict[str, Any]:
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


def conditions(
    conditions: Conditions, units: UnitSystem, language: Language, zone: ZoneInfo
) -> dict[str, Any]:
    return {
        "valid_at": _local(conditions.valid_at, zone),
        "weather_code": conditions.weather_code,
        "condition": wording.condition(language, conditions.weather_code),
        **{
            name: convert(getattr(conditions, name))
            for name, convert in columns(units, _CONDITIONS)
        },
    }


def day(day: Day, units: UnitSystem, language: Language, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "weather_code": day.weather_code,
        "condition": wording.condition(language, day.weather_code),
        **{name: convert(getattr(day, name)) for name, convert in columns(units, _DAY)},
        "sunrise": _local(day.astronomy.sunrise, zone),
        "sunset": _local(day.astronomy.sunset, zone),
    }


def sky(day: date, sky: Astronomy, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "date": day.isoformat(),
        **{name: _local(getattr(sky, name), zone) for name in _SKY},
        "daylight": int(sky.daylight.total_seconds()),
        "moon_phase": sky.moon_phase,
        "moon_illumination": sky.moon_illumination,
    }


def air_quality(air: AirQuality | None, zone: ZoneInfo) -> dict[str, Any] | None:
    if air is None:
        return None
    return {
        "valid_at": _local(air.valid_at, zone),
        **{name: getattr(air, name) for name in _AIR},
    }


def alert(alert: Alert, language: Language, zone: ZoneInfo) -> dict[str, Any]:
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


def provenance(report: Report, zone: ZoneInfo) -> dict[str, Any]:
    provenance = report.provenance
    return {
        "provider": provenance.provider,
        "model": provenance.model,
        "issued_at": _local(provenance.issued_at, zone),
        "fetched_at": _local(provenance.fetched_at, zone),
        "age": int(report.age.total_seconds()),
        "stale": provenance.stale,
        "sample": provenance.sample,
        "notice": None,
        "attribution": [credit(item) for item in report_credits(report)],
    }


def credit(credit: Credit) -> dict[str, str]:
    return {"text": credit.text, "url": credit.url, "licence": credit.licence}


def _local(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None
