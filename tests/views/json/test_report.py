"""The JSON object of a report, of a fallback, and of an error."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from tests import reports
from weather.core.errors import (
    AllowanceSpent,
    LocationNotFound,
    Overloaded,
    SearchUnavailable,
    TooManyRequests,
    UnknownParameter,
    UpstreamUnavailable,
    WeatherError,
)
from weather.core.measurement_systems import Units
from weather.core.models import Report
from weather.views.json import report as view
from weather.views.options import ViewOptions

IMPERIAL = ViewOptions(units=Units.IMPERIAL)
METRIC_UNITS = {
    "temperature": "°C", "wind_speed": "km/h", "precipitation": "mm", "snowfall": "cm",
    "pressure_msl": "hPa", "visibility": "km", "relative_humidity": "%", "elevation": "m",
}  # fmt: skip
IMPERIAL_UNITS = {
    "temperature": "°F", "wind_speed": "mph", "precipitation": "in", "snowfall": "in",
    "pressure_msl": "inHg", "visibility": "mi", "relative_humidity": "%", "elevation": "m",
}  # fmt: skip


def rendered(report: Report, options: ViewOptions | None = None) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(view.render(report, options or ViewOptions()))
    return body


def numbers(value: object) -> set[str]:
    """The names of the fields with numbers, in objects and lists."""
    if isinstance(value, list):
        return set().union(*map(numbers, value))
    if not isinstance(value, dict):
        return set()
    own = {name for name, item in value.items() if type(item) in {int, float}}
    return own.union(*map(numbers, value.values()))


def test_every_number_has_a_unit_or_needs_none() -> None:
    body = rendered(reports.with_departure(3.0))
    without = {"latitude", "longitude", "population", "weather_code", "moon_phase", "age"}
    pollen = {name for name in body["air_quality"] if name.endswith("_pollen")}
    assert numbers(body) - body["units"].keys() == without | pollen
    assert body["units"]["pollen"] == "grains/m³"


@pytest.mark.parametrize(
    ("options", "units"), [(ViewOptions(), METRIC_UNITS), (IMPERIAL, IMPERIAL_UNITS)]
)
def test_the_units_are_those_of_the_options(options: ViewOptions, units: dict[str, str]) -> None:
    body = rendered(reports.report(), options)
    assert body["units"] | units == body["units"]


def test_values_are_in_the_units_that_are_named() -> None:
    # 0 °C is 32 °F; 25.4 mm is an inch; 1.609344 km is a mile; 33.86389 hPa is 1 inHg.
    report = reports.with_current(
        reports.report(),
        temperature=0.0, precipitation=25.4, snowfall=2.54, wind_speed=16.09344,
        visibility=1.609344, pressure_msl=1015.9167, relative_humidity=61.0,
    )  # fmt: skip
    expected = {
        "temperature": 32.0, "precipitation": 1.0, "snowfall": 1.0, "wind_speed": 10.0,
        "visibility": 1.0, "pressure_msl": 30.0, "relative_humidity": 61.0,
    }  # fmt: skip
    body = rendered(report, IMPERIAL)
    for conditions in (body["current"], body["hourly"][0]):
        assert {name: conditions[name] for name in expected} == expected


def test_a_departure_is_converted_without_the_offset_of_fahrenheit() -> None:
    climate = rendered(reports.with_departure(5.0), IMPERIAL)["climate"]
    assert (climate["departure"], climate["normal_temperature"]) == (9.0, 49.1)


def test_wind_in_metres_a_second_has_its_unit_and_value() -> None:
    report = reports.with_current(reports.report(), wind_speed=36.0)
    body = rendered(report, ViewOptions(wind_in_ms=True))
    assert (body["units"]["wind_speed"], body["current"]["wind_speed"]) == ("m/s", 10.0)


def test_hours_and_days_are_as_many_as_the_options_say() -> None:
    body = rendered(reports.report(), ViewOptions(hours=5, days=2))
    assert [len(body[name]) for name in ("hourly", "daily", "astronomy")] == [5, 2, 2]
    assert len(rendered(reports.report())["daily"]) == 16


def test_times_are_local_with_their_offset() -> None:
    body = rendered(reports.report(reports.HILL_TOWN))
    assert body["current"]["valid_at"] == "2026-05-15T14:00:00+05:45"
    assert body["place"]["timezone"] == "Asia/Kathmandu"


def test_missing_values_are_null() -> None:
    body = rendered(reports.all_values_missing())
    assert body["current"]["temperature"] is None
    assert body["current"]["weather_code"] is None
    assert body["air_quality"] is body["climate"] is body["place"]["name"] is None


def test_a_fallback_has_no_forecast_and_says_so() -> None:
    body = json.loads(view.render_fallback(reports.climate_fallback(), ViewOptions()))
    assert body.keys() == rendered(reports.report()).keys()
    assert (body["current"], body["hourly"], body["daily"]) == (None, [], [])
    assert body["air_quality"] is None
    assert body["climate"]["normal_temperature"] == -9.5
    assert body["provenance"]["provider"] == "climate-normals"
    assert "Example Weather cannot be reached." in body["provenance"]["notice"]


def test_an_error_is_a_problem_of_rfc_9457() -> None:
    body = json.loads(view.render_error(LocationNotFound("No “Nowhere”."), ViewOptions()))
    assert body == {
        "type": "/problems/unknown-location",
        "title": "Unknown location",
        "status": 404,
        "detail": "No “Nowhere”.",
    }


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UpstreamUnavailable("Down.", 90), 503),
        (SearchUnavailable("Down.", 90), 503),
        (AllowanceSpent("Enough.", 90), 429),
        (TooManyRequests("Enough.", 90), 429),
        (Overloaded("Busy.", 90), 503),
    ],
)
def test_an_error_that_passes_says_when_to_try_again(error: WeatherError, status: int) -> None:
    body = json.loads(view.render_error(error, ViewOptions()))
    assert (body["status"], body["retry_after"]) == (status, 90)


def test_a_problem_is_below_the_path_of_the_service() -> None:
    body = json.loads(view.render_error(LocationNotFound("No."), ViewOptions(root="/weather")))
    assert body["type"] == "/weather/problems/unknown-location"


def test_a_problem_names_the_parameter_and_the_one_that_is_meant() -> None:
    error = UnknownParameter("No city.", "city", "q")
    body = json.loads(view.render_error(error, ViewOptions()))
    assert (body["parameter"], body["did_you_mean"]) == ("city", "q")


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_number_that_json_lacks_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        view.dumps({"temperature": value})
