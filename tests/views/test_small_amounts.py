"""Amounts that are 0 in the displayed unit are not told as amounts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests import reports
from tests.views.html.rendering import METRIC, report_page
from weather.core.measurement_systems import Units
from weather.core.models import AirQuality, Disagreement, Report
from weather.views import calendar, prose
from weather.views.options import ViewOptions

IMPERIAL = replace(METRIC, units=Units.IMPERIAL)
NEXT_DAY = reports.report().days[1].date


def now(**values: Any) -> Report:
    report = reports.report(days=())
    return replace(report, current=replace(report.current, **values))


@pytest.mark.parametrize(
    ("millimetres", "options", "text"),
    [
        (0.0, METRIC, "dry"),
        (0.04, METRIC, "<0.1 mm"),
        (0.1, METRIC, "0.1 mm"),
        (0.1, IMPERIAL, "<0.01 in"),
    ],
)
def test_the_precipitation_of_now_is_dry_or_more_than_zero(
    millimetres: float, options: ViewOptions, text: str
) -> None:
    page = report_page(now(precipitation=millimetres), options)
    assert page.facts["Precipitation"] == text


def test_snow_that_is_shown_as_zero_is_no_fact() -> None:
    assert "Snowfall" not in report_page(now(snowfall=0.04)).facts
    assert report_page(now(snowfall=0.05)).facts["Snowfall"] == "0.1 cm"
    assert "Snowfall" not in report_page(now(snowfall=0.1), IMPERIAL).facts


def test_pollen_that_is_shown_as_zero_is_no_fact() -> None:
    air = AirQuality(reports.AT, birch_pollen=0.4, grass_pollen=0.6)
    facts = report_page(replace(reports.report(), air_quality=air)).facts
    assert "Birch" not in facts
    assert facts["Grass"] == "1"


def test_a_calendar_names_no_precipitation_of_zero() -> None:
    days = [replace(day, precipitation=0.04) for day in reports.report().days]
    dry = replace(reports.report(), days=tuple(days), rest_of_today=days[0])
    assert "Precipitation" not in calendar.render(dry, METRIC)
    assert "Precipitation" in calendar.render(reports.report(), METRIC)


@pytest.mark.parametrize(("millimetres", "text"), [(0.04, "9 °C, dry"), (0.05, "9 °C, 0.1 mm")])
def test_another_forecast_is_dry_rather_than_of_zero(millimetres: float, text: str) -> None:
    other = Disagreement(NEXT_DAY, "met-norway", 9.0, None, millimetres, None)
    report = replace(reports.report(), disagreements=(other,))
    assert report_page(report).facts["Another forecast"] == text
    assert f"Another forecast: {text}." in prose.render(report, METRIC)
