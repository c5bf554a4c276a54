"""Whose data a representation shows, in the words their licences ask for."""

from __future__ import annotations

from weather.domain import Credit, Method, Report

_GEONAMES = Credit("Place names by GeoNames", "https://www.geonames.org/", "CC BY 4.0")
_DB_IP = Credit("IP Geolocation by DB-IP", "https://db-ip.com", "CC BY 4.0")


def forecast_credits(report: Report) -> tuple[Credit, ...]:
    """Everybody behind the place and its forecast, each once."""
    shown = [*report.provenance.credits]
    if report.located.method is Method.NAME:
        shown.append(_GEONAMES)
    if "DB-IP" in (report.located.source or ""):
        shown.append(_DB_IP)
    return tuple(dict.fromkeys(shown))


def report_credits(report: Report) -> tuple[Credit, ...]:
    """Everybody behind all of a report, the air included."""
    air = report.air_quality.credits if report.air_quality else ()
    return tuple(dict.fromkeys((*forecast_credits(report), *air)))
