"""Numbers: one rounding in every view, no "-0", no direction of calm, signs of one width.

Rules: ISO 80000-1:2009, B.3, rule B (halves away from zero); WMO-No. 8, 5.1 (calm has no
direction); UAX #11 (East Asian Width); WHO, Global Solar UV Index (2002); EEA and EPA for air.
"""

from __future__ import annotations

import json as standard_json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import reports
from tests.views.html.document import Document
from weather.core import formulas, ranges
from weather.core.measurement_systems import Units
from weather.core.models import Conditions, Coordinates, Report
from weather.core.rounding import rounded, rounded_to_int
from weather.views import html, json, oneline, prometheus, symbols, text
from weather.views.ansi import width
from weather.views.options import ViewOptions
from weather.views.units import unit_system

METRIC = ViewOptions(units=Units.METRIC, color=False)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (0.5, 0, 1.0),
        (1.5, 0, 2.0),
        (2.5, 0, 3.0),
        (-0.5, 0, -1.0),
        (-12.5, 0, -13.0),
        (-0.4, 0, 0.0),
        (-0.0, 0, 0.0),
        (0.49999, 0, 0.0),
        (0.05, 1, 0.1),
        (0.15, 1, 0.2),
        (-0.25, 1, -0.3),
        (1.005, 2, 1.01),
        (2.675, 2, 2.68),
        (29.915, 2, 29.92),
        (1e300, 0, 1e300),
        (float("inf"), 0, float("inf")),
    ],
)
def test_halves_are_rounded_away_from_zero(value: float, digits: int, expected: float) -> None:
    assert rounded(value, digits) == expected
    assert not str(rounded(value, digits)).startswith("-0.0") or expected < 0


@given(st.integers(-10_000, 10_000), st.sampled_from([0, 1, 2]))
def test_every_decimal_half_is_rounded_away_from_zero(number: int, digits: int) -> None:
    """Also where the half is no binary fraction, and after a conversion."""
    half = (abs(number) * 10 + 5) / 10 ** (digits + 1)
    expected = (abs(number) + 1) / 10**digits
    assert rounded(half, digits) == expected
    assert rounded(-half, digits) == -expected


def test_no_whole_number_is_nan() -> None:
    with pytest.raises(ValueError, match="NaN"):
        rounded_to_int(float("nan"))


@pytest.mark.parametrize(("celsius", "fahrenheit"), [(12.5, "55"), (-12.5, "10"), (22.5, "73")])
def test_halves_after_a_conversion(celsius: float, fahrenheit: str) -> None:
    """12.5 °C is 54.5 °F, -12.5 °C is 9.5 °F, 22.5 °C is 72.5 °F."""
    imperial = unit_system(ViewOptions(units=Units.IMPERIAL))
    assert imperial.temperature.number(celsius) == fahrenheit


@pytest.mark.parametrize(
    ("quantity", "value", "metric", "imperial"),
    [
        ("temperature", 21.45, "21 °C", "71 °F"),
        ("speed", 8.05, "8 km/h", "5 mph"),
        ("precipitation", 2.54, "2.5 mm", "0.10 in"),
        ("precipitation", 0.254, "0.3 mm", "0.01 in"),
        ("snowfall", 2.54, "2.5 cm", "1.0 in"),
        ("distance", 16.1, "16 km", "10 mi"),
        ("pressure", 1013.25, "1013 hPa", "29.92 inHg"),
        ("elevation", 30.48, "30 m", "100 ft"),
    ],
)
def test_each_unit_has_its_step(quantity: str, value: float, metric: str, imperial: str) -> None:
    """NWS: whole °F and mph, hundredths of an inch of rain and of mercury, tenths of snow."""
    units = (Units.METRIC, Units.IMPERIAL)
    texts = [getattr(unit_system(ViewOptions(units=u)), quantity).text(value) for u in units]
    assert texts == [metric, imperial]


def now(**values: object) -> Report:
    """A report whose current conditions and all hours have these values."""
    report = reports.report()
    return replace(
        report,
        current=replace(report.current, **values),  # type: ignore[arg-type]
        hours=tuple(replace(hour, **values) for hour in report.hours),  # type: ignore[arg-type]
        earlier=tuple(replace(hour, **values) for hour in report.earlier),  # type: ignore[arg-type]
        days=tuple(
            replace(day, **{k: v for k, v in values.items() if hasattr(day, k)})  # type: ignore[arg-type]
            for day in report.days
        ),
    )


def line(report: Report, template: str, options: ViewOptions = METRIC) -> str:
    return oneline.render(report, replace(options, template=template))


@pytest.mark.parametrize(
    ("temperature", "number"), [(0.5, "1"), (-0.5, "−1"), (-12.5, "−13"), (-0.4, "0"), (-0.0, "0")]
)
def test_all_views_show_one_temperature(temperature: float, number: str) -> None:
    report = now(temperature=temperature, apparent_temperature=temperature)
    hyphenated = number.replace("−", "-")
    assert f" {hyphenated} °C" in text.render(report, METRIC)
    assert f"{int(hyphenated):+d}°C" == line(report, "%t")
    page = Document(html.render(report, METRIC))
    assert f": {number} °C" in page.one("title")
    assert set(page.row("°C")) == {f"{number}°"}


