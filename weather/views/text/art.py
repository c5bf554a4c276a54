"""The drawings of the conditions: 5 rows of 13 columns for each symbol."""

from __future__ import annotations

from itertools import groupby

from weather.core.weather_codes import Symbol
from weather.views.ansi import Colorizer, colorize, plain
from weather.views.text import layers
from weather.views.text.layers import Layer

ROWS, COLUMNS = 5, 13

Drawing = tuple[str, ...]
_Cell = tuple[str, int]  # a character and its colour; 0 is no colour

# Symbol → layers from back to front, by day.
_DAY: dict[Symbol, tuple[Layer, ...]] = {
    Symbol.CLEAR: (layers.SUN,),
    Symbol.PARTLY_CLOUDY: (layers.SUN_BEHIND, layers.CLOUD_LOW),
    Symbol.OVERCAST: (layers.CLOUD_FAR, layers.CLOUD_NEAR),
    Symbol.FOG: (layers.FOG,),
    Symbol.DRIZZLE: (layers.CLOUD, layers.DRIZZLE),
    Symbol.RAIN: (layers.CLOUD, layers.RAIN),
    Symbol.HEAVY_RAIN: (layers.DARK_CLOUD, layers.HEAVY_RAIN),
    Symbol.FREEZING_RAIN: (layers.CLOUD, layers.ICE),
    Symbol.SNOW: (layers.CLOUD, layers.SNOW),
    Symbol.HEAVY_SNOW: (layers.DARK_CLOUD, layers.HEAVY_SNOW),
    Symbol.SHOWERS: (layers.SUN_BEHIND, layers.CLOUD_IN_FRONT, layers.SHOWER),
    Symbol.SNOW_SHOWERS: (layers.SUN_BEHIND, layers.CLOUD_IN_FRONT, layers.SNOW_SHOWER),
    Symbol.THUNDERSTORM: (layers.DARK_CLOUD, layers.STORM_RAIN, layers.BOLT),
    Symbol.UNKNOWN: (layers.QUESTION,),
}
# The same by night, for symbols that show the sky.
_NIGHT: dict[Symbol, tuple[Layer, ...]] = {
    Symbol.CLEAR: (layers.STARS, layers.MOON),
    Symbol.PARTLY_CLOUDY: (layers.MOON_BEHIND, layers.CLOUD_LOW),
    Symbol.SHOWERS: (layers.MOON_BEHIND, layers.CLOUD_IN_FRONT, layers.SHOWER),
    Symbol.SNOW_SHOWERS: (layers.MOON_BEHIND, layers.CLOUD_IN_FRONT, layers.SNOW_SHOWER),
}


def drawing(symbol: Symbol, *, night: bool = False, color: bool = True) -> Drawing:
    """The drawing of a symbol: `ROWS` texts of `COLUMNS` columns each."""
    return _DRAWINGS[symbol, night, color]


def _draw(parts: tuple[Layer, ...], colorizer: Colorizer) -> Drawing:
    rows: list[list[_Cell]] = [[(" ", 0)] * COLUMNS for _ in range(ROWS)]
    for layer in parts:
        for y, (row, color) in enumerate(zip(layer.rows, layer.colors, strict=True), layer.top):
            for x, character in enumerate(row):
                if character != " ":
                    rows[y][x] = (" ", 0) if character == "~" else (character, color)
    return tuple(_colorize_row(row, colorizer) for row in rows)


def _colorize_row(row: list[_Cell], colorizer: Colorizer) -> str:
    """The row as text; adjacent characters of one colour share an escape sequence."""
    texts = []
    for color, cells in groupby(row, key=lambda cell: cell[1]):
        text = "".join(character for character, _ in cells)
        texts.append(colorizer(text, color) if color else text)
    return "".join(texts)


_DRAWINGS: dict[tuple[Symbol, bool, bool], Drawing] = {
    (symbol, night, color): _draw(
        _NIGHT.get(symbol, day) if night else day, colorize if color else plain
    )
    for symbol, day in _DAY.items()
    for night in (False, True)
    for color in (False, True)
}
