"""The parts of a report's page that do not depend on who visits it, made once for a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from markupsafe import Markup

from weather.core.models import Report
from weather.i18n.languages import Language
from weather.views.html.day_hours import HourTable, hours_of_day
from weather.views.html.day_rows import PRECISE, DayRows
from weather.views.html.daylight import Daylight
from weather.views.html.environment import SECTIONS, render_sections
from weather.views.html.facts import Facts
from weather.views.html.formatter import formatter
from weather.views.html.icons import report_icons
from weather.views.html.models import ReportSections, ReportView, SpanLink
from weather.views.html.page_shapes.meteogram import Meteogram
from weather.views.html.page_shapes.range_bar import days_scale
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
    scale: Scale  # of all days' temperatures
    icons: Sequence[str]
    sections: Markup


class _Identity:
    """A report by its identity: a hash of its values would take longer than its page."""

    __slots__ = ("report",)

    def __init__(self, report: Report) -> None:
        self.report = report

    def __hash__(self) -> int:
        return id(self.report)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and self.report is other.report


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
    return _parts(_Identity(report), shared)


@lru_cache(maxsize=_REPORTS)
def _parts(identity: _Identity, options: ViewOptions) -> SharedParts:
    report = identity.report
    view = report_view(report, options)
    format = formatter(options)
    zone, hours, coming_days = view.clock.zone, report.next_hours, report.coming_days
    today = report.days[0] if report.days else None
    table, scale, facts = HourTable(view.clock, format), days_scale(report.days), Facts(format)
    opened = hours_of_day(report, options.day, zone) if options.day else hours[:0]
    days = DayRows(
        facts,
        view.clock,
        table,
        options.day if opened else None,
        opened,
        scale,
        report.disagreements,
    )
    span = timedelta(hours=options.hours) if options.hours > _LONGEST_TABLE else None
    sections = ReportSections(
        view=view,
        today=today,
        spans=_spans(report, options.hours, view.clock.language),
        hours=table.cells(hours),
        meteogram=Meteogram.of(list(hours), report.at) if hours else None,
        chart=span_chart(report, span, view.clock, format, PRECISE) if span else None,
        days=days.rows(coming_days),
        daylight=Daylight.of(today.astronomy, report.at, zone) if today else None,
    )
    html = render_sections(SECTIONS, sections, facts)
    return SharedParts(view, scale, report_icons(report, coming_days, hours, opened), html)


def _spans(report: Report, hours: int, language: Language) -> list[SpanLink]:
    """The spans that the report covers: a day, three days, all."""
    if not report.hours:
        return []
    covered = (report.hours[-1].valid_at - report.at) // timedelta(hours=1)
    days = len(report.days)
    links = [
        SpanLink(language.translate("{count} h", count=_HOURS), _HOURS, hours <= _LONGEST_TABLE)
    ]
    for count in (3, days):
        if covered > 24 * (count - 1) >= 48:
            label = language.translate("{count} d", count=count)
            is_current = 24 * (count - 1) < hours <= 24 * count if count == 3 else hours > 72
            links.append(SpanLink(label, 24 * count, is_current))
    return links if len(links) > 1 else []
