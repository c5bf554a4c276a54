"""The texts of single values."""

from __future__ import annotations

import pytest

from tests import reports
from tests.views.html.rendering import located, report_page
from weather.core.measurement_systems import Units
from weather.core.models import LocatedBy, LocatedPlace
from weather.i18n.languages import ENGLISH
from weather.views.html.formatter import Formatter
from weather.views.options import ViewOptions
from weather.views.units import local_units


def formatter(units: Units = Units.METRIC) -> Formatter:
    return Formatter(ENGLISH, local_units(ViewOptions(units=units)))


@pytest.mark.parametrize(
    ("phase", "name"),
    [
        (0.0, "New moon"),
        (0.12, "Waxing crescent"),
        (0.25, "First quarter"),
        (0.4, "Waxing gibbous"),
        (0.5, "Full moon"),
        (0.62, "Waning gibbous"),
        (0.75, "Last quarter"),
        (0.9, "Waning crescent"),
        (0.95, "New moon"),
        (1.0, "New moon"),
    ],
)
def test_moon_phases(phase: float, name: str) -> None:
    assert formatter().moon_phase(phase) == name


def test_degrees_have_a_minus_sign_and_no_unit() -> None:
    assert formatter().degrees(-4.6) == "−5°"
    assert formatter().degrees(-0.2) == "0°"
    assert formatter(Units.IMPERIAL).degrees(-40.0) == "−40°"
    assert formatter().degrees(None) == "–"


def test_a_span_of_temperatures_has_one_unit() -> None:
    assert formatter().temperature_span(-4.4, 14.0) == "−4 to 14 °C"
    assert formatter().temperature_span(-4.4, -4.0) == "−4 °C"
    assert formatter(Units.IMPERIAL).temperature_span(0.0, 10.0) == "32 to 50 °F"
    assert formatter().temperature_span(None, 14.0) == ""
    assert formatter().temperature_span(-4.4, None) == ""


def test_what_is_unknown_or_no_snow_has_an_empty_text() -> None:
    assert (formatter().snowfall(2.14), formatter().snowfall(0.04)) == ("2.1 cm", "")
    assert (formatter().uv_index(5.2), formatter().gusts(30.2)) == ("5, moderate", "30 km/h")
    assert formatter().snowfall(None) + formatter().uv_index(None) + formatter().gusts(None) == ""


def test_the_accuracy_of_an_address_is_in_the_visitors_units() -> None:
    place = LocatedPlace(reports.WINDHAVEN, LocatedBy.VISITOR, "ipwho.is")
    text = formatter(Units.IMPERIAL).located_by(place)
    assert text == "Estimated from your IP address, within about 16 mi (ipwho.is)"


@pytest.mark.parametrize(
    ("method", "source", "text"),
    [
        (LocatedBy.NAME, "Open-Meteo", "From your search"),
        (LocatedBy.COORDINATES, None, "At these coordinates"),
        (LocatedBy.ADDRESS, "ipwho.is", "From this IP address (ipwho.is)"),
        (
            LocatedBy.VISITOR,
            "ipwho.is",
            "Estimated from your IP address, within about 25 km (ipwho.is)",
        ),
        (
            LocatedBy.SERVER,
            "get.geojs.io",
            "Where this server is, as you are on its network (get.geojs.io)",
        ),
        (LocatedBy.DEFAULT, None, "This site’s default place"),
    ],
)
def test_the_page_names_the_method_and_who_looked_an_address_up(
    method: LocatedBy, source: str | None, text: str
) -> None:
    document = report_page(located(method, source))
    assert f"{text} · Wrong place?" in document.text
    assert document.links["Wrong place?"] == "#q"


def test_every_method_has_a_text() -> None:
    for method in LocatedBy:
        assert "· Wrong place?" in report_page(located(method)).text
