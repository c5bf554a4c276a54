"""What is usual, in every representation: never to be taken for a forecast."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests import reports
from weather.i18n.languages import ENGLISH
from weather.views import json as json_view
from weather.views import text
from weather.views.climate_text import departure
from weather.views.html import pages as page
from weather.views.options import Units, ViewOptions
from weather.views.page_address import PageAddress
from weather.views.units import unit_system

PLAIN = ViewOptions(color=False)
ADDRESS = PageAddress("/x", (("units", "metric"),))
IMPERIAL = ViewOptions(color=False, units=Units.IMPERIAL)


@pytest.mark.parametrize(
    ("degrees", "relief", "words"),
    [
        (4.2, 0.5, "4° warmer than usual"),
        (-3.6, 0.5, "4° colder than usual"),
        (0.4, 0.5, "as warm as usual"),
        (4.2, 6.0, ""),
        (None, 0.5, ""),
    ],
)
def test_departure_in_words(degrees: float | None, relief: float, words: str) -> None:
    climate = reports.compared(degrees, relief).climate
    assert climate
    assert departure(climate, ENGLISH, unit_system(PLAIN)) == words


def test_a_difference_is_scaled_and_not_shifted() -> None:
    climate = reports.compared(5.0).climate
    assert climate
    assert departure(climate, ENGLISH, unit_system(IMPERIAL)) == "9° warmer than usual"
    told = json.loads(json_view.render(reports.compared(5.0), IMPERIAL))["climate"]
    assert told == {
        "normal_temperature": 49.1,
        "normal_precipitation": 0.07,
        "departure": 9.0,
        "period": "2000–2025",
    }


def test_the_departure_keeps_the_terminals_line_count() -> None:
    plain, compared = text.render(reports.report(), PLAIN), text.render(reports.compared(4), PLAIN)
    assert len(plain.splitlines()) == len(compared.splitlines())
    assert "4° warmer than usual" in compared.splitlines()[2]
    assert "4° warmer than usual" in page.render(reports.compared(4), PLAIN)


def test_text() -> None:
    shown = text.render_fallback(reports.usual(), PLAIN)
    lines = shown.splitlines()
    assert lines[0] == "Weather report: Windhaven"
    assert "NO FORECAST: what is usual here" in lines[2]
    assert "about -10 °C on Fri 15 May" in lines[3]
    assert "1.7 mm a day" in lines[4]
    assert "Example Weather cannot be reached." in shown
    now = text.render_fallback(reports.usual(), ViewOptions(color=False, days=0))
    assert len(now.splitlines()) == 7


def test_page() -> None:
    shown = page.render_fallback(reports.usual(), replace(PLAIN, address=ADDRESS))
    assert "NO FORECAST: what is usual here" in shown
    assert "−10 °C" in shown
    assert 'name="units" value="metric"' in shown
    assert "Sunrise" in shown
