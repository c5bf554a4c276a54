"""The page's colours can be read: WCAG 2.2's contrast, level AA, in light and in dark."""

from __future__ import annotations

import re
from importlib import resources

import pytest

CSS = resources.files("weather.views.html").joinpath("static", "style.css").read_text()
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#\w+);", block))
    for block in re.findall(r":root \{(.*?)\}", CSS, re.S)[:2]
)
TEXT, GRAPHIC = 4.5, 3.0


def luminance(color: str) -> float:
    """Relative luminance as WCAG defines it, of #rgb or #rrggbb."""
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    channels = (int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_definition() -> None:
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["card", "ground"])
def test_words_stand_out(colors: dict[str, str], ground: str) -> None:
    for ink in ("text", "quiet", "link", "drop"):
        assert contrast(colors[ink], colors[ground]) >= TEXT, ink


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_shapes_stand_out(colors: dict[str, str]) -> None:
    for ink in ("ray", "moon", "cloud", "drop", "flake", "warm", "focus"):
        assert contrast(colors[ink], colors["card"]) >= GRAPHIC, ink
    assert contrast(colors["link"], colors["card"]) >= TEXT  # the button's words


def test_white_words_stand_out_from_every_sky() -> None:
    skies = re.findall(r"linear-gradient\(165deg, (#\w{6}), (#\w{6})\)", CSS)
    assert len(skies) >= 5
    for color in (color for sky in skies for color in sky):
        assert contrast("#fff", color) >= TEXT, color


def test_notices_stand_out() -> None:
    blocks = {
        name: dict(re.findall(r"([\w-]+): (#\w+);", _rule(name))) for name in (".notice", ".sample")
    }
    ink = blocks[".notice"]["color"]
    assert contrast(ink, blocks[".notice"]["background"]) >= TEXT
    assert contrast(ink, blocks[".sample"]["background"]) >= TEXT


def _rule(selector: str) -> str:
    found = re.search(rf"^{re.escape(selector)} \{{(.*?)\}}", CSS, re.S | re.M)
    assert found, f"no rule for {selector}"
    return found[1]
