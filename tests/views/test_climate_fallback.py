"""Climate normals in the representations, and the comparison with them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests import reports
from weather.core.measurement_systems import Units
from weather.i18n.languages import ENGLISH
from weather.views import json as json_view
from weather.views import text
from weather.views.climate_text import departure
from weather.views.html import pages
from weather.views.options import ViewOptions
from weather.views.page_address import PageAddress
from weather.views.units import unit_system

PLAIN = ViewOptions(color=False)
ADDRESS = PageAddress("/x", (("units", "metric"),))
IMPERIAL = ViewOptions(color=False, units=Units.IMPERIAL)


@pytest.mark.parametrize(
    ("degrees", "relief", "expected"),
    [
        (4.2, 0.5, "4° warmer than usual"),
        (-3.6, 0.5, "4° colder than usual"),
        (0.4, 0.5, "as warm as usual"),
        (4.2, 6.0, ""),
        (None, 0.5, ""),
    ],
)
def test_the_departure_as_text(degrees: float | None, relief: float, expected: str) -> None:
    climate = reports.with_departure(degrees, relief).climate
    assert climate
    assert departure(climate, ENGLISH, unit_system(PLAIN)) == expected


def test_a_departure_is_converted_without_the_offset_of_its_unit() -> None:
    climate = reports.with_departure(5.0).climate
    assert climate
    assert departure(climate, ENGLISH, unit_system(IMPERIAL)) == "9° warmer than usual"
    values = json.loads(json_view.render(reports.with_departure(5.0), IMPERIAL))["climate"]
    assert values == {
        "normal_temperature": 49.1,
        "normal_precipitation": 0.07,
        "departure": 9.0,
        "period": "2000–2025",
    }


def test_the_departure_adds_no_line_of_text() -> None:
    without, departing = (
        text.render(reports.report(), PLAIN),
        text.render(reports.with_departure(4), PLAIN),
    )
    assert len(without.splitlines()) == len(departing.splitlines())
    assert "4° warmer than usual" in departing.splitlines()[2]
    assert "4° warmer than usual" in pages.render(reports.with_departure(4), PLAIN)


def test_the_text_representation_has_a_notice_and_normals() -> None:
    rendered = text.render_fallback(reports.climate_fallback(), PLAIN)
    lines = rendered.splitlines()
    assert lines[0] == "Weather report: Windhaven"
    assert "NO FORECAST: what is usual here" in lines[2]
    assert "about -10 °C on Fri 15 May" in lines[3]
    assert "1.7 mm a day" in lines[4]
    assert "Example Weather cannot be reached." in rendered
    current = text.render_fallback(reports.climate_fallback(), ViewOptions(color=False, days=0))
    assert len(current.splitlines()) == 7


def test_the_page_has_a_notice_and_normals() -> None:
    html = pages.render_fallback(reports.climate_fallback(), replace(PLAIN, address=ADDRESS))
    assert "NO FORECAST: what is usual here" in html
    assert "−10 °C" in html
    assert 'name="units" value="metric"' in html
    assert "Sunrise" in html
