"""The place of a report and the sources of its data as JSON objects (docs/json.md)."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from weather.core.models import ClimateFallback, Credit, LocatedPlace, Place, Report
from weather.views.credits import fallback_credits, report_credits
from weather.views.json.times import local_time


def located(located: LocatedPlace, timezone: str) -> dict[str, Any]:
    """`place`; `timezone` is that of the report."""
    return {
        **place(located.place),
        "distance": located.place.distance,
        "timezone": timezone,
        "found_by": located.method,
        "source": located.source,
    }


def place(place: Place) -> dict[str, Any]:
    """An item of `alternatives` or `places`."""
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


def provenance(report: Report, zone: ZoneInfo) -> dict[str, Any]:
    """`provenance`; `age` is in seconds."""
    provenance = report.provenance
    return {
        "provider": provenance.provider,
        "model": provenance.model,
        "issued_at": local_time(provenance.issued_at, zone),
        "fetched_at": local_time(provenance.fetched_at, zone),
        "age": int(report.age.total_seconds()),
        "stale": provenance.stale,
        "sample": provenance.sample,
        "notice": None,
        "attribution": [credit(item) for item in report_credits(report)],
    }


def fallback_provenance(fallback: ClimateFallback) -> dict[str, Any]:
    """`provenance` without a forecast; `notice` gives the reason."""
    return {
        "provider": "climate-normals",
        "model": "ERA5",
        "issued_at": None,
        "fetched_at": None,
        "age": None,
        "stale": False,
        "sample": fallback.sample,
        "notice": f"no forecast: what is usual here. {fallback.reason}",
        "attribution": [credit(item) for item in fallback_credits(fallback)],
    }


def credit(credit: Credit) -> dict[str, str]:
    """An item of `attribution`."""
    return {"text": credit.text, "url": credit.url, "licence": credit.licence}
