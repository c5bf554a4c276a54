"""The drawing of the current conditions in the preview image."""

from __future__ import annotations

from weather.core import weather_codes
from weather.core.weather_codes import Symbol
from weather.views.image.canvas import Canvas, background, disc
from weather.views.image.palette import CLOUD, PRECIPITATION, SUN, WHITE

_SUN_VISIBLE = {Symbol.CLEAR, Symbol.PARTLY_CLOUDY, Symbol.SHOWERS, Symbol.SNOW_SHOWERS}
_DRY = {Symbol.CLEAR, Symbol.PARTLY_CLOUDY, Symbol.OVERCAST, Symbol.FOG}


def draw_sky(canvas: Canvas, weather_code: int | None, *, night: bool) -> None:
    """Draw sun or moon, cloud and precipitation in the upper right corner."""
    symbol = weather_codes.symbol(weather_code)
    if symbol in _SUN_VISIBLE:
        _draw_moon(canvas) if night else canvas.draw(disc(252, 44, 20), SUN)
    if symbol is not Symbol.CLEAR:
        _draw_cloud(canvas)
    if weather_codes.is_snow(weather_code):
        _draw_snow(canvas)
    elif symbol not in _DRY:
        _draw_rain(canvas)


def _draw_moon(canvas: Canvas) -> None:
    canvas.draw(disc(252, 44, 20), WHITE)
    # A second disc in the colours of the background leaves a crescent.
    for x, y in disc(261, 37, 18):
        canvas.draw([(x, y)], background(y))


def _draw_cloud(canvas: Canvas) -> None:
    for x, y, radius in ((222, 66, 13), (243, 56, 19), (264, 64, 14)):
        canvas.draw(disc(x, y, radius), CLOUD)
    canvas.draw(((x, y) for x in range(222, 265) for y in range(66, 80)), CLOUD)


def _draw_snow(canvas: Canvas) -> None:
    for n in range(4):
        x, y = 225 + 12 * n, 83 + n % 2 * 5
        canvas.draw([(x, y), (x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)], WHITE)


def _draw_rain(canvas: Canvas) -> None:
    for n in range(4):
        canvas.draw(((225 + 12 * n - y // 2, 82 + y) for y in range(8)), PRECIPITATION)
