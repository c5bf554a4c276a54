"""Plain glyphs and margins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.views.text.screens import PLAIN, REPORT
from weather.core.models import Report
from weather.views import text, v2
from weather.views.ansi import width
from weather.views.options import ViewOptions

Render = Callable[[Report, ViewOptions], str]
RENDERERS = pytest.mark.parametrize("render", [text.render, v2.render])


@RENDERERS
def test_plain_glyphs_have_no_diagonal_arrow(render: Render) -> None:
    plain = render(REPORT, replace(PLAIN, plain_glyphs=True))
    assert not set(plain) & set("↖↗↘↙")
    lines = render(REPORT, PLAIN).splitlines()
    assert [width(line) for line in plain.splitlines()][: len(lines) - 8] == (
        [width(line) for line in lines][:-8]
    )


@RENDERERS
@pytest.mark.parametrize("color", [True, False])
def test_a_margin_is_at_both_sides_of_all_lines(render: Render, color: bool) -> None:
    options = ViewOptions(color=color)
    lines = render(REPORT, options).splitlines()
    padded = render(REPORT, replace(options, padding=True)).splitlines()
    assert len(padded) == len(lines)
    assert {width(line) for line in padded} == {max(map(width, lines)) + 4}
    assert [line[2:].rstrip() for line in padded] == [line.rstrip() for line in lines]