def test_no_view_shows_minus_zero() -> None:
    """A zero may come with a sign from a provider, and numbers become 0 when they are rounded."""
    zeros = {
        "temperature": -0.04, "apparent_temperature": -0.0, "dew_point": -0.3,
        "precipitation": -0.0, "wind_speed": -0.0, "wind_gusts": -0.0, "uv_index": -0.0,
        "snowfall": -0.0, "visibility": -0.0, "cloud_cover": -0.0, "wind_direction": -0.0,
        "precipitation_probability": -0.0, "relative_humidity": -0.0,
    }  # fmt: skip
    report = now(**zeros)
    minus_zero = re.compile(r"(?<![\d\w.])[-−]0(?:\.0*)?(?![\d.])")
    for options in (METRIC, replace(METRIC, units=Units.IMPERIAL)):
        shown = [
            text.render(report, options),
            html.render(report, options),
            json.render(report, options),
            prometheus.render(report, options),
            line(report, "%t %f %e %w %h %u %p %o %P", options),
        ]
        assert [minus_zero.findall(view) for view in shown] == [[]] * len(shown)


ARROWS = set("↓↙←↖↑↗→↘")


@pytest.mark.parametrize("units", [*Units])
@pytest.mark.parametrize("speed", [0.0, 0.4, None])
def test_calm_has_no_direction(speed: float | None, units: Units) -> None:
    """Below 0.5 km/h the displayed speed is 0 in every unit."""
    report = now(wind_speed=speed, wind_gusts=speed, wind_direction=270.0)
    options = replace(METRIC, units=units)
    assert not ARROWS & set(text.render(report, options))
    assert not ARROWS & set(line(report, "%w", options))
    page = html.render(report, options)
    assert "<use href=#arrow " not in page
    assert "from the west" not in page


@pytest.mark.parametrize(
    ("options", "speed", "calm"),
    [
        (METRIC, 0.5, False),
        (replace(METRIC, units=Units.IMPERIAL), 0.8, True),
        (replace(METRIC, units=Units.IMPERIAL), 0.81, False),
        (replace(METRIC, wind_in_ms=True), 1.7, True),
        (replace(METRIC, wind_in_ms=True), 1.8, False),
    ],
)
def test_a_wind_is_calm_if_its_displayed_speed_is_0(
    options: ViewOptions, speed: float, calm: bool
) -> None:
    report = now(wind_speed=speed, wind_gusts=None, wind_direction=270.0)
    assert (line(report, "%w", options)[0] == "0") is calm
    assert (line(report, "%w", options)[0] == "→") is not calm


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("code", [*range(100), None, 1234])
def test_each_sign_takes_two_columns_and_a_space(code: int | None, night: bool) -> None:
    """wttr.in pads `%c` to 3 columns; by UAX #11 every emoji sequence takes 2."""
    assert width(symbols.emoji(code, night=night)) == 2
    sign = line(now(weather_code=code, is_day=not night), "%c|")
    assert sign == symbols.emoji(code, night=night) + " |"
    assert width(sign) == 4


def test_each_moon_takes_two_columns() -> None:
    assert {width(symbols.moon(number / 8)) for number in range(8)} == {2}


def test_a_report_without_values_has_no_arrow() -> None:
    blank = Conditions(reports.report().at)
    report = replace(reports.report(), current=blank, hours=(blank,), earlier=(), days=())
    assert not ARROWS & set(text.render(report, METRIC))


# Rounded once


@pytest.mark.parametrize(("metres_a_second", "shown"), [(1.8, "6"), (4.3, "15"), (1.3, "5")])
def test_a_wind_in_metres_a_second_is_rounded_once(metres_a_second: float, shown: str) -> None:
    """1.8 m/s are 6.48 km/h, and not by way of 6.5 km/h 7."""
    speed = ranges.WIND_SPEED.stored(metres_a_second, 3.6)
    assert unit_system(METRIC).speed.number(speed) == shown


def test_what_follows_from_other_values_is_not_rounded() -> None:
    dew_point = formulas.dew_point(20.0, 51.0)
    assert dew_point
    assert dew_point == pytest.approx(9.5557, abs=0.0001)
    assert dew_point != rounded(dew_point, 2)


def test_a_departure_is_rounded_once() -> None:
    """4.46 °C is 4°, and not by way of 4.5 °C 5°."""
    report = reports.with_departure(4.46)
    assert ", 4° warmer than usual\n" in text.render(report, replace(METRIC, days=0))
    assert '"departure":4.5' in json.render(report, METRIC).replace(" ", "")


@pytest.mark.parametrize(
    ("latitude", "cell", "written"),
    [(0.125, 0.13, "0.1250"), (-0.125, -0.13, "-0.1250"), (0.00005, 0.0, "0.0001")],
)
def test_coordinates_are_rounded_like_everything_else(
    latitude: float, cell: float, written: str
) -> None:
    point = Coordinates(latitude, 0)
    assert point.rounded().latitude == cell
    assert str(point) == f"{written},0.0000"


@pytest.mark.parametrize("units", [*Units])
@pytest.mark.parametrize(("speed", "direction"), [(0.4, None), (0.0, None), (30.0, 270.0)])
def test_json_has_no_direction_of_calm(speed: float, direction: float | None, units: Units) -> None:
    report = now(wind_speed=speed, wind_gusts=speed, wind_direction=270.0)
    body = standard_json.loads(json.render(report, replace(METRIC, units=units)))
    for item in (body["current"], *body["hourly"], body["daily"][0]):
        assert item["wind_direction"] == direction
