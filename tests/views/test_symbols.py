"""Signs of conditions and moons in each set of glyphs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests import reports
from weather.views import symbols, v2
from weather.views.ansi import width
from weather.views.oneline import render
from weather.views.oneline.template import PRESETS
from weather.views.options import ViewOptions
from weather.views.symbols import Glyphs

EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\ufe0f]")
ICON = re.compile("[\ue300-\ue3e3]")
STORM = reports.storm()


def options(glyphs: Glyphs, template: str = "", **others: object) -> ViewOptions:
    return replace(ViewOptions(color=False), glyphs=glyphs, template=template, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize("glyphs", Glyphs)
@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("code", [*range(100), None])
def test_each_condition_has_a_sign_of_the_set(
    code: int | None, night: bool, glyphs: Glyphs
) -> None:
    sign = symbols.sign(code, night=night, glyphs=glyphs)
    expected = {Glyphs.PLAIN: re.compile(r"[ -~]{1,3}"), Glyphs.NERD: ICON}.get(glyphs)
    if expected:
        assert expected.fullmatch(sign)
    else:
        assert sign == symbols.emoji(code, night=night)
    columns = symbols.columns(sign, glyphs)
    narrow = 1 if "\ufe0f" in sign else 2
    assert columns == {Glyphs.NARROW: narrow, Glyphs.NERD: 1, Glyphs.EMOJI: 2}.get(
        glyphs, len(sign)
    )
    assert symbols.padded(sign, 3, glyphs) == sign + " " * (3 - columns)


@pytest.mark.parametrize("southern", [False, True])
@pytest.mark.parametrize("eighth", range(8))
def test_moons_are_seen_alike_in_emoji_and_in_icons(eighth: int, southern: bool) -> None:
    emoji, narrow, nerd, plain = (
        symbols.moon_sign(eighth / 8, southern=southern, glyphs=glyphs) for glyphs in Glyphs
    )
    assert emoji == narrow == symbols.moon(eighth / 8, southern=southern)
    number = (-eighth if southern else eighth) % 8
    # New moon, third of six crescents, quarter, third of six gibbous moons, full moon, …
    assert ord(nerd) - 0xE38D == (0, 3, 7, 10, 14, 17, 21, 24)[number]
    assert plain == ""


def test_the_line_has_the_glyphs_of_the_request() -> None:
    lines = {glyphs: render(STORM, options(glyphs, "%c|%m|%x")) for glyphs in Glyphs}
    assert EMOJI.search(lines[Glyphs.EMOJI])
    assert lines[Glyphs.NARROW].replace(" ", "") == lines[Glyphs.EMOJI].replace(" ", "")
    assert re.fullmatch(r"(.\ufe0f  |. )\|.\|\S+", lines[Glyphs.NARROW])
    assert re.fullmatch(rf"{ICON.pattern}  \|{ICON.pattern}\|\S+", lines[Glyphs.NERD])
    plain, moon, sign = lines[Glyphs.PLAIN].split("|")
    assert plain == sign.ljust(3)
    assert re.fullmatch("[A-Z][a-z]+ [a-z]+", moon)


@pytest.mark.parametrize("preset", PRESETS.values())
def test_presets_have_no_emoji_in_other_glyphs(preset: str) -> None:
    assert EMOJI.search(render(STORM, options(Glyphs.EMOJI, preset)))
    for glyphs in (Glyphs.NERD, Glyphs.PLAIN):
        line = render(STORM, options(glyphs, preset))
        assert not EMOJI.search(line)
        assert bool(ICON.search(line)) == (glyphs is Glyphs.NERD)
    assert render(STORM, options(Glyphs.PLAIN, "%c %t %w\n")) == (
        render(STORM, options(Glyphs.PLAIN, PRESETS["2"]))
    )


def test_signs_that_the_request_writes_stay() -> None:
    assert render(STORM, options(Glyphs.PLAIN, "🌡️%t")).startswith("🌡️")


def test_the_language_of_the_moon_in_words() -> None:
    german = render(STORM, options(Glyphs.PLAIN, "%m", language="de"))
    assert german != render(STORM, options(Glyphs.PLAIN, "%m"))
    assert german.strip()


def test_a_console_gets_plain_signs_and_no_diagonal_arrows() -> None:
    hour = replace(STORM.current, wind_direction=225.0, wind_speed=30.0)
    report = replace(STORM, current=hour)
    line = render(report, options(Glyphs.EMOJI, "%c%w%m", plain_glyphs=True))
    assert "╭30km/h" in line
    assert not EMOJI.search(line)
    chart = v2.render(report, options(Glyphs.EMOJI, plain_glyphs=True))
    assert not EMOJI.search(chart)
    assert not re.search("[↖↗↘↙]", chart)


@pytest.mark.parametrize("glyphs", Glyphs)
def test_the_chart_has_the_glyphs_of_the_request(glyphs: Glyphs) -> None:
    lines = v2.render(STORM, options(glyphs)).splitlines()
    frame = lines[2 : lines.index("└" + "─" * 72 + "┘") + 1]
    assert len(frame) == 22
    text = "\n".join(lines)
    assert bool(EMOJI.search(text)) == (glyphs in {Glyphs.EMOJI, Glyphs.NARROW})
    assert bool(ICON.search(text)) == (glyphs is Glyphs.NERD)
    for line in frame:
        narrow = width(line.replace("\ufe0f", ""))
        assert (narrow if glyphs is Glyphs.NARROW else width(line)) == 74


def test_signs_of_the_chart_end_before_the_next_one() -> None:
    thunder = tuple(replace(hour, weather_code=95) for hour in (*STORM.earlier, *STORM.hours))
    report = replace(STORM, earlier=(), hours=thunder)
    lines = v2.render(report, options(Glyphs.PLAIN)).splitlines()
    assert any("/! /! /! " in line for line in lines)


def test_day_and_night_icons_follow_the_hour_unless_the_view_chooses() -> None:
    clear = tuple(
        replace(hour, weather_code=0, is_day=number % 24 in range(6, 18))
        for number, hour in enumerate(STORM.hours)
    )
    report = replace(STORM, earlier=(), hours=clear)
    day, night = "\ue30d", "\ue32b"
    both = v2.render(report, options(Glyphs.NERD))
    assert day in both
    assert night in both
    assert night not in v2.render_day(report, options(Glyphs.EMOJI))
    assert day not in v2.render_night(report, options(Glyphs.EMOJI))
