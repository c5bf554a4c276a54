"""The report in sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import reports
from weather.core.measurement_systems import Units
from weather.core.models import Report
from weather.i18n.languages import LANGUAGES, Language
from weather.views import prose
from weather.views.options import ViewOptions


def test_a_fine_day() -> None:
    lines = prose.render(reports.report(), ViewOptions()).splitlines()
    assert lines[:2] == [
        "Windhaven, Holm, DE.",
        "Mainly clear, 11 °C. Feels like 10 °C. Wind from the south, 3 km/h.",
    ]
    assert lines[3].startswith("Friday 15 May: ")
    assert lines[-1] == "Weather data by Example Weather, Place names by GeoNames."
    assert len(lines) == 7


@pytest.mark.parametrize(
    "report", [reports.storm(), reports.all_values_missing(), reports.report(hours=(), days=())]
)
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_there_are_no_drawings_and_no_colours(report: Report, language: Language) -> None:
    text = prose.render(report, ViewOptions(language=language.tag))
    assert not set(text) & set("│─┌@\x1b↑↗→🌧")
    for line in text.splitlines():
        assert line.endswith((".", "。", "।"))


def test_notices_come_first() -> None:
    assert prose.render(reports.sample(), ViewOptions()).startswith("SAMPLE DATA")
    assert prose.render(reports.stale(timedelta(hours=3)), ViewOptions()).startswith("Stale: 3 h")


def test_options_choose_units_days_and_parts() -> None:
    options = ViewOptions(units=Units.IMPERIAL, days=0, city=False, footer=False)
    text = prose.render(reports.report(), options)
    assert "°F" in text
    assert "mph" in text
    assert "Friday" not in text
    assert "Windhaven" not in text
    assert "Weather data" not in text


def test_calm_has_no_direction() -> None:
    calm = reports.with_current(reports.report(), wind_speed=0.0)
    assert "Wind 0 km/h." in prose.render(calm, ViewOptions())


def test_the_departure_from_normal_is_a_sentence() -> None:
    assert "\n4° warmer than usual.\n" in prose.render(reports.with_departure(4.2), ViewOptions())


def test_a_warning_is_a_sentence() -> None:
    report = replace(reports.report(), alerts=reports.with_alerts().alerts)
    assert "\nWarnings: " in prose.render(report, ViewOptions())
