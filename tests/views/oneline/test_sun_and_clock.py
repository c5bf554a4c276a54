"""Times of day in the line: of the sun where it does not rise or set, and of the request."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests import reports
from weather.core.models import Astronomy, Report
from weather.views.oneline import line
from weather.views.options import ViewOptions

SUN = "%D %S %z %s %d"


def render(template: str, report: Report, **options: object) -> str:
    return line.render(report, replace(ViewOptions(template=template), **options))  # type: ignore[arg-type]


def of_sky(report: Report, **sky: object) -> Report:
    today = replace(report.days[0], astronomy=Astronomy(**sky))  # type: ignore[arg-type]
    return replace(report, days=(today,))


def test_in_polar_night_all_events_are_the_solar_noon() -> None:
    noon = datetime(2026, 5, 15, 10, 0, tzinfo=UTC)
    report = of_sky(reports.report(), solar_noon=noon, sun_is_up_at_noon=False)
    assert render(SUN, report) == " ".join(["12:00:00"] * 5)
    first, second, third = render("%S %z %s", reports.polar_night()).split()
    assert first == second == third


def test_a_twilight_of_polar_night_is_what_it_is() -> None:
    noon = datetime(2026, 5, 15, 10, 0, tzinfo=UTC)
    report = of_sky(
        reports.report(), dawn=noon - timedelta(hours=1), solar_noon=noon,
        dusk=noon + timedelta(hours=1), sun_is_up_at_noon=False,
    )  # fmt: skip
    assert render(SUN, report) == "11:00:00 12:00:00 12:00:00 12:00:00 13:00:00"


def test_under_the_midnight_sun_they_are_the_bounds_of_the_day() -> None:
    dawn, sunrise, noon, sunset, dusk = render(SUN, reports.polar_day()).split()
    assert (dawn, sunrise, sunset, dusk) == ("00:00:00", "00:00:00", "23:59:59", "23:59:59")
    assert noon.startswith("1")


def test_in_a_white_night_dawn_and_dusk_are_the_bounds_of_the_day() -> None:
    noon = datetime(2026, 5, 15, 10, 0, tzinfo=UTC)
    report = of_sky(
        reports.report(), sunrise=noon - timedelta(hours=9), solar_noon=noon,
        sunset=noon + timedelta(hours=9),
    )  # fmt: skip
    assert render(SUN, report) == "00:00:00 03:00:00 12:00:00 21:00:00 23:59:59"


def test_the_time_is_that_of_the_request() -> None:
    now = reports.AT + timedelta(seconds=37)
    assert render("%T", reports.report(), now=now) == "10:20:37+0200"
    assert render("%T", reports.report()) == "10:20:00+0200"


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(22, "12:20:05 AM +0200"), (10, "12:20:05 PM +0200"), (8, "10:20:05 AM +0200"),
     (21, "11:20:05 PM +0200")],
)  # fmt: skip
def test_a_clock_of_twelve_hours(hour: int, expected: str) -> None:
    now = reports.AT.replace(hour=hour, second=5)
    assert render("%T", reports.report(), now=now, twelve_hours=True) == expected
    assert render("%s", reports.report(), twelve_hours=True) == "7:52:40 PM"


def test_the_age_is_that_of_any_forecast() -> None:
    report = reports.report()
    provenance = replace(report.provenance, fetched_at=report.at - timedelta(minutes=12))
    assert render("%a", replace(report, provenance=provenance)) == "12 min"
    assert render("%a", reports.stale(timedelta(hours=30))) == "30 h"


def test_69_is_nice_whatever_the_weather() -> None:
    for report in (reports.report(), reports.sample(), reports.stale()):
        assert render("nice", report) == "nice"
