"""JSON for programs, and problem details (RFC 9457) for errors.

docs/json.md describes every field; a test holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from weather.core.errors import UpstreamUnavailable, WeatherError
from weather.core.models import ClimateFallback, Credit, Place, Report
from weather.i18n.languages import get_language
from weather.views.credits import fallback_credits
from weather.views.json import sections
from weather.views.json.units import unit_names
from weather.views.options import ViewOptions
from weather.views.units import unit_system


def render(report: Report, options: ViewOptions) -> str:
    zone = ZoneInfo(report.timezone)
    units, language = unit_system(options), get_language(options.language)
    return dumps(
        {
            "place": sections.located(report.located, report.timezone),
            "units": unit_names(units),
            "current": sections.conditions(report.current, units, language, zone),
            "hourly": [
                sections.conditions(hour, units, language, zone)
                for hour in report.hours[: options.hours]
            ],
            "daily": [
                sections.day(day, units, language, zone) for day in report.days[: options.days]
            ],
            "astronomy": [
                sections.sky(day.date, day.astronomy, zone) for day in report.days[: options.days]
            ],
            "air_quality": sections.air_quality(report.air_quality, zone),
            "climate": sections.climate(report.climate, units),
            "alerts": [sections.alert(alert, language, zone) for alert in report.alerts],
            "alternatives": [sections.place(place) for place in report.located.alternatives],
            "provenance": sections.provenance(report, zone),
        }
    )


def render_fallback(fallback: ClimateFallback, options: ViewOptions) -> str:
    """The same form without a forecast."""
    zone = ZoneInfo(fallback.timezone)
    units = unit_system(options)
    return dumps(
        {
            "place": sections.located(fallback.located, fallback.timezone),
            "units": unit_names(units),
            "current": None,
            "hourly": [],
            "daily": [],
            "astronomy": [sections.sky(fallback.date, fallback.astronomy, zone)],
            "air_quality": None,
            "climate": sections.climate(fallback.climate, units),
            "alerts": [],
            "alternatives": [sections.place(place) for place in fallback.located.alternatives],
            "provenance": {
                "provider": "climate-normals",
                "model": "ERA5",
                "issued_at": None,
                "fetched_at": None,
                "age": None,
                "stale": False,
                "sample": fallback.sample,
                "notice": f"no forecast: what is usual here. {fallback.reason}",
                "attribution": [sections.credit(credit) for credit in fallback_credits(fallback)],
            },
        }
    )


def render_places(places: Iterable[Place], credit: Credit) -> str:
    return dumps(
        {
            "places": [sections.place(place) for place in places],
            "attribution": [sections.credit(credit)],
        }
    )


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
