"""The list of days, which changes with the forecast and by the hour: it is kept over minutes."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from operator import attrgetter

from markupsafe import Markup

from weather.core.dataclass import dataclass
from weather.core.day_aggregates import PHENOMENA
from weather.core.lru import LRU
from weather.core.models import Days, Hours, Report
from weather.views.html.clock import Clock
from weather.views.html.day_hours import hours_of_day
from weather.views.html.day_rows import ComingDays, DayRows
from weather.views.html.environment import DAYS, render_part
from weather.views.html.facts import Facts
from weather.views.html.formatter import Formatter
from weather.views.html.icons import hour_icons
from weather.views.html.identity import Identity
from weather.views.html.models import DaysSection
from weather.views.html.page_shapes.range_bar import days_scale
from weather.views.options import ViewOptions
from weather.views.scale import Scale

_LISTS = 128  # of about 17 kB


@dataclass(frozen=True, slots=True)
class DaysList:
    """`icons` are the names of those in it, `scale` is that of all days' temperatures."""

    html: Markup
    icons: frozenset[str]
    scale: Scale


_phenomena = attrgetter(*PHENOMENA)

_lists: LRU[Hashable, DaysList] = LRU(_LISTS)


def days_list(report: Report, options: ViewOptions, clock: Clock, format: Formatter) -> DaysList:
    """The list in the language and units of the options, with the hours of `options.day`."""
    if options.day and (hours := hours_of_day(report, options.day, clock.zone)):
        return _make(report, clock, format, options.day, hours)
    key = _key(report, clock, format)
    days = _lists.get(key)
    if days is None:
        days = _make(report, clock, format, None, Hours.of(()))
        _lists.put(key, days)
    return days


def _key(report: Report, clock: Clock, format: Formatter) -> Hashable:
    """Columns are the same for all reports that are composed of a forecast. The rest of today
    changes by the hour."""
    days, rest = report.days, report.rest_of_today
    return (
        Identity(days.columns if isinstance(days, Days) else days),
        *(len(days), rest and _phenomena(rest), report.disagreements, bool(report.hours)),
        *(Identity(format), clock.zone.key, clock.twelve_hours),
    )


def _make(
    report: Report, clock: Clock, format: Formatter, opened: date | None, hours: Hours
) -> DaysList:
    days = Days.of(report.days)
    if not days:
        return DaysList(Markup(), frozenset(), days_scale(()))
    scale = days_scale(days)
    made = DayRows(format, clock, opened, hours, scale, report.disagreements)
    rows = made.rows(ComingDays(days, report.rest_of_today))
    html = render_part(DAYS, DaysSection(rows, bool(report.hours)), Facts(format))
    return DaysList(html, frozenset({row.icon for row in rows} | hour_icons(hours)), scale)
