"""When a report changes while its forecast stays the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import reports
from weather.core.models import Forecast, Report
from weather.forecasts.changes import next_change

MINUTE = timedelta(minutes=1)


def forecast(report: Report, measured_at: datetime | None = None) -> Forecast:
    current = replace(report.current, valid_at=measured_at) if measured_at else None
    return Forecast("example", (), tuple(report.hours), current)


def change(report: Report, measured_at: datetime | None = None) -> datetime:
    return next_change(report, forecast(report, measured_at))


def test_the_next_hour_changes_a_report() -> None:
    assert change(reports.report()) == datetime(2026, 5, 15, 9, tzinfo=UTC)


def test_hours_that_are_not_those_of_utc_change_a_report() -> None:
    report = reports.report(reports.HILL_TOWN)  # 5:45 h ahead
    assert change(report) == datetime(2026, 5, 15, 9, 15, tzinfo=UTC)


def test_measured_values_change_a_report_when_they_begin_and_when_they_are_old() -> None:
    report, at = reports.report(), reports.AT
    assert change(report, at - timedelta(minutes=45)) == at + timedelta(minutes=15)
    assert change(report, at + timedelta(minutes=7)) == at + timedelta(minutes=7)


def test_values_of_a_provider_that_is_behind_change_a_report_when_they_are_old() -> None:
    measured_at = reports.AT.replace(minute=15)
    report = reports.report()
    report = replace(report, current=replace(report.current, valid_at=measured_at))
    old_at = change(report, measured_at)
    assert measured_at + timedelta(minutes=30) < old_at <= measured_at + timedelta(minutes=31)
    # As of the full minute.
    provenance = replace(report.provenance, expires_at=old_at)
    recent, old = (
        replace(report, at=measured_at + timedelta(minutes=n), provenance=provenance)
        for n in (30, 31)
    )
    assert recent.age_if_old is None
    assert old.age_if_old is not None


@pytest.mark.parametrize("name", ["sunrise", "sunset"])
def test_a_report_is_of_its_minute_around_sunrise_and_sunset(name: str) -> None:
    event = getattr(reports.report().days[0].astronomy, name)
    for before in (0, 1, 2, -1, -2):
        at = event - timedelta(minutes=before)
        report = reports.report(at=at.replace(second=0, microsecond=0))
        assert change(report) <= report.at + MINUTE
    at = (event - timedelta(minutes=10)).replace(second=0, microsecond=0)
    assert change(reports.report(at=at)) <= event - 2 * MINUTE


@pytest.mark.parametrize("report", [reports.polar_night(), reports.polar_day()])
def test_where_the_sun_does_not_rise_or_set_a_report_is_of_its_minute(report: Report) -> None:
    assert change(report) == report.at + MINUTE


@pytest.mark.parametrize("changes", [{"days": ()}, {"hours": ()}])
def test_a_report_without_days_or_hours_is_of_its_minute(changes: dict[str, Any]) -> None:
    report = reports.report(**changes)
    assert next_change(report, forecast(reports.report())) == report.at + MINUTE


def test_a_gap_in_the_hours_makes_a_report_one_of_its_minute() -> None:
    report = reports.report()
    gap = replace(report, hours=report.hours[2:])
    assert change(gap) == gap.at + MINUTE


def test_midnight_changes_a_report() -> None:
    at = datetime(2026, 5, 15, 21, 40, tzinfo=UTC)  # 23:40 in Windhaven
    assert change(reports.report(at=at)) == datetime(2026, 5, 15, 22, tzinfo=UTC)
