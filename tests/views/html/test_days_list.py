"""The list of days is made once for a forecast and an hour, and never of another one's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests import reports
from weather.core import daily
from weather.core.models import Days, Disagreement, Report
from weather.core.models.column import Column
from weather.i18n.languages import get_language
from weather.views.html.clock import Clock
from weather.views.html.days_list import DaysList, days_list
from weather.views.html.formatter import formatter
from weather.views.options import ViewOptions

OPTIONS = ViewOptions()


def listed(report: Report, options: ViewOptions = OPTIONS) -> DaysList:
    language = get_language(options.language)
    clock = Clock(ZoneInfo(report.timezone), language, options.twelve_hours)
    return days_list(report, options, clock, formatter(options))


def composed() -> Report:
    """As for a request: its days are a part of the columns of a forecast."""
    report = reports.report()
    return replace(report, days=Days.of(report.days), rest_of_today=report.days[0])


def test_it_is_kept_over_minutes() -> None:
    report = composed()
    later = replace(report, at=report.at + timedelta(minutes=1), days=Days.of(report.days)[:])
    assert listed(later) is listed(report)


def changes(report: Report) -> dict[str, Report]:
    rest = report.rest_of_today
    assert rest
    other = Disagreement(report.days[1].date, "other", 31.0, None, 4.0, None)
    return {
        "a later hour": replace(report, rest_of_today=replace(rest, precipitation=7.7)),
        "a newer forecast": replace(report, days=Days.of(list(report.days))),
        "the next day": replace(report, days=report.days[1:], rest_of_today=report.days[1]),
        "another time zone": replace(report, timezone="America/New_York"),
        "another forecast": replace(report, disagreements=(other,)),
        "no hours": replace(report, hours=()),
    }


@pytest.mark.parametrize("change", changes(composed()))
def test_it_is_made_anew_of_what_differs(change: str) -> None:
    report = composed()
    first = listed(report)
    assert listed(changes(report)[change]) is not first
    assert listed(report) is first


@pytest.mark.parametrize(
    "options",
    [
        replace(OPTIONS, language="de"),
        replace(OPTIONS, twelve_hours=True),
        replace(OPTIONS, wind_in_ms=True),
        replace(OPTIONS, unit_words=("f",)),
        replace(OPTIONS, day=reports.report().days[0].date),
    ],
)
def test_each_language_clock_and_unit_has_its_own(options: ViewOptions) -> None:
    report = composed()
    first = listed(report)
    assert listed(report, options).html != first.html
    assert listed(report) is first


class UnreadColumn(Column):
    """The column of a field that the list does not show."""

    def values(self, start: int, stop: int) -> list[Any]:
        raise AssertionError("it is read")

    def value(self, index: int) -> Any:
        raise AssertionError("it is read")


def test_no_more_of_the_days_is_read_than_is_shown() -> None:
    report = composed()
    days = Days.of(report.days)
    fields = (
        *("cloud_cover", "pressure_msl", "relative_humidity", "temperature_mean"),
        *("astronomy.moonrise", "astronomy.moon_phase", "astronomy.daylight"),
    )
    unread = dict.fromkeys(fields, UnreadColumn("decimal", range(len(days))))
    days = Days({**days.columns, **unread}, 0, len(days))
    rest = daily.rest_of_day(days[0], report.hours, report.timezone)
    shown = listed(replace(report, days=days, rest_of_today=rest))
    assert shown.html == listed(replace(report, rest_of_today=rest)).html
