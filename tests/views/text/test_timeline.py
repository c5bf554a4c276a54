"""The hours in the columns of the days' tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests import reports
from tests.views.text.screens import PLAIN, cells
from weather.core.models import Conditions, Place
from weather.views import text


def hours_in_columns(place: Place, at: datetime, step: timedelta) -> list[list[str]]:
    """The columns of three days of a report whose temperatures are the local hours, rounded."""
    zone = ZoneInfo(place.timezone or "UTC")
    first = at.replace(minute=0)
    hours = []
    for moment in (first + n * step for n in range(-30, 120)):
        local = moment.astimezone(zone)
        hours.append(Conditions(moment, temperature=local.hour + local.minute / 60))
    report = reports.report(place, at, hours=hours, earlier=())
    lines = text.render(report, PLAIN).splitlines()
    return [[cell.removesuffix(" °C") for cell in cells(lines, 1, day)] for day in range(3)]


@pytest.mark.parametrize(
    ("timezone", "day"),
    [
        ("Europe/Berlin", date(2026, 3, 28)),
        ("Europe/Berlin", date(2026, 10, 24)),
        ("America/New_York", date(2026, 3, 7)),
        ("Australia/Lord_Howe", date(2026, 10, 3)),
        ("Asia/Kolkata", date(2026, 5, 15)),
        ("Pacific/Kiritimati", date(2026, 12, 31)),
    ],
)
def test_columns_are_local_hours_when_the_offset_changes(timezone: str, day: date) -> None:
    place = replace(reports.WINDHAVEN, timezone=timezone)
    at = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(timezone)).astimezone(UTC)
    half_hour = timedelta(minutes=30)
    assert hours_in_columns(place, at, half_hour) == [["9", "12", "18", "22"]] * 3


def test_a_column_has_the_nearest_hour() -> None:
    """Full hours of UTC are a quarter to the hour in Kathmandu: 08:45 is nearest to nine."""
    at = datetime(2026, 5, 15, 6, 0, tzinfo=UTC)
    hourly = hours_in_columns(reports.HILL_TOWN, at, timedelta(hours=1))
    assert hourly == [["9", "12", "18", "22"]] * 3
    six_hourly = hours_in_columns(reports.HILL_TOWN, at, timedelta(hours=6))
    assert six_hourly == [["12", "12", "18", "24"]] * 3


def test_columns_of_past_hours_are_empty_without_earlier_hours() -> None:
    late = reports.report(at=datetime(2026, 5, 15, 20, 10, tzinfo=UTC))
    complete = text.render(late, PLAIN).splitlines()
    without_earlier = text.render(replace(late, earlier=()), PLAIN).splitlines()
    assert cells(complete, 1) == ["9 °C", "+13(12) °C", "+13(12) °C", "+8(7) °C"]
    assert cells(without_earlier, 1) == ["", "", "", "+8(7) °C"]
    assert cells(without_earlier, 2)[:3] == ["–", "–", "–"]
