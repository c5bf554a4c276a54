"""A report as JSON, and errors as problem details (RFC 9457).

docs/json.md describes every field; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from weather.core.errors import WeatherError
from weather.core.models import ClimateFallback, Credit, Days, Hours, Place, Report
from weather.i18n.languages import get_language
from weather.views.json import rows, sections, sources
from weather.views.json.problems import problem
from weather.views.json.units import unit_names
from weather.views.options import ViewOptions
from weather.views.units import UnitSystem, unit_system


def render(report: Report, options: ViewOptions) -> str:
    """The report as a JSON object."""
    zone = ZoneInfo(report.timezone)
    units, language = unit_system(options), get_language(options.language)
    hours = Hours.of(report.hours[: options.hours])
    days = Days.of(report.days[: options.days])
    current = sections.conditions(report.current, units, language, zone)
    alerts = [sections.alert(alert, language, zone) for alert in report.alerts]
    alternatives = [sources.place(place) for place in report.located.alternatives]
    return _object(
        {
            "place": rows.dumps(sources.located(report.located, report.timezone)),
            "units": _units(units),
            "current": rows.dumps(current | sections.moon(report.at)),
            "hourly": rows.hours(hours, units, language, zone),
            "daily": rows.days(days, units, language, zone),
            "rest_of_today": rows.dumps(
                sections.day(report.rest_of_today, units, language, zone)
                if report.rest_of_today
                else None
            ),
            "astronomy": rows.astronomy(days, zone),
            "air_quality": rows.dumps(sections.air_quality(report.air_quality, zone)),
            "climate": rows.dumps(sections.climate(report.climate, units)),
            "alerts": rows.dumps(alerts),
            "alternatives": rows.dumps(alternatives),
            "provenance": rows.dumps(sources.provenance(report, zone)),
        }
    )


@lru_cache(maxsize=16)
def _units(units: UnitSystem) -> str:
    return rows.dumps(unit_names(units))


def _object(fields: Mapping[str, str]) -> str:
    """The JSON object of fields that are JSON texts, and a line feed."""
    return "{" + ",".join(f'"{name}":{text}' for name, text in fields.items()) + "}\n"


def render_fallback(fallback: ClimateFallback, options: ViewOptions) -> str:
    """The same object with climate normals, without a forecast."""
    zone, units = ZoneInfo(fallback.timezone), unit_system(options)
    language = get_language(options.language)
    return dumps(
        {
            "place": sources.located(fallback.located, fallback.timezone),
            "units": unit_names(units),
            "current": None,
            "hourly": [],
            "daily": [],
            "rest_of_today": None,
            "astronomy": [sections.astronomy(fallback.date, fallback.astronomy, zone)],
            "air_quality": None,
            "climate": sections.climate(fallback.climate, units),
            "alerts": [sections.alert(alert, language, zone) for alert in fallback.alerts],
            "alternatives": [sources.place(place) for place in fallback.located.alternatives],
            "provenance": sources.fallback_provenance(fallback),
        }
    )


def render_places(places: Iterable[Place], credit: Credit) -> str:
    """The results of a search for places."""
    return dumps(
        {
            "places": [sources.place(place) for place in places],
            "attribution": [sources.credit(credit)],
        }
    )


def render_error(error: WeatherError, options: ViewOptions) -> str:
    """Problem details (RFC 9457) in English."""
    return dumps(problem(error, options.root))


def dumps(value: Mapping[str, Any]) -> str:
    """Compact JSON and a line feed. Raises `ValueError` for NaN and infinity."""
    return rows.dumps(value) + "\n"
