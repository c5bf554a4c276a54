"""All states of the page, by name."""

from __future__ import annotations

from collections.abc import Callable

from tests import reports
from tests.views.html.document import Document
from tests.views.html.rendering import IMPERIAL, METRIC, NOT_FOUND, error_page, report_page
from weather.core.errors import InvalidLocation, UpstreamUnavailable, VisitorLocationUnknown
from weather.views.html import comparison

STATES: dict[str, Callable[[], Document]] = {
    "a fine day": report_page,
    "american": lambda: report_page(reports.american(), IMPERIAL),
    "snow at night": lambda: report_page(reports.snow_night()),
    "storm": lambda: report_page(reports.storm()),
    "polar night": lambda: report_page(reports.polar_night()),
    "polar day": lambda: report_page(reports.polar_day()),
    "all values missing": lambda: report_page(reports.all_values_missing()),
    "six-hourly": lambda: report_page(reports.six_hourly()),
    "stale": lambda: report_page(reports.stale()),
    "alerts": lambda: report_page(reports.with_alerts()),
    "sample": lambda: report_page(reports.sample()),
    "no hours, no days": lambda: report_page(reports.report(hours=(), days=())),
    "invalid": lambda: error_page(
        InvalidLocation("The latitude must lie between -90 and 90."), "91,0"
    ),
    "not found": lambda: error_page(NOT_FOUND, "Nowhere"),
    "unknown": lambda: error_page(VisitorLocationUnknown("Your address is unknown.")),
    "side by side": lambda: Document(
        comparison.render_comparison(
            [("A", reports.american()), ("B", NOT_FOUND), ("C", reports.climate_fallback())],
            METRIC,
        )
    ),
    "unavailable": lambda: error_page(
        UpstreamUnavailable("No forecast is to be had."), "Windhaven"
    ),
}
