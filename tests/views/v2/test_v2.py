"""The charts: golden files, sizes, values and edge cases."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests import reports
from weather.core.measurement_systems import Units
from weather.core.models import Report
from weather.i18n.languages import LANGUAGES
from weather.views import v2
from weather.views.ansi import width
from weather.views.options import ViewOptions
from weather.views.v2.canvas import FADED

GOLDEN = Path(__file__).parent / "golden"
PLAIN = ViewOptions(color=False)
ESCAPE = re.compile(r"\x1b\[(?:38;5;\d{1,3}|0)m")
REPORTS = {
    "fine day": reports.report(),
    "storm": reports.storm(),
    "polar night": reports.polar_night(),
    "polar day": reports.polar_day(),
    "all values missing": reports.all_values_missing(),
    "one day": reports.report(days=reports.report().days[:1]),
    "no days": reports.report(hours=(), days=(), earlier=()),
}


@pytest.mark.parametrize("name", ["plain", "color", "storm"])
def test_golden_file(name: str) -> None:
    report = reports.storm() if name == "storm" else reports.report()
    rendered = v2.render(report, ViewOptions(color=name == "color"))
    assert rendered == (GOLDEN / f"{name}.txt").read_text()


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
@pytest.mark.parametrize("render", [v2.render, v2.render_day, v2.render_night])
def test_the_frame_has_74_columns_in_every_line(report: Report, render: object) -> None:
    assert callable(render)
    lines = render(report, PLAIN).splitlines()
    framed = lines[2 : lines.index("└" + "─" * 72 + "┘") + 1]
    assert len(framed) == 22
    assert {width(line) for line in framed} == {74}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_the_frame_has_74_columns_in_every_language(language: object) -> None:
    options = replace(PLAIN, language=getattr(language, "tag"))  # noqa: B009
    assert {width(line) for line in v2.render(reports.report(), options).splitlines()[2:24]} == {74}


def test_colours_do_not_change_the_text() -> None:
    colored = v2.render(reports.storm(), ViewOptions())
    assert ESCAPE.sub("", colored) == v2.render(reports.storm(), PLAIN)


def test_the_extremes_of_a_day_are_written_at_the_curve() -> None:
    report = reports.report()
    hours = [*report.earlier, *report.hours][:24]
    high = max(hour.temperature for hour in hours if hour.temperature is not None)
    chart = "\n".join(v2.render(report, PLAIN).splitlines()[5:15])
    assert f"{high:+.0f}" in chart
    fahrenheit = v2.render(report, replace(PLAIN, units=Units.IMPERIAL))
    assert f"{high * 9 / 5 + 32:+.0f}" in fahrenheit


def test_dry_hours_have_no_bar() -> None:
    dry = tuple(replace(hour, precipitation=0.0) for hour in reports.report().hours)
    rain = v2.render(reports.report(hours=dry, earlier=()), PLAIN).splitlines()[17]
    assert rain == "│" + " " * 72 + "│"


def test_the_present_hour_is_marked() -> None:
    ticks = v2.render(reports.report(), PLAIN).splitlines()[15]
    assert ticks[1:].index("▲") == 10  # 10:20 in Berlin


def colors(line: str) -> list[tuple[int, str]]:
    """The column and the colour of each character of a framed line that has one."""
    found, column, color = [], -1, ""
    for part in re.split(r"(\x1b\[[^m]*m)", line):
        if match := re.match(r"\x1b\[(?:38;5;(\d+)|0)m", part):
            color = match[1] or ""
            continue
        for character in part:
            found += [(column, color)] if color else []
            column += width(character)
    return found


@pytest.mark.parametrize("line", [*range(5, 15), 17, 20, 21])
def test_the_hours_that_have_passed_are_grey(line: int) -> None:
    """Those of the temperature, the rain and the wind, as it is 10:20 in Berlin."""
    hours, earlier = (
        tuple(replace(hour, precipitation=2.0) for hour in rows)
        for rows in (reports.report().hours, reports.report().earlier)
    )
    shown = v2.render(reports.report(hours=hours, earlier=earlier), ViewOptions())
    for column, color in colors(shown.splitlines()[line]):
        assert (color == str(FADED)) is (column < 10)


def test_a_stale_forecast_is_marked() -> None:
    report = reports.report()
    stale = replace(report, provenance=replace(report.provenance, stale=True))
    assert "stale:" in v2.render(stale, PLAIN)


def test_options_remove_caption_and_credits() -> None:
    text = v2.render(reports.report(), replace(PLAIN, caption=False, city=False, footer=False))
    assert text.startswith("┌")
    assert "Weather data by" not in text
    assert "Location:" not in text
