"""The colours of a terminal's text on a light background."""

from __future__ import annotations

import re
from functools import lru_cache

_COLOR = re.compile("\x1b\\[38;5;(\\d{1,3})m")
_STEPS = (0, 95, 135, 175, 215, 255)  # of the cube of 6 × 6 × 6 colours, 16 to 231
_FIRST_GREY, _LAST = 232, 255
_LEAST_CONTRAST = 4.5  # of text with white (WCAG 2.2, 1.4.3)


def on_light(text: str) -> str:
    """The text, each colour so much darker that it can be read on white."""
    return _COLOR.sub(lambda match: f"\x1b[38;5;{darkened(int(match[1]))}m", text)


@lru_cache(maxsize=256)
def darkened(color: int) -> int:
    """The lightest shade of one of the 256 colours that has enough contrast with white; the
    sixteen named colours are those of the terminal's own theme, and stay."""
    if not 16 <= color <= _LAST:
        return color
    if color >= _FIRST_GREY:
        greys = range(color, _FIRST_GREY, -1)
        return next((grey for grey in greys if _contrast(_grey(grey)) >= _LEAST_CONTRAST), 232)
    rest, blue = divmod(color - 16, 6)
    red, green = divmod(rest, 6)
    channels = tuple(_STEPS[step] for step in (red, green, blue))
    shades = (tuple(channel * percent // 100 for channel in channels) for percent in _PERCENTAGES)
    steps = (tuple(map(_nearest_step, shade)) for shade in shades)
    dark = (shade for shade in steps if _contrast(_rgb(shade)) >= _LEAST_CONTRAST)
    red, green, blue = next(dark, (0, 0, 0))
    return 16 + 36 * red + 6 * green + blue


_PERCENTAGES = range(100, 0, -5)


def _rgb(steps: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(_STEPS[step] for step in steps)


def _grey(color: int) -> tuple[int, ...]:
    return (8 + (color - _FIRST_GREY) * 10,) * 3


def _nearest_step(channel: int) -> int:
    return min(range(6), key=lambda step: abs(_STEPS[step] - channel))


def _contrast(rgb: tuple[int, ...]) -> float:
    """The contrast ratio with white, by WCAG's relative luminance."""
    red, green, blue = map(_linear, rgb)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
