"""Units by country.

Source: Unicode CLDR 48, measurementData of supplementalData.xml and unitPreferences of units.xml;
for the territories of the United States, their National Weather Service.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from weather.core.measurement_systems import Units, units_of
from weather.views.options import ViewOptions
from weather.views.units import unit_system

US_AMERICAN = ["US", "AS", "GU", "MP", "PR", "UM", "VI", "FM", "MH", "PW"]
FAHRENHEIT = ["BS", "BZ", "KY"]
BRITISH = ["GB", "LR", "MM"]
WIND_IN_MS = ["CN", "DK", "FI", "JP", "KR", "NO", "PL", "SE"]
METRIC = ["DE", "FR", "CA", "AU", "NZ", "IE", "IN", "JM", "BM", "TC", "VG", "AG", "JE", None, ""]


@pytest.mark.parametrize(
    ("countries", "symbols"),
    [
        (US_AMERICAN, "°F mph in mi inHg"),
        (FAHRENHEIT, "°F km/h mm km hPa"),
        (BRITISH, "°C mph mm mi hPa"),
        (WIND_IN_MS, "°C m/s mm km hPa"),
        (["RU"], "°C m/s mm km mmHg"),
        (["MX"], "°C km/h mm km mmHg"),
        (METRIC, "°C km/h mm km hPa"),
    ],
)
def test_units_of_countries(countries: list[str | None], symbols: str) -> None:
    """Of temperature, wind, rain, visibility and pressure."""
    for country in countries:
        system = unit_system(ViewOptions().for_country(country))
        units = (
            system.temperature, system.speed, system.precipitation, system.distance,
            system.pressure,
        )  # fmt: skip
        assert " ".join(unit.symbol for unit in units) == symbols, country


def test_lower_case_is_no_country_code() -> None:
    assert units_of("us") is Units.METRIC


@pytest.mark.parametrize("units", [*Units])
def test_units_are_selected_in_the_url_and_saved(client: FlaskClient, units: Units) -> None:
    expected = unit_system(ViewOptions(units=units))
    body = client.get(f"/Paris?format=json&units={units}").get_json()
    assert body["units"]["temperature"] == expected.temperature.symbol
    assert body["units"]["wind_speed"] == expected.speed.symbol
    browser = {"Accept": "text/html", "User-Agent": "Mozilla/5.0"}
    client.post("/settings", data={"units": str(units)}, headers=browser)
    page = client.get("/Paris", headers=browser).text
    assert f'<option value="{units}" selected>' in page
    assert f" {expected.temperature.symbol}, " in page


def test_visitors_of_different_units_never_share_a_response(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The requests are equal but for the visitors' addresses, and come within two seconds."""
    countries = {
        "8.8.8.8": "US",
        "81.2.69.160": "GB",
        "8.8.4.4": "BS",
        "9.9.9.9": "DE",
        "9.9.9.10": "NO",
    }
    monkeypatch.setattr(
        "weather.places.locator.PlaceLocator.country_of",
        lambda _, visitor, wait=True: countries[str(visitor)],
    )
    client = make_app().test_client()

    def units(address: str) -> tuple[str, str]:
        response = client.get("/Paris?format=json", environ_overrides={"REMOTE_ADDR": address})
        shown = response.get_json()["units"]
        return shown["temperature"], shown["wind_speed"]

    expected = [
        ("°F", "mph"),
        ("°C", "mph"),
        ("°F", "km/h"),
        ("°C", "km/h"),
        ("°C", "m/s"),
    ]
    for _ in range(2):
        assert [units(address) for address in countries] == expected


@pytest.mark.parametrize("units", [*Units])
def test_units_that_are_selected_have_nothing_of_the_country(units: Units) -> None:
    selected = ViewOptions(units=units)
    for country in ("RU", "NO", "MX", "US"):
        assert unit_system(selected.for_country(country)) == unit_system(selected)


def test_millimetres_of_mercury() -> None:
    """760 of them are an atmosphere of 1013.25 hPa."""
    pressure = unit_system(ViewOptions().for_country("RU")).pressure
    assert pressure.text(1013.25) == "760 mmHg"
