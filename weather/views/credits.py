"""Whose data a representation shows, in the words their licences ask for."""

from __future__ import annotations

from weather.core.models import ClimateFallback, Credit, LocatedBy, LocatedPlace, Report

_GEONAMES = Credit("Place names by GeoNames", "https://www.geonames.org/", "CC BY 4.0")
_DB_IP = Credit("IP Geolocation by DB-IP", "https://db-ip.com", "CC BY 4.0")


def forecast_credits(report: Report) -> tuple[Credit, ...]:
    """Everybody behind the place and its forecast, each once."""
    shown = (*report.provenance.credits, *_place_credits(report.located))
    return tuple(dict.fromkeys(shown))


def fallback_credits(fallback: ClimateFallback) -> tuple[Credit, ...]:
    """Everybody behind the place and what is usual there."""
    return tuple(dict.fromkeys((*_place_credits(fallback.located), *fallback.climate.credits)))


def _place_credits(located: LocatedPlace) -> list[Credit]:
    shown = []
    if located.method is LocatedBy.NAME or located.place.distance is not None:
        shown.append(_GEONAMES)
    if "DB-IP" in (located.source or ""):
        shown.append(_DB_IP)
    return shown


def report_credits(report: Report) -> tuple[Credit, ...]:
    """Everybody behind all of a report, air and climate included."""
    air = report.air_quality.credits if report.air_quality else ()
    climate = report.climate.credits if report.climate else ()
    alerts = [alert.credit for alert in report.alerts]
    return tuple(dict.fromkeys((*forecast_credits(report), *air, *climate, *alerts)))
