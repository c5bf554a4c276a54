"""The credits that the licences of the data in a representation require."""

from __future__ import annotations

from weather.core.models import ClimateFallback, Credit, Report


def forecast_credits(report: Report) -> tuple[Credit, ...]:
    """The credits of the forecast and the place, without duplicates."""
    credits = (*report.provenance.credits, *report.located.credits)
    return tuple(dict.fromkeys(credits))


def fallback_credits(fallback: ClimateFallback) -> tuple[Credit, ...]:
    """The credits of the place and its climate normals, without duplicates."""
    alerts = [alert.credit for alert in fallback.alerts]
    credits = (*fallback.located.credits, *fallback.climate.credits, *alerts)
    return tuple(dict.fromkeys(credits))


def report_credits(report: Report) -> tuple[Credit, ...]:
    """The credits of all data in a report, without duplicates."""
    air = report.air_quality.credits if report.air_quality else ()
    climate = report.climate.credits if report.climate else ()
    alerts = [alert.credit for alert in report.alerts]
    return tuple(dict.fromkeys((*forecast_credits(report), *air, *climate, *alerts)))
