"""The drawings of the text view: 5 rows of 13 columns for every symbol.

Everything is built of round letters, by their ink: "o" for cloud, "8" for dark cloud and "@"
for what shines, so that a drawing reads without colour too. Plain ASCII, as every font,
console and screen has it in one column. A drawing is a pile of layers: what comes later
covers what came earlier, and "~" is a gap around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from weather.core.weather_codes import Symbol
from weather.views.ansi import Paint, colorize, plain

ROWS, COLUMNS = 5, 13

Drawing = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Layer:
    """Rows from `top` on, each with its colour of the 256, from the light above to the shade."""

    rows: tuple[str, ...]
    colors: tuple[int, ...]
    top: int = 0


_SUN = _Layer(
    (
        r"   \  |  /",
        r"    .@@@.",
        r" -- @@@@@ --",
        r"    '@@@'",
        r"   /  |  \ ",
    ),
    (214, 220, 220, 214, 208),
)
_SUN_BEHIND = _Layer(
    (
        r" \  |  /",
        r"  .@@@.",
        r"- @@@@@",
    ),
    (214, 220, 214),
)
_MOON = _Layer(
    (
        "     .@@'",
        "   .@@'",
        "   @@@",
        "   '@@.",
        "     '@@.",
    ),
    (223, 187, 187, 180, 180),
)
_MOON_BEHIND = _Layer(
    (
        "   .@@'   .",
        " .@@'",
        " @@@",
        " '@@.",
    ),
    (223, 187, 180, 180),
)
_STARS = _Layer(("          +", "        .", "", " .         '"), (110, 110, 110, 110), top=1)
_CLOUD = _Layer(
    (
        "    .ooo.",
        " .ooooooooo.",
        " 'ooooooooo'",
    ),
    (250, 248, 245),
)
_DARK_CLOUD = _Layer(
    (
        "    .888.",
        " .888888888.",
        " '888888888'",
    ),
    (246, 244, 242),
)
_CLOUD_LOW = _Layer(
    (
        "     ~.ooo.~",
        "   ~.oooooo.",
        "   ~'oooooo'",
    ),
    (250, 248, 245),
    top=2,
)
_CLOUD_IN_FRONT = _Layer(_CLOUD_LOW.rows, _CLOUD_LOW.colors, top=1)
_CLOUD_FAR = _Layer(
    (
        "     .888.",
        "  .88888888.",
        "  '88888888'",
    ),
    (246, 244, 242),
)
_CLOUD_NEAR = _Layer(
    (
        " ~.ooo.~",
        ".oooooooo.~",
        "'oooooooo'",
    ),
    (250, 248, 245),
    top=2,
)
_FOG = _Layer(
    (
        "   ---- ---",
        "-- ------ --",
        " ------ ---",
        "--- ---- ---",
        "  ----- --",
    ),
    (246, 248, 250, 248, 246),
)
_DRIZZLE = _Layer(("  '   '   '", "    '   '"), (110, 110), top=3)
_RAIN = _Layer(("   /  /  /", "  /  /  /"), (75, 69), top=3)
_HEAVY_RAIN = _Layer(("   // // //", "  // // //"), (69, 63), top=3)
_SHOWER = _Layer(("    / / / /",), (75,), top=4)
_ICE = _Layer(("   /  /  /", " ==========="), (75, 81), top=3)
_SNOW = _Layer(("  *   *   *", "    *   *"), (153, 117), top=3)
_HEAVY_SNOW = _Layer(("  * * * * *", "   * * * *"), (153, 117), top=3)
_SNOW_SHOWER = _Layer(("    *  *  *",), (117,), top=4)
_BOLT = _Layer(("     ~/_~", "      ~/~"), (220, 220), top=3)
_STORM_RAIN = _Layer(("  / /    / /", " / /     / /"), (69, 63), top=3)
_QUESTION = _Layer(
    (
        "     .--.",
        "    '   )",
        "      .'",
        "",
        "      o",
    ),
    (245, 245, 245, 245, 245),
)

_DAY: dict[Symbol, tuple[_Layer, ...]] = {
    Symbol.CLEAR: (_SUN,),
    Symbol.PARTLY_CLOUDY: (_SUN_BEHIND, _CLOUD_LOW),
    Symbol.OVERCAST: (_CLOUD_FAR, _CLOUD_NEAR),
    Symbol.FOG: (_FOG,),
    Symbol.DRIZZLE: (_CLOUD, _DRIZZLE),
    Symbol.RAIN: (_CLOUD, _RAIN),
    Symbol.HEAVY_RAIN: (_DARK_CLOUD, _HEAVY_RAIN),
    Symbol.FREEZING_RAIN: (_CLOUD, _ICE),
    Symbol.SNOW: (_CLOUD, _SNOW),
    Symbol.HEAVY_SNOW: (_DARK_CLOUD, _HEAVY_SNOW),
    Symbol.SHOWERS: (_SUN_BEHIND, _CLOUD_IN_FRONT, _SHOWER),
    Symbol.SNOW_SHOWERS: (_SUN_BEHIND, _CLOUD_IN_FRONT, _SNOW_SHOWER),
    Symbol.THUNDERSTORM: (_DARK_CLOUD, _STORM_RAIN, _BOLT),
    Symbol.UNKNOWN: (_QUESTION,),
}
_NIGHT = {
    Symbol.CLEAR: (_STARS, _MOON),
    Symbol.PARTLY_CLOUDY: (_MOON_BEHIND, _CLOUD_LOW),
    Symbol.SHOWERS: (_MOON_BEHIND, _CLOUD_IN_FRONT, _SHOWER),
    Symbol.SNOW_SHOWERS: (_MOON_BEHIND, _CLOUD_IN_FRONT, _SNOW_SHOWER),
}


def _draw(layers: tuple[_Layer, ...], paint: Paint) -> Drawing:
    rows: list[list[tuple[str, int]]] = [[(" ", 0)] * COLUMNS for _ in range(ROWS)]
    for layer in layers:
        for y, (row, color) in enumerate(zip(layer.rows, layer.colors, strict=True), layer.top):
            for x, ink in enumerate(row):
                if ink != " ":
                    rows[y][x] = (" ", 0) if ink == "~" else (ink, color)
    return tuple("".join(_runs(row, paint)) for row in rows)


def _runs(row: list[tuple[str, int]], paint: Paint) -> list[str]:
    """Neighbours of one colour share one pair of escape sequences."""
    runs = []
    for color, pixels in groupby(row, key=lambda pixel: pixel[1]):
        ink = "".join(ink for ink, _ in pixels)
        runs.append(paint(ink, color) if color else ink)
    return runs


_DRAWINGS: dict[tuple[Symbol, bool, bool], Drawing] = {
    (symbol, night, color): _draw(
        _NIGHT.get(symbol, layers) if night else layers, colorize if color else plain
    )
    for symbol, layers in _DAY.items()
    for night in (False, True)
    for color in (False, True)
}


def drawing(symbol: Symbol, *, night: bool = False, color: bool = True) -> Drawing:
    """The drawing of a symbol: `ROWS` texts of `COLUMNS` columns each."""
    return _DRAWINGS[symbol, night, color]
