"""The style: colour contrast (WCAG 2.2, level AA) and complete classes."""

from __future__ import annotations

import re
from importlib import resources
from itertools import pairwise

import pytest

from tests import reports
from weather.views.html import pages
from weather.views.html.stylesheet import colour_schemes
from weather.views.options import ViewOptions

STATIC = resources.files("weather.views.html").joinpath("static")
FILES = {
    file.name: file.read_text()
    for folder in (STATIC, STATIC.joinpath("style"))
    for file in folder.iterdir()
    if file.name.endswith(".css")
}
CSS = "\n".join(FILES.values())
LIGHT, DARK = colour_schemes(FILES["tokens.css"])
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


def _long(color: str) -> str:
    """#rgb as #rrggbb."""
    return color if len(color) == 7 else "#" + "".join(digit * 2 for digit in color[1:])


def _mixed(start: str, end: str, share: float) -> str:
    """A colour of a gradient between two of #rrggbb, as browsers interpolate them: in sRGB."""
    channels = [
        round(int(start[n : n + 2], 16) * (1 - share) + int(end[n : n + 2], 16) * share)
        for n in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def test_white_text_has_enough_contrast_all_over_every_sky() -> None:
    skies = re.findall(r"linear-gradient\(165deg, (.*)\);", FILES["now.css"])
    assert len(skies) >= 8
    for sky in skies:
        stops = [LIGHT[name] for name in re.findall(r"var\(--([\w-]+)\)", sky)]
        assert len(stops) >= 2
        for start, end in pairwise(stops):
            for step in range(11):
                color = _mixed(start, end, step / 10)
                assert contrast("#fff", color) >= MIN_TEXT_CONTRAST, (sky, color)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_notices_have_enough_contrast_and_each_severity_its_own_look(
    colors: dict[str, str],
) -> None:
    mixed = r"color-mix\(in srgb, var\(--(?:minor|level)\) (\d+)%, var\(--card\)\)"
    shares = re.findall(mixed, CSS)
    assert len(shares) == 2
    assert len(set(shares)) == 1
    for severity in ("minor", "moderate", "severe"):
        background = _mixed(_long(colors["card"]), colors[severity], int(shares[0]) / 100)
        # Their links have the colour of their text.
        assert contrast(colors["text"], background) >= MIN_TEXT_CONTRAST, severity
    assert contrast("#fff", colors["extreme"]) >= MIN_TEXT_CONTRAST
    severities = [colors[name] for name in ("minor", "moderate", "severe", "extreme")]
    assert len(set(severities)) == 4
    assert re.search(r"\.notice a \{\s*color: inherit;", CSS)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_strong_winds_have_enough_contrast_and_each_force_its_own_colour(
    colors: dict[str, str],
) -> None:
    forces = [colors[name] for name in ("text", "f6", "f8", "f10", "f12")]
    assert all(contrast(color, colors["card"]) >= MIN_TEXT_CONTRAST for color in forces)
    assert len(set(forces)) == 5


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_rain_and_snow_have_colours_that_can_be_told_apart(colors: dict[str, str]) -> None:
    assert colors["drop"] != colors["flake"]
    for color in ("drop", "flake"):
        assert contrast(colors[color], colors["dark"]) >= MIN_GRAPHIC_CONTRAST
        assert (
            contrast(colors[color], _mixed(_long(colors["card"]), colors["drop"], 0.18))
            >= MIN_GRAPHIC_CONTRAST
        ), "on the chance"


def test_every_class_on_the_page_has_a_style() -> None:
    documents = [
        pages.render(report, ViewOptions())
        for report in (reports.report(), reports.storm(), reports.stale(), reports.sample())
    ]
    classes = {
        name
        for html in documents
        for names in re.findall(r'class=(?:"([^"]*)"|([\w-]+))', html)
        for name in " ".join(names).split()
    }
    styled = set(re.findall(r"\.([a-z][\w-]*)", CSS))
    assert classes - styled == {"from0"}, "an arrow that points down as it is"


def test_every_colour_of_the_style_is_a_token() -> None:
    templates = resources.files("weather.views.html").joinpath("templates")
    markup = {file.name: file.read_text() for file in templates.iterdir() if file.is_file()}
    for name, text in (FILES | markup).items():
        if name != "tokens.css":
            rules = re.sub(r"href=\S+|url\(\S+", "", text)
            assert not re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", rules), name


def test_no_token_is_without_use() -> None:
    sheets = "".join(FILES.values())
    templates = resources.files("weather.views.html").joinpath("templates")
    markup = "".join(file.read_text() for file in templates.iterdir() if file.is_file())
    for name in re.findall(r"--([\w-]+):", FILES["tokens.css"]):
        assert f"var(--{name})" in sheets or f'colors["{name}"]' in markup, name


_SPACES = re.compile(
    r"^\s*(?:margin|padding|gap|row-gap|column-gap)(?:-(?:block|inline|top|bottom))?"
    r"(?:-(?:start|end))?: (.*);",
    re.M,
)


def test_every_size_of_text_and_every_space_is_of_the_scale() -> None:
    """Print has sizes of its own: a day on paper is 24 columns."""
    for name, text in FILES.items():
        screen = re.sub(r"@media print \{.*", "", text, flags=re.S)
        sizes = re.findall(r"font-size: (.*);", screen)
        spaces = _SPACES.findall(screen)
        for value in sizes:
            assert re.fullmatch(r"var\(--(t\d|less|third)\)|0|1em|inherit", value), (name, value)
        for value in spaces:
            rest = re.sub(r"var\(--(s\d|gap|pad)\)|auto|\b0\b", "", value)
            assert not re.search(r"\d(?:r?em|px|%)", rest.replace("3vw", "")), (name, value)
    assert len(re.findall(r"--t\d:", FILES["tokens.css"])) == 7
    assert len(re.findall(r"--s\d:", FILES["tokens.css"])) == 5


def test_forced_colours_keep_the_drawings() -> None:
    forced = FILES["media.css"].partition("forced-colors: active")[2].partition("@media")[0]
    replaced = set(re.findall(r"--([\w-]+): (?:Canvas|GrayText)", forced))
    assert {"cloud", "moon", "sun", "drop", "flake", "warm"} <= replaced
