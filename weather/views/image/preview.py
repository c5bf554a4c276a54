"""The picture that others show beside a link to a page: place, temperature, sky, the next day.

Drawn in large pixels by ourselves, as no library for pictures is pure Python.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import timedelta

from weather.core import weather_codes
from weather.core.models import Report
from weather.views.image import pixel_font, png
from weather.views.options import ViewOptions
from weather.views.scale import Scale
from weather.views.units import unit_system

SCALE = 4
WIDTH, HEIGHT = 300, 158  # before it is enlarged to 1200 by 632
_STEPS = 24  # of the sky's colours
_WHITE, _SUN, _SHADE, _DROP, _CURVE = range(_STEPS, _STEPS + 5)
_INKS: tuple[png.Color, ...] = (
    (255, 255, 255), (255, 201, 63), (197, 211, 226), (143, 196, 255), (255, 214, 160),
)  # fmt: skip
_SKIES: dict[weather_codes.Symbol, tuple[png.Color, png.Color]] = {
    weather_codes.Symbol.CLEAR: ((15, 86, 163), (42, 114, 184)),
    weather_codes.Symbol.PARTLY_CLOUDY: ((15, 86, 163), (42, 114, 184)),
    weather_codes.Symbol.THUNDERSTORM: ((38, 42, 74), (76, 70, 115)),
}
_GREY, _NIGHT = ((39, 72, 99), (63, 104, 133)), ((13, 23, 51), (43, 58, 102))
_SUNNY = {
    weather_codes.Symbol.CLEAR,
    weather_codes.Symbol.PARTLY_CLOUDY,
    weather_codes.Symbol.SHOWERS,
    weather_codes.Symbol.SNOW_SHOWERS,
}
_DRY = {
    weather_codes.Symbol.CLEAR,
    weather_codes.Symbol.PARTLY_CLOUDY,
    weather_codes.Symbol.OVERCAST,
    weather_codes.Symbol.FOG,
}

Pixels = Iterable[tuple[int, int]]


class _Canvas:
    def __init__(self) -> None:
        self.rows = [bytearray([y * _STEPS // HEIGHT] * WIDTH) for y in range(HEIGHT)]

    def draw(self, pixels: Pixels, ink: int, left: int = 0, top: int = 0) -> None:
        for x, y in pixels:
            if 0 <= left + x < WIDTH and 0 <= top + y < HEIGHT:
                self.rows[top + y][left + x] = ink

    def write(self, text: str, left: int, top: int, size: int) -> None:
        """As much as has room; what cannot be drawn is left out."""
        most = (WIDTH - left) // (pixel_font.ADVANCE * size)
        self.draw(
            pixel_font.pixels((pixel_font.drawable(text) or "")[:most], size), _WHITE, left, top
        )


def render(report: Report, options: ViewOptions) -> bytes:
    """A PNG of 1200 by 632 pixels."""
    canvas, now, units = _Canvas(), report.current, unit_system(options)
    symbol = weather_codes.symbol(now.weather_code)
    _draw_sky(canvas, now.weather_code, night=now.is_day is False)
    canvas.write(report.place.label, 14, 14, 2)
    degrees = units.temperature.number(now.temperature, "-")
    canvas.write(f"{degrees}°{units.temperature.symbol[1:]}", 14, 42, 6)
    canvas.write(weather_codes.condition(now.weather_code), 14, 94, 1)
    _draw_day(canvas, report)
    if report.provenance.sample:
        canvas.write("SAMPLE DATA", 216, 94, 1)
    colors = _NIGHT if now.is_day is False else _SKIES.get(symbol, _GREY)
    return png.encode([bytes(row) for row in canvas.rows], _palette(*colors), SCALE)


def _palette(above: png.Color, below: png.Color) -> list[png.Color]:
    steps = [n / (_STEPS - 1) for n in range(_STEPS)]
    blended = [[round(a + (b - a) * n) for a, b in zip(above, below, strict=True)] for n in steps]
    return [*((r, g, b) for r, g, b in blended), *_INKS]


def _draw_sky(canvas: _Canvas, code: int | None, *, night: bool) -> None:
    symbol = weather_codes.symbol(code)
    if symbol in _SUNNY:
        canvas.draw(_disc(252, 44, 20), _WHITE if night else _SUN)
        if night:
            # The rest of the moon has the colours of the sky behind it.
            for x, y in _disc(261, 37, 18):
                canvas.draw([(x, y)], y * _STEPS // HEIGHT)
    if symbol is not weather_codes.Symbol.CLEAR:
        for x, y, radius in ((222, 66, 13), (243, 56, 19), (264, 64, 14)):
            canvas.draw(_disc(x, y, radius), _SHADE)
        canvas.draw(((x, y) for x in range(222, 265) for y in range(66, 80)), _SHADE)
    if weather_codes.is_snow(code):
        for n in range(4):
            x, y = 225 + 12 * n, 83 + n % 2 * 5
            canvas.draw([(x, y), (x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)], _WHITE)
    elif symbol not in _DRY:
        for n in range(4):
            canvas.draw(((225 + 12 * n - y // 2, 82 + y) for y in range(8)), _DROP)


def _disc(middle: int, height: int, radius: int) -> list[tuple[int, int]]:
    reach = range(-radius, radius + 1)
    return [(middle + x, height + y) for x in reach for y in reach if math.hypot(x, y) <= radius]


def _draw_day(canvas: _Canvas, report: Report) -> None:
    """The temperature of the next 24 hours as a line, over bars of what falls in each."""
    end = report.at + timedelta(days=1)
    hours = [hour for hour in report.hours if hour.valid_at < end]
    scale = Scale.of([hour.temperature for hour in hours], least=6)
    for n, hour in enumerate(hours):
        left = 14 + n * 11
        tall = min(30, math.ceil((hour.precipitation or 0) * 7))
        canvas.draw(((x, 150 - y) for x in range(2, 9) for y in range(tall)), _DROP, left)
        if hour.temperature is not None:
            height = 140 - round(scale.share(hour.temperature) * 0.28)
            canvas.draw(((x, y) for x in range(11) for y in range(3)), _CURVE, left, height)
