"""The cookie of the saved preferences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.views.saved import SavedPreferences

OSLO, PARIS = "Oslo, NO", "Paris, Île-de-France, FR"


def test_a_cookie_is_parsed_to_the_same_preferences() -> None:
    preferences = SavedPreferences("ms", "zh-Hant", (OSLO, PARIS))
    assert SavedPreferences.parse(str(preferences)) == preferences
    assert preferences.options() == {"units": "ms", "lang": "zh-Hant"}


@pytest.mark.parametrize(
    ("fields", "units"),
    [
        (["uk", "", "", ""], "uk"),
        (["uk", "kn", "inhg", ""], "uk,kn,inhg"),
        (["auto", "kn", "mmhg"], "kn,mmhg"),
        (["ms", ""], "ms"),
        (["ms", "inhg", "kn"], "metric,kn,inhg"),
        (["ms", "inhg"], "ms,inhg"),
        (["ms", "kn"], "metric,kn"),  # a unit of the quantity replaces that of the system
        (["imperial", "ms"], "imperial,ms"),
        (["auto", "", ""], ""),  # the country's again
        (["metric,kn"], "metric,kn"),
        (["uk", "parsec"], "uk"),  # unknown: ignored
        (["parsec", ""], "fahrenheit"),  # nothing chosen: as it was
    ],
)
def test_the_fields_of_a_form_choose_the_units_together(fields: list[str], units: str) -> None:
    preferences = SavedPreferences("fahrenheit").changed([("units", text) for text in fields])
    assert preferences.units == units
    assert SavedPreferences.parse(str(preferences)) == preferences


def test_the_clock_is_saved() -> None:
    twelve = SavedPreferences().changed([("clock", "12")])
    assert twelve.options() == {"clock": "12"}
    assert SavedPreferences.parse(str(twelve)) == twelve
    assert twelve.changed([("clock", "13")]) == twelve
    assert twelve.changed([("clock", "")]) == SavedPreferences()


def test_places_are_unique_limited_and_can_be_removed() -> None:
    preferences = SavedPreferences().changed([("keep", OSLO), ("keep", PARIS), ("keep", OSLO)])
    assert preferences.places == (PARIS, OSLO)
    assert preferences.changed([("forget", PARIS)]).places == (OSLO,)
    assert preferences.changed([("forget", "Rome")]) == preferences
    full = SavedPreferences().changed(("keep", f"Place {n}") for n in range(20))
    assert full.places == tuple(f"Place {n}" for n in range(12, 20))


@pytest.mark.parametrize(
    "cookie",
    ["", "units=kelvin", "lang=klingon", "keep=", "keep=a%0Ab", "keep=" + "x" * 200, "=;&%%", "a"],
)
def test_an_invalid_cookie_sets_nothing(cookie: str) -> None:
    assert SavedPreferences.parse(cookie) == SavedPreferences()


@given(st.text())
def test_any_cookie_is_parsed_and_written_as_a_valid_header_value(cookie: str) -> None:
    preferences = SavedPreferences.parse(cookie)
    assert SavedPreferences.parse(str(preferences)) == preferences
    assert all(
        33 <= ord(character) <= 126 and character not in '",;\\' for character in str(preferences)
    )
