"""The parts of a report's page that do not depend on who visits it, made once for a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from markupsafe import Markup

from weather.core.dataclass import dataclass
from weather.core.models import Day, Report
from weather.i18n.languages import Language
from weather.views.html.day_hours import HourTable
from weather.views.html.day_rows import PRECISE
from weather.views.html.daylight import Daylight
from weather.views.html.days_list import days_list
from weather.views.html.environment import SECTIONS, render_part
from weather.views.html.facts import Facts
from weather.views.html.formatter import formatter
from weather.views.html.icons import current_icon, hour_icons
from weather.views.html.identity import Identity
from weather.views.html.models import ReportSections, ReportView, SpanLink
from weather.views.html.page_shapes.meteogram import Meteogram
from weather.views.html.report_view import report_view
from weather.views.html.span_chart import span_chart
from weather.views.options import ViewOptions
from weather.views.scale import Scale

_HOURS = 24
_LONGEST_TABLE = 48  # hours: a longer span is a chart
_REPORTS = 32  # of about 100 kB; each is used for a minute, as reports are


@dataclass(frozen=True, slots=True)
class SharedParts:
    """What all visitors with the same language and units get of a report's page."""

    view: ReportView
    today: Day | None
    scale: Scale  # of all days' temperatures
    icons: Sequence[str]
    sections: Markup
    has_chart: bool  # of several days


def shared_parts(report: Report, options: ViewOptions) -> SharedParts:
    """The shared parts of a page, in the language and units of the options."""
    shared = ViewOptions(
        units=options.units,
        wind_in_ms=options.wind_in_ms,
        pressure_in_mmhg=options.pressure_in_mmhg,
        unit_words=options.unit_words,
        twelve_hours=options.twelve_hours,
        language=options.language,
        hours=options.hours,
        day=options.day,
    )
    return _parts(Identity(report), shared)


@lru_cache(maxsize=_REPORTS)
def _parts(identity: Identity[Report], options: ViewOptions) -> SharedParts:
    report = identity.of
    hours = report.next_hours
    rows = list(hours)  # each is an object of all fields, for sentences and chart
    view, format = report_view(report, options, rows), formatter(options)
    clock, facts = view.clock, Facts(format)
    listed = days_list(report, options, clock, format)
    span = timedelta(hours=options.hours) if options.hours > _LONGEST_TABLE else None
    today = report.days[0] if report.days else None
    sections = ReportSections(
        view=view,
        today=today,
        spans=_spans(report, options.hours, view.clock.language),
        hours=HourTable(clock, format).cells(hours),
        meteogram=Meteogram.of(rows, report.quarter) if rows else None,
        chart=span_chart(report, span, clock, format, PRECISE) if span else None,
        days=listed.html,
        daylight=Daylight.of(today.astronomy, report.quarter, clock.zone) if today else None,
    )
    icons = sorted(listed.icons | hour_icons(hours) | {current_icon(report)})
    html = render_part(SECTIONS, sections, facts)
    return SharedParts(view, today, listed.scale, icons, html, has_chart=bool(sections.chart))


def _spans(report: Report, hours: int, language: Language) -> list[SpanLink]:
    """The spans that the report covers: a day, three days, all."""
    if not report.hours:
        return []
    # To the end of the last hour: late in the evening less than an hour of today is left.
    covered = report.hours[-1].valid_at + timedelta(hours=1) - report.at
    days = len(report.days)
    links = [
        SpanLink(language.translate("{count} h", count=_HOURS), _HOURS, hours <= _LONGEST_TABLE)
    ]
    for count in (3, days):
        if covered > timedelta(days=count - 1) >= timedelta(days=2):
            label = language.translate("{count} d", count=count)
            is_current = 24 * (count - 1) < hours <= 24 * count if count == 3 else hours > 72
            links.append(SpanLink(label, 24 * count, is_current))
    return links if len(links) > 1 else []
