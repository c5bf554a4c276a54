"""A report as JSON, and errors as problem details (RFC 9457).

docs/json.md describes every field; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from string import digits
from typing import Any
from zoneinfo import ZoneInfo

from weather.core.errors import WeatherError
from weather.core.models import ClimateFallback, Credit, Days, Hours, Place, Report
from weather.i18n.languages import Language, get_language
from weather.views.json import rows, sections, sources
from weather.views.json.fields import Selection, selection
from weather.views.json.problems import problem
from weather.views.json.units import unit_names
from weather.views.options import ViewOptions
from weather.views.units import UnitSystem, unit_system

_AGE = '"age":'


def render(report: Report, options: ViewOptions) -> str:
    """The report as a JSON object."""
    zone = ZoneInfo(report.timezone)
    units, language = unit_system(options), get_language(options.language)
    chosen = selection(options.fields)
    days = Days.of(report.days[: options.days])

    def row(section: str) -> rows.Fields:
        return chosen.of(section) if options.fields else None

    def hourly() -> str:
        hours = Hours.of(report.hours[: options.hours])
        return rows.hours(hours, units, language, zone, row("hourly"))

    def current() -> dict[str, Any]:
        conditions = sections.conditions(report.current, units, language, zone)
        return conditions | sections.moon(report.quarter, zone)

    def rest_of_today() -> dict[str, Any] | None:
        day = report.rest_of_today
        return sections.day(day, units, language, zone) if day else None

    def whole(section: str, value: Callable[[], Any]) -> Callable[[], str]:
        return lambda: rows.dumps(chosen.cut(section, value()))

    return _object(
        chosen,
        {
            "place": whole("place", lambda: sources.located(report.located, report.timezone)),
            "units": lambda: _units(units, options.fields),
            "current": whole("current", current),
            "nowcast": whole("nowcast", lambda: sections.nowcast(report, units, language, zone)),
            "hourly": hourly,
            "daily": lambda: rows.days(days, units, language, zone, row("daily")),
            "rest_of_today": whole("rest_of_today", rest_of_today),
            "yesterday": whole("yesterday", lambda: sections.yesterday(report, units)),
            "disagreements": whole(
                "disagreements",
                lambda: [sections.disagreement(item, units) for item in report.disagreements],
            ),
            "astronomy": lambda: rows.astronomy(days, zone, row("astronomy")),
            "air_quality": whole(
                "air_quality", lambda: sections.air_quality(report.air_quality, zone)
            ),
            "climate": whole("climate", lambda: sections.climate(report.climate, units)),
            "alerts": whole("alerts", lambda: _alerts(report, language, zone)),
            "alternatives": whole("alternatives", lambda: _alternatives(report)),
            "provenance": whole("provenance", lambda: sources.provenance(report, zone)),
        },
    )


def _alerts(
    report: Report | ClimateFallback, language: Language, zone: ZoneInfo
) -> list[dict[str, Any]]:
    return [sections.alert(alert, language, zone) for alert in report.alerts]


def _alternatives(report: Report | ClimateFallback) -> list[dict[str, Any]]:
    return [sources.place(place) for place in report.located.alternatives]


@lru_cache(maxsize=64)
def _units(units: UnitSystem, fields: tuple[str, ...]) -> str:
    return rows.dumps(selection(fields).cut("units", unit_names(units)))


def _object(chosen: Selection, sections: Mapping[str, Callable[[], str]]) -> str:
    """The JSON object of the chosen sections, which are JSON texts, and a line feed."""
    texts = (f'"{name}":{text()}' for name, text in sections.items() if chosen.has(name))
    return "{" + ",".join(texts) + "}\n"


def render_fallback(fallback: ClimateFallback, options: ViewOptions) -> str:
    """The same object with climate normals, without a forecast."""
    zone, units = ZoneInfo(fallback.timezone), unit_system(options)
    language, chosen = get_language(options.language), selection(options.fields)
    whole: dict[str, Any] = {
        "place": sources.located(fallback.located, fallback.timezone),
        "units": unit_names(units),
        "current": None,
        "nowcast": None,
        "hourly": [],
        "daily": [],
        "rest_of_today": None,
        "yesterday": None,
        "disagreements": [],
        "astronomy": [sections.astronomy(fallback.date, fallback.astronomy, zone)],
        "air_quality": None,
        "climate": sections.climate(fallback.climate, units),
        "alerts": _alerts(fallback, language, zone),
        "alternatives": _alternatives(fallback),
        "provenance": sources.fallback_provenance(fallback),
    }
    return dumps({name: chosen.cut(name, whole[name]) for name in whole if chosen.has(name)})


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


def around_age(text: str) -> str | tuple[str, str]:
    """The text of a report's object before and after `provenance.age`; all of it without that.

    No other field has the name, and in a text its quotation marks would be written otherwise.
    """
    before, name, after = text.rpartition(_AGE)
    return (before + name, after.lstrip(digits)) if name else text


def dumps(value: Mapping[str, Any]) -> str:
    """Compact JSON and a line feed. Raises `ValueError` for NaN and infinity."""
    return rows.dumps(value) + "\n"
