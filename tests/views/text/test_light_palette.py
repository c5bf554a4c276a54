"""The colours on a light background."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests import reports
from tests.views.text.screens import REPORT
from weather.core.models import Report
from weather.views import picture, text, v2
from weather.views.moon import MoonView
from weather.views.moon import render as render_moon
from weather.views.options import PictureOptions, ViewOptions
from weather.views.picture.colors import DARK, rgb
from weather.views.text.light_palette import darkened

COLOR = re.compile(r"\x1b\[38;5;(\d+)m")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
LIGHT = ViewOptions(light=True)
Render = Callable[[Report, ViewOptions], str]


def luminance(color: int) -> float:
    """WCAG's relative luminance."""
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in rgb(color, DARK))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("color", range(16, 256))
def test_each_colour_can_be_read_on_white_and_is_no_lighter(color: int) -> None:
    dark = darkened(color)
    assert 1.05 / (luminance(dark) + 0.05) >= 4.5
    assert luminance(dark) <= luminance(color)
    assert darkened(dark) == dark


@pytest.mark.parametrize("color", range(16))
def test_the_named_colours_are_those_of_the_terminal(color: int) -> None:
    assert darkened(color) == color


def moon(report: Report, options: ViewOptions) -> str:
    return render_moon(MoonView(report.at, report.timezone), options)


@pytest.mark.parametrize("render", [text.render, v2.render, v2.render_night, moon])
@pytest.mark.parametrize("report", [REPORT, reports.storm(), reports.sample()])
def test_texts_for_light_backgrounds_have_other_colours_and_the_same_words(
    render: Render, report: Report
) -> None:
    usual, light = render(report, ViewOptions()), render(report, LIGHT)
    assert ESCAPE.sub("", light) == ESCAPE.sub("", usual)
    colors = set(map(int, COLOR.findall(light)))
    assert colors == set(map(darkened, map(int, COLOR.findall(usual))))
    assert all(1.05 / (luminance(color) + 0.05) >= 4.5 for color in colors)
    assert render(report, replace(LIGHT, color=False)) == ESCAPE.sub("", usual)


@pytest.mark.parametrize(
    ("background", "is_light"), [((255, 255, 230), True), ((20, 20, 60), False), (None, False)]
)
def test_the_background_chooses_the_palette(
    background: tuple[int, int, int] | None, is_light: bool
) -> None:
    options = ViewOptions(picture=PictureOptions(background=background))
    assert (text.render(REPORT, options) == text.render(REPORT, LIGHT)) == is_light


def test_a_picture_darkens_its_colours_once() -> None:
    drawn = picture.drawable(replace(LIGHT, picture=PictureOptions(background=(255, 255, 255))))
    assert text.render(REPORT, drawn) == text.render(REPORT, ViewOptions())


def test_climate_normals_have_the_palette() -> None:
    fallback = reports.climate_fallback()
    colors = map(int, COLOR.findall(text.render_fallback(fallback, LIGHT)))
    assert all(darkened(color) == color for color in colors)
