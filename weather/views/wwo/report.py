"""The document: current conditions, area, request and days."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from weather.core.models import LocatedBy, Report
from weather.i18n.languages import get_language
from weather.views.credits import forecast_credits
from weather.views.json import sources
from weather.views.json.report import render_error as render_problem
from weather.views.options import ViewOptions
from weather.views.wwo.conditions import Translation, current
from weather.views.wwo.days import DayView
from weather.views.wwo.values import Moment, Series, decimal, text

_DAYS = 3


def render(report: Report, options: ViewOptions) -> str:
    """The document with eight hours a day, as `format=j1`."""
    return _document(report, options, hours=True)


def render_without_hours(report: Report, options: ViewOptions) -> str:
    """The document without hours, as `format=j2`."""
    return _document(report, options, hours=False)


render_error = render_problem


def _document(report: Report, options: ViewOptions, *, hours: bool) -> str:
    zone = ZoneInfo(report.timezone)
    code = options.language_code or options.language
    translation = Translation(get_language(options.language), code)
    series = Series(report)
    now = current(Moment(series, report.current), zone, translation)
    days = []
    for day in report.days[: _DAYS if options.days is None else max(options.days, _DAYS)]:
        view = DayView(day, series, zone)
        days.append(view.fields() | ({"hourly": view.hourly(translation)} if hours else {}))
    document = {
        "current_condition": [now],
        "nearest_area": [_area(report)],
        "request": [_request(report, options)],
        "weather": days,
        "meta": _meta(report, series),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def _area(report: Report) -> dict[str, Any]:
    place = report.place
    return {
        "areaName": text(place.name or ""),
        "country": text(place.country or place.country_code or ""),
        "latitude": decimal(place.coordinates.latitude, 3),
        "longitude": decimal(place.coordinates.longitude, 3),
        "population": str(place.population or 0),
        "region": text(place.region or ""),
        "weatherUrl": text(""),
    }


def _request(report: Report, options: ViewOptions) -> dict[str, str]:
    where = report.place.coordinates
    if report.located.method is LocatedBy.NAME:
        return {"query": options.query or report.place.full_name, "type": "City"}
    latitude, longitude = decimal(where.latitude, 2), decimal(where.longitude, 2)
    return {"query": f"Lat {latitude} and Lon {longitude}", "type": "LatLon"}


def _meta(report: Report, series: Series) -> dict[str, Any]:
    """What the schema has no place for: whose data it is, how old, and what is made up."""
    provenance = report.provenance
    return {
        "attribution": [sources.credit(credit) for credit in forecast_credits(report)],
        "fetched_at": provenance.fetched_at.astimezone(UTC).isoformat(timespec="seconds"),
        "stale": provenance.stale,
        "sample": provenance.sample,
        "place_found_offline": report.located.offline,
        "missing": sorted(series.missing),
    }
