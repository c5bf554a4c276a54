"""The credits that the licences of the data in a representation require."""

from __future__ import annotations

from weather.core.attribution import CC_BY_4
from weather.core.models import ClimateFallback, Credit, LocatedBy, LocatedPlace, Report

_PLACE_NAMES = Credit("Place names by GeoNames", "https://www.geonames.org/", *CC_BY_4)


def forecast_credits(report: Report) -> tuple[Credit, ...]:
    """The credits of the forecast and the place, without duplicates."""
    credits = (*report.provenance.credits, *_place_credits(report.located))
    return tuple(dict.fromkeys(credits))


def fallback_credits(fallback: ClimateFallback) -> tuple[Credit, ...]:
    """The credits of the place and its climate normals, without duplicates."""
    alerts = [alert.credit for alert in fallback.alerts]
    credits = (*_place_credits(fallback.located), *fallback.climate.credits, *alerts)
    return tuple(dict.fromkeys(credits))


def report_credits(report: Report) -> tuple[Credit, ...]:
    """The credits of all data in a report, without duplicates."""
    air = report.air_quality.credits if report.air_quality else ()
    climate = report.climate.credits if report.climate else ()
    alerts = [alert.credit for alert in report.alerts]
    return tuple(dict.fromkeys((*forecast_credits(report), *air, *climate, *alerts)))


def _place_credits(located: LocatedPlace) -> tuple[Credit, ...]:
    """The credits of the locator, and of the gazetteers, which are all made of GeoNames."""
    has_gazetteer_name = located.method is LocatedBy.NAME or located.place.distance is not None
    return (_PLACE_NAMES, *located.credits) if has_gazetteer_name else located.credits
