"""What the page draws, as numbers; and that every picture has its drawing and its colours."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from tests import reports
from weather.core.models import Astronomy, Conditions
from weather.core.weather_codes import Symbol
from weather.views.html import pages as page
from weather.views.html.charts import Chart
from weather.views.html.daylight import Daylight
from weather.views.html.icons import icon
from weather.views.options import ViewOptions
from weather.views.scale import Scale

NOON = datetime(2026, 6, 20, 12, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")  # two hours ahead of UTC in June
CSS = resources.files("weather.views.html").joinpath("static", "style.css").read_text()


def hours(*temperatures: float | None) -> list[Conditions]:
    return [Conditions(NOON + timedelta(hours=n), t) for n, t in enumerate(temperatures)]


def test_a_scale_reaches_from_the_lowest_to_the_highest_value_known() -> None:
    scale = Scale.of([None, 10.0, -10.0, 5.0])
    assert [scale.position(value) for value in (-10, 0, 5, 10)] == [0, 50, 75, 100]


def test_a_scale_is_never_flat() -> None:
    assert Scale.of([7.0], min_span=4) == Scale(5, 9)
    assert Scale.of([], min_span=4) == Scale(-2, 2)


def test_the_curve_goes_up_as_it_gets_warmer() -> None:
    assert Chart.of(hours(0, 10)).curve == "M20 58S44 11 60 11"


def test_the_curve_is_broken_where_nothing_is_told() -> None:
    curve = Chart.of(hours(None, 1, 2, None, 3)).curve
    assert [part[:3] for part in re.findall(r"[MS][^MS]*", curve)] == ["M60", "S84", "M18"]
    assert Chart.of(hours(None)).curve == ""


def test_rain_has_bars() -> None:
    rain = [Conditions(NOON, precipitation=mm) for mm in (None, 0, 0.01, 2, 4)]
    assert Chart.of(rain).rain == [(2, 2), (3, 22), (4, 43)]
    cloudburst = [Conditions(NOON, precipitation=mm) for mm in (4, 80)]
    assert Chart.of(cloudburst).rain == [(0, 2), (1, 43)]


def test_nights() -> None:
    skies = [Conditions(NOON, is_day=is_day) for is_day in (True, False, None, False)]
    assert Chart.of(skies).nights == [1, 3]


def test_daylight_is_in_minutes_of_the_local_clock() -> None:
    sky = Astronomy(
        dawn=NOON.replace(hour=1),
        sunrise=NOON.replace(hour=2),
        sunset=NOON.replace(hour=20),
        dusk=NOON.replace(hour=21),
    )
    made = Daylight.of(sky, NOON, OSLO)
    assert made == Daylight(twilight=[(180, 1380)], light=[(240, 1320)], now=840)


@pytest.mark.parametrize(
    ("sky", "light"),
    [
        (Astronomy(sun_is_up_at_noon=True), [(0, 1440)]),
        (Astronomy(sun_is_up_at_noon=False), []),
        (Astronomy(sunrise=NOON.replace(hour=1)), [(180, 1440)]),
        (Astronomy(sunset=NOON.replace(hour=20)), [(0, 1320)]),
        # North of the Arctic circle in May: it sets after midnight, and rises again.
        (
            Astronomy(
                sunset=NOON.replace(day=19, hour=22, minute=20),
                sunrise=NOON.replace(day=19, hour=23),
            ),
            [(0, 20), (60, 1440)],
        ),
    ],
)
def test_days_without_a_sunrise_or_a_sunset(sky: Astronomy, light: list[tuple[int, int]]) -> None:
    assert Daylight.of(sky, NOON, OSLO).light == light


def test_icons_know_the_night_where_the_sky_is_seen() -> None:
    assert icon(0, is_day=True) == icon(0, is_day=None) == "clear"
    assert icon(0, is_day=False) == "clear-night"
    assert icon(3, is_day=False) == "overcast"
    assert icon(12345, is_day=False) == icon(None) == "unknown"


def test_every_symbol_is_drawn_in_colours_by_day_and_night() -> None:
    everything = [*range(100), None]
    names = {icon(code, is_day) for code in everything for is_day in (True, False)}
    assert {name.removesuffix("-night") for name in names} == set(Symbol)
    skies = [
        Conditions(NOON, weather_code=code, is_day=is_day)
        for is_day in (True, False)
        for code in range(100)
    ]
    for part in (skies[n : n + 24] for n in range(0, len(skies), 24)):
        # Only the first of the hours are of the next 24.
        report = reports.report(at=NOON, hours=part)
        html = page.render(report, ViewOptions())
        drawn = set(re.findall(r'<symbol id="([\w-]+)" viewBox="0 0 32 32"><', html))
        assert {icon(sky.weather_code, sky.is_day) for sky in part} <= drawn


def test_every_class_on_the_page_has_a_style() -> None:
    pages = [
        page.render(made, ViewOptions())
        for made in (reports.report(), reports.storm(), reports.stale(), reports.sample())
    ]
    used = {
        name
        for html in pages
        for names in re.findall(r'class="([^"]*)"', html)
        for name in names.split()
    }
    styled = set(re.findall(r"\.([a-z][\w-]*)", CSS))
    assert used - styled == set()
