"""The chart of hours: its path data, its labels, and what it marks."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from weather.core.models import Conditions
from weather.views.html.page_shapes import paths
from weather.views.html.page_shapes.meteogram import Meteogram, within_edges
from weather.views.html.page_shapes.wind_panel import HURRICANE, Peak, WindPanel

NOON = datetime(2026, 6, 20, 12, tzinfo=UTC)


def chart(*hours: Conditions, at: datetime = NOON) -> Meteogram:
    return Meteogram.of(hours, at)


def temperatures(*values: float | None) -> list[Conditions]:
    return [Conditions(NOON + timedelta(hours=n), t) for n, t in enumerate(values)]


def test_the_curve_rises_with_the_temperature() -> None:
    assert chart(*temperatures(0, 10)).temperature == "M5 72s6-44 10-44"
    assert chart(*temperatures(10, 0)).temperature == "M5 28s6 44 10 44"


def test_the_curve_is_interrupted_at_missing_values() -> None:
    curve = chart(*temperatures(None, 1, 2, None, 3)).temperature
    assert [part[:3] for part in re.findall(r"[Ms][^Ms]*", curve)] == ["M15", "s6-", "M45"]
    assert chart(*temperatures(None)).temperature == ""


def test_precipitation_has_bars() -> None:
    rain = [Conditions(NOON, precipitation=mm) for mm in (None, 0.04, 0.05, 2, 4)]
    assert chart(*rain).rain == "m22 100v-2h6v2zm10 0v-20h6v20zm10 0v-40h6v40z"
    cloudburst = [Conditions(NOON, precipitation=mm) for mm in (4, 80)]
    assert chart(*cloudburst).rain == "m2 100v-2h6v2zm10 0v-40h6v40z"


def test_snow_and_rain_are_drawn_apart() -> None:
    hours = [
        Conditions(NOON, precipitation=1.0, weather_code=61),
        Conditions(NOON, precipitation=1.0, weather_code=73),
        Conditions(NOON, precipitation=1.0, snowfall=0.7),
    ]
    both = chart(*hours)
    assert both.rain == "m2 100v-10h6v10z"
    assert both.snow == "m12 100v-10h6v10zm10 0v-10h6v10z"


def test_the_chance_and_the_cloud_cover_are_areas() -> None:
    hours = [Conditions(NOON, precipitation_probability=p, cloud_cover=p) for p in (0, 100)]
    assert chart(*hours).chance == "M5 100V100l10-30V100z"
    assert chart(*hours).cloud == "M5 0V0l10 12V0z"
    clear = [Conditions(NOON, precipitation_probability=0.0, cloud_cover=0.0)]
    assert chart(*clear).chance == chart(*clear).cloud == ""


def test_hours_known_to_be_dark_are_nights() -> None:
    skies = [Conditions(NOON, is_day=is_day) for is_day in (True, False, False, None, False)]
    assert chart(*skies).night == "m10 100v-100h20v100zm30 0v-100h10v100z"


def test_the_extremes_are_labelled_where_they_are() -> None:
    high, low = chart(*temperatures(3, 12, 4, -2)).extremes
    assert (high.x, high.temperature, high.is_high) == (37.5, 12, True)
    assert (low.x, low.temperature, low.is_high) == (87.5, -2, False)
    assert high.y < low.y
    assert len(chart(*temperatures(5, 5, 5)).extremes) == 1
    assert chart(*temperatures(None, None)).extremes == ()


def test_what_goes_on_in_the_next_part_is_no_extreme() -> None:
    hours = temperatures(9, 8, 7, 6, 5, 7)
    parts = [[0, 1, 2], [3, 4, 5]]
    lefts = [n * 10 for n in range(6)]
    labelled = Meteogram.at_lefts(hours, lefts, 60, NOON, parts).extremes
    assert [extreme.temperature for extreme in labelled] == [9, 7, 5]


def test_a_label_is_whole_at_the_edges() -> None:
    assert within_edges(0.2, 2) == 2
    assert within_edges(99.9, 2) == 98
    assert within_edges(50, 2) == 50


def test_the_present_moment_is_marked_within_its_hour() -> None:
    hours = temperatures(1, 2, 3, 4)
    assert chart(*hours, at=NOON).now == 0
    assert chart(*hours, at=NOON + timedelta(minutes=90)).now == 37.5
    assert chart(*hours, at=NOON - timedelta(minutes=1)).now is None
    assert chart(*hours, at=NOON + timedelta(hours=4)).now is None


def test_the_wind_has_one_scale_with_its_gusts() -> None:
    hours = [Conditions(NOON, wind_speed=50.0, wind_gusts=100.0)] * 2
    panel = WindPanel.of(hours, [5, 15], 20)
    assert panel.wind == "M5 40V20h10V40z"
    assert panel.gusts == "M5 0h10"
    assert panel.peak == Peak(25.0, 100.0)
    assert panel.hurricane == round(40 * (1 - HURRICANE / 100))


def test_a_breeze_does_not_fill_the_chart() -> None:
    hours = [Conditions(NOON, wind_speed=5.0, wind_gusts=5.0)] * 2
    assert WindPanel.of(hours, [5, 15], 20).gusts == "M5 36h10"


def test_a_path_is_interrupted_at_missing_values() -> None:
    assert list(paths.runs([None, (1, 2), (2, 2), None, (4, 2)])) == [[(1, 2), (2, 2)], [(4, 2)]]
