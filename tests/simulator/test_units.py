"""The simulated Open-Meteo's units, and the decimals in its raw JSON."""

import re

import pytest

from simulator.server import Upstreams
from tests.simulator.client import ZURICH, get


@pytest.mark.parametrize(
    ("unit", "variable", "text", "pattern"),
    [
        ("", "temperature_2m", "°C", r"-?\d+\.\d"),
        ("temperature_unit=fahrenheit", "temperature_2m", "°F", r"-?\d+\.\d"),
        ("", "wind_speed_10m", "km/h", r"\d+\.\d"),
        ("wind_speed_unit=ms", "wind_speed_10m", "m/s", r"\d+\.\d\d"),
        ("windspeed_unit=mph", "wind_gusts_10m", "mp/h", r"\d+\.\d"),
        ("wind_speed_unit=kn", "wind_gusts_10m", "kn", r"\d+\.\d"),
        ("", "precipitation", "mm", r"\d+\.\d\d"),
        ("precipitation_unit=inch", "precipitation", "inch", r"\d+\.\d{3}"),
        ("precipitation_unit=inch", "snowfall", "inch", r"\d+\.\d{3}"),
        ("precipitation_unit=inch", "snow_depth", "ft", r"\d+\.\d{3}"),
        ("", "snowfall", "cm", r"\d+\.\d\d"),
        ("", "visibility", "m", r"\d+\.\d\d"),
        ("", "relative_humidity_2m", "%", r"\d+"),
        ("", "weather_code", "wmo code", r"\d+"),
        ("", "is_day", "", r"[01]"),
        ("", "uv_index", "", r"\d+\.\d\d"),
        ("", "wind_direction_10m", "°", r"\d+"),
        ("", "pressure_msl", "hPa", r"\d+\.\d"),
        ("", "soil_moisture_0_to_1cm", "m³/m³", r"\d+\.\d{3}"),
        ("", "temperature_850hPa", "°C", r"-?\d+\.\d"),
        ("", "lifted_index", "undefined", r"null"),
    ],
)
def test_a_variable_has_its_unit_and_decimals(
    upstreams: Upstreams, unit: str, variable: str, text: str, pattern: str
) -> None:
    path = f"/v1/forecast?{ZURICH}&hourly={variable}&forecast_days=1&{unit}"
    answer = get(upstreams, "open-meteo", path)
    assert answer.json()["hourly_units"][variable] == text
    values = re.search(rf'"{variable}":\[([^]]+)\]}}', answer.text)
    assert values is not None
    assert all(re.fullmatch(pattern, value) for value in values[1].split(","))
