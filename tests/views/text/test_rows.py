"""The rows of text beside a drawing."""

from __future__ import annotations

import itertools
import re
from dataclasses import fields, replace
from typing import Any

import pytest

from tests import reports
from tests.views.text.screens import (
    CONDITION,
    PLAIN,
    PRECIPITATION,
    REPORT,
    TEMPERATURE,
    VISIBILITY,
    WIND,
    cells,
    current_row,
    flags,
)
from weather.core.measurement_systems import Units
from weather.core.models import Conditions
from weather.views import text
from weather.views.options import ViewOptions


@pytest.mark.parametrize(
    ("actual", "apparent", "metric", "imperial"),
    [
        (9.4, 8.1, "+9(8) °C", "+49(47) °F"),
        (18.0, 18.4, "18 °C", "+64(65) °F"),
        (18.0, None, "18 °C", "64 °F"),
        (-3.0, -9.0, "-3(-9) °C", "+27(16) °F"),
        (-0.4, 2.0, "0(+2) °C", "+31(36) °F"),
        (-40.0, -40.0, "-40 °C", "-40 °F"),
        (None, 5.0, "–", "–"),
    ],
)
def test_temperature(
    actual: float | None, apparent: float | None, metric: str, imperial: str
) -> None:
    changes: dict[str, Any] = {"temperature": actual, "apparent_temperature": apparent}
    assert current_row(TEMPERATURE, **changes) == metric
    assert current_row(TEMPERATURE, replace(PLAIN, units=Units.IMPERIAL), **changes) == imperial


@pytest.mark.parametrize(
    ("letters", "speed", "gusts", "direction", "expected"),
    [
        ("T", 8.0, 20.0, 225.0, "↗ 8-20 km/h"),
        ("T", 8.0, 8.3, 225.0, "↗ 8 km/h"),
        ("T", 8.0, 3.0, 225.0, "↗ 8 km/h"),
        ("T", 8.0, None, None, "8 km/h"),
        ("T", None, 20.0, 225.0, "–"),
        ("uT", 100.0, 150.0, 0.0, "↓ 62-93 mph"),
        ("MT", 36.0, 72.0, 90.0, "← 10-20 m/s"),
        ("uMT", 36.0, None, 90.0, "← 10 m/s"),
    ],
)
def test_wind(
    letters: str,
    speed: float | None,
    gusts: float | None,
    direction: float | None,
    expected: str,
) -> None:
    changes: dict[str, Any] = {
        "wind_speed": speed, "wind_gusts": gusts, "wind_direction": direction,
    }  # fmt: skip
    assert current_row(WIND, flags(letters), **changes) == expected


def test_wind_arrows_point_where_the_wind_blows_to() -> None:
    arrows = [current_row(WIND, wind_direction=float(degrees))[0] for degrees in range(0, 361, 15)]
    #       N    NE   E    SE   S    SW   W    NW   N
    assert "".join(arrows) == "↓↓" + "↙↙↙" + "←←←" + "↖↖↖" + "↑↑↑" + "↗↗↗" + "→→→" + "↘↘↘" + "↓↓"


@pytest.mark.parametrize(
    ("visibility", "metric", "imperial"),
    [
        (24.1, "24 km", "15 mi"),
        (0.35, "0.4 km", "0.2 mi"),
        (None, "–", "–"),
        (0.0, "0.0 km", "0.0 mi"),
    ],
)
def test_visibility(visibility: float | None, metric: str, imperial: str) -> None:
    assert current_row(VISIBILITY, visibility=visibility) == metric
    options = replace(PLAIN, units=Units.IMPERIAL)
    assert current_row(VISIBILITY, options, visibility=visibility) == imperial


@pytest.mark.parametrize(
    ("amount", "probability", "current", "cell"),
    [
        (0.0, 89.0, "0.0 mm", "0.0 mm | 89%"),
        (12.34, None, "12.3 mm", "12.3 mm"),
        (None, 40.0, "–", "– | 40%"),
        (None, None, "–", "–"),
    ],
)
def test_precipitation(
    amount: float | None, probability: float | None, current: str, cell: str
) -> None:
    changes: dict[str, Any] = {"precipitation": amount, "precipitation_probability": probability}
    assert current_row(PRECIPITATION, **changes) == current
    hours = [replace(hour, **changes) for hour in REPORT.hours]
    lines = text.render(replace(REPORT, hours=hours), PLAIN).splitlines()
    assert cells(lines, 4, day=1) == [cell] * 4


def test_a_long_condition_is_truncated_in_a_cell_only() -> None:
    changes: dict[str, Any] = {"weather_code": 99}
    hours = [replace(hour, **changes) for hour in REPORT.hours]
    assert current_row(CONDITION, **changes) == "Thunderstorm, heavy hail"
    lines = text.render(replace(REPORT, hours=hours), PLAIN).splitlines()
    assert cells(lines, 0, day=1) == ["Thunderstorm, …"] * 4


def test_missing_values_are_dashes() -> None:
    lines = text.render(reports.all_values_missing(), PLAIN).splitlines()
    assert lines[0] == "Weather report: 54.3213,10.1349, 10:15"
    assert [line[16:] for line in lines[2:7]] == ["Unknown", "–", "–", "–", "–"]
    assert "None" not in "".join(lines)


def test_every_field_of_conditions_may_be_missing() -> None:
    """One field at a time, so that each is the only cause of a failure."""
    optional = [field.name for field in fields(Conditions) if field.name != "valid_at"]
    for name, letters in itertools.product(optional, ["T", "uT"]):
        report = reports.with_current(REPORT, **{name: None})
        lines = text.render(report, flags(letters)).splitlines()
        assert len(lines) == 40
        assert "None" not in "".join(lines)


@pytest.mark.parametrize(
    ("row", "field", "values"),
    [
        (TEMPERATURE, "temperature", [-30.0, -12.0, -2.0, 3.0, 12.0, 22.0, 31.0, 41.0]),
        (WIND, "wind_speed", [3.0, 20.0, 35.0, 50.0, 70.0, 130.0]),
        (PRECIPITATION, "precipitation", [0.0, 0.4, 5.0, 20.0, 80.0]),
    ],
)
def test_each_range_of_values_has_its_colour(row: int, field: str, values: list[float]) -> None:
    single: dict[str, Any] = {"apparent_temperature": None, "wind_gusts": None}
    colors = []
    for value in values:
        rendered = current_row(row, ViewOptions(), **{**single, field: value})
        colors += re.findall(r"38;5;(\d+)m[-+]?\d[\d.]*\x1b", rendered)
    assert len(colors) == len(set(colors)) == len(values)
