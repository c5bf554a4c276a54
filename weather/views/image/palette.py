"""The palette of the preview image: a gradient for the sky, then the colours of the drawing."""

from __future__ import annotations

from weather.core.weather_codes import Symbol
from weather.views.image.canvas import GRADIENT
from weather.views.image.png import Color

WHITE, SUN, CLOUD, PRECIPITATION, TEMPERATURE = range(GRADIENT, GRADIENT + 5)
_DRAWING: tuple[Color, ...] = (
    (255, 255, 255), (255, 201, 63), (197, 211, 226), (143, 196, 255), (255, 214, 160),
)  # fmt: skip
# The colours at the top and the bottom of the sky.
_SKIES: dict[Symbol, tuple[Color, Color]] = {
    Symbol.CLEAR: ((15, 86, 163), (42, 114, 184)),
    Symbol.PARTLY_CLOUDY: ((15, 86, 163), (42, 114, 184)),
    Symbol.THUNDERSTORM: ((38, 42, 74), (76, 70, 115)),
}
_GREY_SKY, _NIGHT_SKY = ((39, 72, 99), (63, 104, 133)), ((13, 23, 51), (43, 58, 102))


def palette(symbol: Symbol, *, night: bool) -> list[Color]:
    """The palette for a condition by day or night."""
    top, bottom = _NIGHT_SKY if night else _SKIES.get(symbol, _GREY_SKY)
    shares = [n / (GRADIENT - 1) for n in range(GRADIENT)]
    gradient = [
        [round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True)] for share in shares
    ]
    return [*((red, green, blue) for red, green, blue in gradient), *_DRAWING]
