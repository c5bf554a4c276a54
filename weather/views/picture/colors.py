"""The 256 colours of a terminal as RGB, and the two palettes of pictures."""

from __future__ import annotations

from weather.core.dataclass import dataclass
from weather.views.image.png import Color

# The sixteen named colours as xterm has them.
_NAMED: tuple[Color, ...] = (
    *((0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205)),
    *((0, 205, 205), (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0)),
    *((92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255)),
)
_STEPS = (0, 95, 135, 175, 215, 255)  # of the cube of 6 × 6 × 6 colours


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of the background and of text without a colour."""

    background: Color
    text: Color


DARK = Theme((0, 0, 0), (204, 204, 204))
LIGHT = Theme((255, 255, 255), (40, 40, 40))


# A terminal shows emoji in colour, whatever the colour of its text.
EMOJI = {
    **dict.fromkeys("☀⛅🌦⛈", 220),
    **dict.fromkeys("🌙🌑🌒🌓🌔🌕🌖🌗🌘", 223),
    **dict.fromkeys("☁🌫❔🌬", 250),
    **dict.fromkeys("🌧☔", 75),
    **dict.fromkeys("🌨❄🧊", 153),
    "🌡": 203,
}


def rgb(color: int, theme: Theme) -> Color:
    """One of the 256 colours; the theme's text colour for one that is negative. On a light
    background colours are darkened, so that they keep their contrast."""
    if not 0 <= color < 256:
        return theme.text
    if color < 16:
        rgb = _NAMED[color]
    elif color < 232:
        red, rest = divmod(color - 16, 36)
        green, blue = divmod(rest, 6)
        rgb = (_STEPS[red], _STEPS[green], _STEPS[blue])
    else:
        rgb = (8 + (color - 232) * 10,) * 3
    return _darkened(rgb) if sum(theme.background) > 382 else rgb


def blended(
    background: Color, opacity: float, foreground: Color, share: float
) -> tuple[Color, int]:
    """The colour and the opacity (0 to 255) of an opaque foreground that covers a `share` of a
    pixel whose background has an opacity from 0 to 1 (the "over" operator of Porter and Duff)."""
    behind = opacity * (1 - share)
    alpha = share + behind
    if not alpha:
        return background, 0
    red, green, blue = (
        round((front * share + back * behind) / alpha)
        for back, front in zip(background, foreground, strict=True)
    )
    return (red, green, blue), round(alpha * 255)


def _darkened(color: Color) -> Color:
    return blended(color, 1, (0, 0, 0), 0.45)[0]
