"""The pages for browsers: documents that work without their script and load from no other host.

The templates say what stands where; `models` is what they show.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from weather.core.errors import UpstreamError, VisitorLocationUnknown, WeatherError
from weather.core.models import ClimateFallback, Report
from weather.i18n.languages import get_language
from weather.views import wording
from weather.views.climate_text import departure, normal_values
from weather.views.credits import fallback_credits, report_credits
from weather.views.html import charts, links
from weather.views.html.base import base
from weather.views.html.charts import Chart, Daylight
from weather.views.html.clock import Clock
from weather.views.html.environment import COMPARISON, ERROR, FALLBACK, REPORT, fill
from weather.views.html.models import (
    ComparedError,
    ComparedReport,
    ComparisonPage,
    ErrorPage,
    FallbackPage,
    Frame,
    Link,
    ReportPage,
    ReportView,
)
from weather.views.html.notices import alert_notices, comparison_frame, stale_notice
from weather.views.options import ViewOptions
from weather.views.outlook import outlook
from weather.views.page_address import PageAddress
from weather.views.units import local_units

_COMPARED_DAYS = 5


def render(report: Report, options: ViewOptions) -> str:
    """The page of a report."""
    view, address = _report_view(report, options), options.address
    zone, day = ZoneInfo(report.timezone), timedelta(days=1)
    hours = [hour for hour in report.hours[:24] if hour.valid_at < report.at + day]
    today = report.days[0] if report.days else None
    frame = Frame(
        sample=report.provenance.sample,
        stale=stale_notice(report, view.clock.language),
        alerts=alert_notices(report, view.clock),
        credits=report_credits(report),
    )
    page = ReportPage(
        **base(options, frame),
        view=view,
        today=today,
        hours=hours,
        chart=Chart.of(hours),
        scale=charts.days_scale(report.days),
        every_third_hour=charts.every_third_hour(report, zone),
        daylight=Daylight.of(today.astronomy, report.at, zone) if today else None,
        icons=charts.icons(report, hours),
        others=_others(report, options),
        json_url=address.having("format", "json"),
        text_url=address.having("format", "text"),
        curl=links.curl(address),
        url=f"{address.origin}{address}",
        preview=address.origin + links.preview(report.place, options.units),
    )
    return fill(REPORT, page)


def render_fallback(fallback: ClimateFallback, options: ViewOptions) -> str:
    """The page of climate normals, where no forecast can be had."""
    language, zone = get_language(options.language), ZoneInfo(fallback.timezone)
    frame = Frame(sample=fallback.sample, credits=fallback_credits(fallback))
    page = FallbackPage(
        **base(options, frame),
        fallback=fallback,
        name=wording.place(language, fallback.place),
        normals=normal_values(fallback, language, local_units(options)),
        daylight=Daylight.of(fallback.astronomy, fallback.at, zone),
        clock=Clock(zone, language),
    )
    return fill(FALLBACK, page)


def render_comparison(
    results: Sequence[tuple[str, Report | WeatherError]], options: ViewOptions
) -> str:
    """Several places side by side: each query with its report or its error."""
    language = get_language(options.language)
    reports = [(query, result) for query, result in results if isinstance(result, Report)]
    errors = [(query, result) for query, result in results if isinstance(result, WeatherError)]
    days = [day for _, report in reports for day in report.days[:_COMPARED_DAYS]]
    views = tuple(ComparedReport(query, _report_view(r, options)) for query, r in reports)
    page = ComparisonPage(
        **base(options, comparison_frame([each.view for each in views], language)),
        reports=views,
        errors=tuple(
            ComparedError(query, language.translate(e.title), wording.explanation(language, e))
            for query, e in errors
        ),
        queries=tuple(query for query, _ in results),
        scale=charts.days_scale(days),
        icons=sorted({name for _, report in reports for name in charts.icons(report, ())}),
    )
    return fill(COMPARISON, page)


def render_error(error: WeatherError, options: ViewOptions) -> str:
    """The page of an error, with the search box to try another place."""
    language = get_language(options.language)
    units = (("units", str(options.units)),) if options.units else ()
    page = ErrorPage(
        # The address failed: links lead to the start page.
        **base(options, Frame(), address=PageAddress("/", units), query=options.query),
        status=error.status,
        title=language.translate(error.title),
        explanation=wording.explanation(language, error),
        asks=isinstance(error, VisitorLocationUnknown),
        retry=isinstance(error, UpstreamError),
    )
    return fill(ERROR, page)


def _report_view(report: Report, options: ViewOptions) -> ReportView:
    language, units = get_language(options.language), local_units(options)
    clock = Clock(ZoneInfo(report.timezone), language)
    return ReportView(
        report=report,
        name=wording.place(language, report.place),
        favourite=links.search_text(report.place),
        clock=clock,
        departure=departure(report.climate, language, units) if report.climate else "",
        outlook=outlook(report, language, units, clock.plain),
    )


def _others(report: Report, options: ViewOptions) -> tuple[Link, ...]:
    language, sticky = get_language(options.language), options.address.sticky_options
    return tuple(
        Link(wording.place(language, place), links.to_point(place.coordinates, sticky))
        for place in report.located.alternatives
    )
