"""The chart of the next 24 hours."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from weather.core.models import Conditions
from weather.views.html.charts import Chart

NOON = datetime(2026, 6, 20, 12, tzinfo=UTC)


def hours(*temperatures: float | None) -> list[Conditions]:
    return [Conditions(NOON + timedelta(hours=n), t) for n, t in enumerate(temperatures)]


def test_the_curve_rises_with_the_temperature() -> None:
    assert Chart.of(hours(0, 10)).curve == "M20 58S44 11 60 11"


def test_the_curve_is_interrupted_at_missing_values() -> None:
    curve = Chart.of(hours(None, 1, 2, None, 3)).curve
    assert [part[:3] for part in re.findall(r"[MS][^MS]*", curve)] == ["M60", "S84", "M18"]
    assert Chart.of(hours(None)).curve == ""


def test_precipitation_has_bars() -> None:
    rain = [Conditions(NOON, precipitation=mm) for mm in (None, 0, 0.01, 2, 4)]
    assert Chart.of(rain).rain == [(2, 2), (3, 22), (4, 43)]
    cloudburst = [Conditions(NOON, precipitation=mm) for mm in (4, 80)]
    assert Chart.of(cloudburst).rain == [(0, 2), (1, 43)]


def test_hours_known_to_be_dark_are_nights() -> None:
    skies = [Conditions(NOON, is_day=is_day) for is_day in (True, False, None, False)]
    assert Chart.of(skies).nights == [1, 3]
