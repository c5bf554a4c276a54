"""The simulated Open-Meteo's error messages, word for word."""

import pytest

from simulator.server import Upstreams
from tests.simulator.client import ZURICH, get

SURFACE_TYPE = (
    "SurfacePressureAndHeightVariable<VariableAndPreviousDay, ForecastPressureVariable, "
    "ForecastHeightVariable>"
)
CORRUPT = "Data corrupted at path ''. Cannot initialize {} from invalid String value {}."
SAME_COUNT = "Parameter 'latitude' and 'longitude' must have the same number of elements"


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("latitude=999&longitude=0", "Latitude must be in range of -90 to 90°. Given: 999.0."),
        ("latitude=nan&longitude=0", "Latitude must be in range of -90 to 90°. Given: nan."),
        ("latitude=0&longitude=-181", "Longitude must be in range of -180 to 180°. Given: -181.0."),
        ("latitude=abc&longitude=0", CORRUPT.format("Float", "abc")),
        ("latitude=47", SAME_COUNT),
        ("", SAME_COUNT),
        (ZURICH + "&hourly=frogs", CORRUPT.format(SURFACE_TYPE, "frogs")),
        (ZURICH + "&current=frogs", CORRUPT.format(SURFACE_TYPE, "frogs")),
        (
            ZURICH + "&daily=sunrise, sunset",
            CORRUPT.format("ForecastVariableDaily", "sunrise, sunset"),
        ),
        (ZURICH + "&models=frogs", CORRUPT.format("MultiDomains", "frogs")),
        (ZURICH + "&timezone=Mars/Base", "Invalid timezone"),
        (ZURICH + "&timezone=../../etc/passwd", "Invalid timezone"),
        (
            ZURICH + "&daily=rain_sum&forecast_days=30",
            "Forecast days is invalid. Allowed range 0 to 16. Given 16.",
        ),
        (
            ZURICH + "&daily=rain_sum&past_days=93",
            "Past days is invalid. Allowed range 0 to 92. Given 93.",
        ),
        (
            ZURICH + "&daily=rain_sum&start_date=2026-03-05",
            "Both 'start_date' and 'end_date' must be set in the url",
        ),
        (
            ZURICH + "&daily=rain_sum&start_date=2026-03-05&end_date=2026-03-04",
            "End-date must be larger or equals than start-date",
        ),
        (
            ZURICH + "&daily=rain_sum&start_date=2026-03-05&end_date=2026-03-05&forecast_days=2",
            "Parameter 'forecast_days' is mutually exclusive with 'start_date' and 'end_date'",
        ),
        (
            ZURICH + "&daily=rain_sum&start_date=2020-01-01&end_date=2020-01-02",
            "Parameter 'start_date' is out of allowed range from 2025-12-02 to 2026-03-20",
        ),
        (
            "latitude=35&longitude=139&models=icon_d2&current=rain",
            "No data is available for this location",
        ),
        (
            ZURICH + "&current=rain&temperature_unit=kelvin",
            CORRUPT.format("TemperatureUnit", "kelvin"),
        ),
    ],
)
def test_an_invalid_query_has_open_meteos_message(
    upstreams: Upstreams, query: str, reason: str
) -> None:
    query += "" if "current" in query else "&current=temperature_2m"
    answer = get(upstreams, "open-meteo", "/v1/forecast?" + query)
    assert (answer.status_code, answer.json()) == (400, {"error": True, "reason": reason})


def test_air_quality_has_its_own_range_of_days(upstreams: Upstreams) -> None:
    answer = get(upstreams, "air-quality", f"/v1/air-quality?{ZURICH}&hourly=dust&forecast_days=9")
    assert answer.json()["reason"] == "Forecast days is invalid. Allowed range 0 to 7. Given 7."
