"""What the options change in a finished text: glyphs, the palette and margins."""

from __future__ import annotations

from weather.views.ansi import width
from weather.views.options import ViewOptions
from weather.views.text.light_palette import on_light

# Fonts of the Linux console lack the diagonal arrows; the corners point the same way.
_PLAIN_GLYPHS = str.maketrans("↖↗↘↙⚡", "╮╭╰╯!")
_MARGIN = 2  # columns at both sides; none above and below, as scripts count lines


def finish(text: str, options: ViewOptions) -> str:
    """The text with plain glyphs, in dark colours and with a margin, where the options say so."""
    if options.plain_glyphs:
        text = console_glyphs(text)
    if options.is_light and options.color:
        text = on_light(text)
    return _padded(text) if options.padding else text


def console_glyphs(text: str) -> str:
    """The text without the arrows and signs that the Linux console lacks."""
    return text.translate(_PLAIN_GLYPHS)


def _padded(text: str) -> str:
    """Every line as wide as the widest, with blanks at its sides."""
    lines = text.removesuffix("\n").split("\n")
    columns = max(map(width, lines)) + _MARGIN
    left = " " * _MARGIN
    return "".join(f"{left}{line}{' ' * (columns - width(line))}\n" for line in lines)
