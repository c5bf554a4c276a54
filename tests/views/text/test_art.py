"""The drawings: size, character set, colours and distinctness."""

from __future__ import annotations

import re

import pytest

from weather.core.weather_codes import Symbol
from weather.views.text import art

DRAWINGS = [(symbol, night) for symbol in Symbol for night in (False, True)]


@pytest.mark.parametrize(("symbol", "night"), DRAWINGS)
def test_every_drawing_has_its_size_in_printable_ascii(symbol: Symbol, night: bool) -> None:
    drawing = art.drawing(symbol, night=night, color=False)
    assert [len(row) for row in drawing] == [art.COLUMNS] * art.ROWS
    assert "".join(drawing).isascii()
    assert "".join(drawing).isprintable()
    assert "".join(drawing).strip()


@pytest.mark.parametrize(("symbol", "night"), DRAWINGS)
def test_colours_do_not_change_the_drawing(symbol: Symbol, night: bool) -> None:
    colored = art.drawing(symbol, night=night)
    assert "\x1b" in "".join(colored)
    stripped = tuple(re.sub(r"\x1b\[(38;5;\d+|0)m", "", row) for row in colored)
    assert stripped == art.drawing(symbol, night=night, color=False)


def test_every_symbol_has_its_own_drawing() -> None:
    for night in (False, True):
        drawings = {art.drawing(symbol, night=night, color=False) for symbol in Symbol}
        assert len(drawings) == len(Symbol)


@pytest.mark.parametrize("symbol", [Symbol.CLEAR, Symbol.PARTLY_CLOUDY, Symbol.SHOWERS])
def test_symbols_that_show_the_sky_have_a_drawing_for_the_night(symbol: Symbol) -> None:
    assert art.drawing(symbol, night=True, color=False) != art.drawing(symbol, color=False)
