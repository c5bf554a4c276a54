"""Pages as documents: of a report, of an error, of a place."""

from __future__ import annotations

from dataclasses import replace

from tests import reports
from tests.views.html.document import Document
from weather.core.errors import LocationNotFound, WeatherError
from weather.core.measurement_systems import Units
from weather.core.models import Credit, LocatedBy, LocatedPlace, Place, Report
from weather.views.html import pages
from weather.views.options import ViewOptions
from weather.views.page_address import PageAddress
from weather.views.saved import SavedPreferences

METRIC = ViewOptions(units=Units.METRIC)
IMPERIAL = ViewOptions(units=Units.IMPERIAL)
NOT_FOUND = LocationNotFound("No place called “Nowhere” is known.")

WINDHAVEN = PageAddress("/Windhaven")
WITH_OPTIONS = PageAddress("/", (("q", "Windhaven"), ("units", "imperial"), ("lang", "de")))


def render(
    report: Report | None = None,
    options: ViewOptions = METRIC,
    address: PageAddress = WINDHAVEN,
    saved: SavedPreferences | None = None,
) -> str:
    """The page of a report as HTML."""
    options = replace(options, address=address, saved=saved or SavedPreferences())
    return pages.render(report or reports.report(), options)


def report_page(
    report: Report | None = None,
    options: ViewOptions = METRIC,
    address: PageAddress = WINDHAVEN,
    saved: SavedPreferences | None = None,
) -> Document:
    """The page of a report."""
    return Document(render(report, options, address, saved))


def error_page(error: WeatherError, query: str = "", options: ViewOptions = METRIC) -> Document:
    """The page of an error."""
    return Document(pages.render_error(error, replace(options, query=query)))


def located(
    method: LocatedBy,
    source: str | None = None,
    place: Place = reports.WINDHAVEN,
    credits: tuple[Credit, ...] = (),
) -> Report:
    """A report of a place that was located by a method."""
    return reports.report(located=LocatedPlace(place, method, source, credits=credits))
