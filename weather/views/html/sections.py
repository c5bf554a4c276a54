"""The parts of a report's page that do not depend on who visits it, made once for a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup

from weather.core.models import Report
from weather.views.html.charts import Chart, days_scale
from weather.views.html.day_hours import HourTable, every_third_hour
from weather.views.html.day_rows import DayRows
from weather.views.html.daylight import Daylight
from weather.views.html.environment import SECTIONS, render_sections
from weather.views.html.facts import Facts
from weather.views.html.formatter import Formatter
from weather.views.html.icons import report_icons
from weather.views.html.models import ReportSections, ReportView
from weather.views.html.report_view import report_view
from weather.views.options import ViewOptions
from weather.views.scale import Scale
from weather.views.units import local_units

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
    )
    return _parts(_Identity(report), shared)


@lru_cache(maxsize=_REPORTS)
def _parts(identity: _Identity, options: ViewOptions) -> SharedParts:
    report = identity.report
    view = report_view(report, options)
    format = Formatter(view.clock.language, local_units(options))
    zone, hours = ZoneInfo(report.timezone), list(report.next_hours)
    today = report.days[0] if report.days else None
    table, scale, facts = HourTable(view.clock, format), days_scale(report.days), Facts(format)
    days = DayRows(facts, view.clock, table, every_third_hour(report, zone), scale)
    sections = ReportSections(
        view=view,
        today=today,
        hours=table.next_hours(hours),
        chart=Chart.of(hours),
        days=days.rows(report.coming_days),
        daylight=Daylight.of(today.astronomy, report.at, zone) if today else None,
    )
    html = render_sections(SECTIONS, sections, facts)
    return SharedParts(view, scale, report_icons(report, hours), html)
