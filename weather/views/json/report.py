"""A report as JSON, and errors as problem details (RFC 9457).

docs/json.md describes every field; a test compares the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from weather.core.errors import UpstreamUnavailable, WeatherError
from weather.core.models import ClimateFallback, Credit, Place, Report
from weather.i18n.languages import get_language
from weather.views.json import sections, sources
from weather.views.json.units import unit_names
from weather.views.options import ViewOptions
from weather.views.units import unit_system


def render(report: Report, options: ViewOptions) -> str:
    """The report as a JSON object."""
    zone = ZoneInfo(report.timezone)
    units, language = unit_system(options), get_language(options.language)
    hours, days = report.hours[: options.hours], report.days[: options.days]
    return dumps(
        {
            "place": sources.located(report.located, report.timezone),
            "units": unit_names(units),
            "current": sections.conditions(report.current, units, language, zone)
            | sections.moon(report.at),
            "hourly": [sections.conditions(hour, units, language, zone) for hour in hours],
            "daily": [sections.day(day, units, language, zone) for day in days],
            "astronomy": [sections.astronomy(day.date, day.astronomy, zone) for day in days],
            "air_quality": sections.air_quality(report.air_quality, zone),
            "climate": sections.climate(report.climate, units),
            "alerts": [sections.alert(alert, language, zone) for alert in report.alerts],
            "alternatives": [sources.place(place) for place in report.located.alternatives],
            "provenance": sources.provenance(report, zone),
        }
    )


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
    """Problem details (RFC 9457); `retry_after` is in seconds."""
    del options  # problem details are in English
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
    """Compact JSON and a line feed. Raises `ValueError` for NaN and infinity."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
