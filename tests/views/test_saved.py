"""The cookie: what is kept is read back, and what cannot be is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.views.saved import SavedPreferences

OSLO, PARIS = "Oslo, NO", "Paris, Île-de-France, FR"


def test_everything_kept_is_read_back() -> None:
    kept = SavedPreferences("ms", "zh-Hant", (OSLO, PARIS))
    assert SavedPreferences.parse(str(kept)) == kept
    assert kept.options() == {"units": "ms", "lang": "zh-Hant"}


def test_places_are_kept_once_the_newest_last_and_forgotten() -> None:
    kept = SavedPreferences().changed([("keep", OSLO), ("keep", PARIS), ("keep", OSLO)])
    assert kept.places == (PARIS, OSLO)
    assert kept.changed([("forget", PARIS)]).places == (OSLO,)
    assert kept.changed([("forget", "Rome")]) == kept
    many = SavedPreferences().changed(("keep", f"Place {n}") for n in range(20))
    assert many.places == tuple(f"Place {n}" for n in range(12, 20))


@pytest.mark.parametrize(
    "cookie",
    ["", "units=kelvin", "lang=klingon", "keep=", "keep=a%0Ab", "keep=" + "x" * 200, "=;&%%", "a"],
)
def test_rubbish_says_nothing(cookie: str) -> None:
    assert SavedPreferences.parse(cookie) == SavedPreferences()


@given(st.text())
def test_any_cookie_can_be_read_and_its_text_can_stand_in_a_header(cookie: str) -> None:
    kept = SavedPreferences.parse(cookie)
    assert SavedPreferences.parse(str(kept)) == kept
    assert all(33 <= ord(character) <= 126 and character not in '",;\\' for character in str(kept))
