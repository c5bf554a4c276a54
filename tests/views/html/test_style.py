"""The style: colour contrast (WCAG 2.2, level AA) and complete classes."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from tests import reports
from weather.views.html import pages
from weather.views.options import ViewOptions

CSS = resources.files("weather.views.html").joinpath("static", "style.css").read_text()
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#\w+);", block))
    for block in re.findall(r":root \{(.*?)\}", CSS, re.S)[:2]
)
MIN_TEXT_CONTRAST, MIN_GRAPHIC_CONTRAST = 4.5, 3.0


def luminance(color: str) -> float:
    """The relative luminance (WCAG 2.2) of #rgb or #rrggbb, from 0 to 1."""
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    channels = (int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(color: str, background: str) -> float:
    """The contrast ratio (WCAG 2.2) of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(color), luminance(background)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_known_colours() -> None:
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("background", ["card", "ground"])
def test_text_has_enough_contrast(colors: dict[str, str], background: str) -> None:
    for color in ("text", "quiet", "link", "drop"):
        assert contrast(colors[color], colors[background]) >= MIN_TEXT_CONTRAST, color


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_graphics_have_enough_contrast(colors: dict[str, str]) -> None:
    for color in ("ray", "moon", "cloud", "drop", "flake", "warm", "focus"):
        assert contrast(colors[color], colors["card"]) >= MIN_GRAPHIC_CONTRAST, color
    # The text of buttons has the colour of the card.
    assert contrast(colors["link"], colors["card"]) >= MIN_TEXT_CONTRAST


def test_white_text_has_enough_contrast_on_every_sky() -> None:
    skies = re.findall(r"linear-gradient\(165deg, (#\w{6}), (#\w{6})\)", CSS)
    assert len(skies) >= 5
    for color in (color for sky in skies for color in sky):
        assert contrast("#fff", color) >= MIN_TEXT_CONTRAST, color


def test_notices_have_enough_contrast() -> None:
    rules = {
        selector: dict(re.findall(r"([\w-]+): (#\w+);", _rule(selector)))
        for selector in (".notice", ".sample")
    }
    color = rules[".notice"]["color"]
    assert contrast(color, rules[".notice"]["background"]) >= MIN_TEXT_CONTRAST
    assert contrast(color, rules[".sample"]["background"]) >= MIN_TEXT_CONTRAST


def test_every_class_on_the_page_has_a_style() -> None:
    documents = [
        pages.render(report, ViewOptions())
        for report in (reports.report(), reports.storm(), reports.stale(), reports.sample())
    ]
    classes = {
        name
        for html in documents
        for names in re.findall(r'class="([^"]*)"', html)
        for name in names.split()
    }
    styled = set(re.findall(r"\.([a-z][\w-]*)", CSS))
    assert classes - styled == set()


def _rule(selector: str) -> str:
    rule = re.search(rf"^{re.escape(selector)} \{{(.*?)\}}", CSS, re.S | re.M)
    assert rule, f"no rule for {selector}"
    return rule[1]
