"""The view model of a report, on its own page and in a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from weather.core.models import Conditions, Report
from weather.i18n.languages import get_language
from weather.views import wording
from weather.views.climate_text import departure, than_yesterday
from weather.views.html import links
from weather.views.html.clock import Clock
from weather.views.html.models import ReportView
from weather.views.html.page_shapes.minutes import minute_bars
from weather.views.html.sky_classes import sky_classes
from weather.views.nowcast import nowcast
from weather.views.options import ViewOptions
from weather.views.outlook import outlook
from weather.views.units import local_units


def report_view(
    report: Report, options: ViewOptions, hours: Sequence[Conditions] | None = None
) -> ReportView:
    """The report with its texts in the language and units of the options; `hours` are its next
    ones, if they have been read."""
    language, units = get_language(options.language), local_units(options)
    clock = Clock(ZoneInfo(report.timezone), language, options.twelve_hours)
    sentence = nowcast(report, language)
    return ReportView(
        report=report,
        name=wording.place(language, report.place),
        favourite=links.search_query(report.place),
        clock=clock,
        sky=sky_classes(report),
        departure=departure(report.climate, language, units) if report.climate else "",
        outlook=outlook(report, language, units, clock.time_text, hours),
        than_yesterday=than_yesterday(report, language, units),
        nowcast=sentence,
        minutes=minute_bars(report.nowcast, report.at) if sentence else "",
    )
