"""Programs for status bars: wttr, and xmobar-wttr, which parses every field of its line."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from tests.clients.conftest import MAY, NOVEMBER, OUTAGE, Result, Run
from weather.views.ansi import width

FORMAT = "!t|!f|!x|!h|!p|!o|!P|!w|!M|!T|!S|!s"


def xmobar(run: Run, folder: Path, place: str, moment: datetime = MAY) -> Result:
    """All of its fields, each of which it converts by its type."""
    config = folder / "xmobar.yml"
    config.write_text(f"Defaults:\n  location: {place}\n  xmobar_format: '{FORMAT}'\n")
    return run("xmobar_wttr", "-c", str(config), "-o", str(folder / "lines"), "-v", at=moment)


@pytest.mark.parametrize(
    ("place", "moment"),
    [
        *(("Paris", MAY), ("48.85,2.35", MAY), ("São Paulo", NOVEMBER), ("Москва", MAY)),
        *(("Longyearbyen", MAY), ("Longyearbyen", NOVEMBER), ("London,UK", NOVEMBER)),
        # It has no option for the language; a prefix of the path is one.
        *(("de/Berlin", MAY), ("zh-cn/Tokyo", MAY), ("ar/Cairo", NOVEMBER), ("af/Sydney", MAY)),
    ],
)
def test_xmobar_wttr(run: Run, tmp_path: Path, place: str, moment: datetime) -> None:
    result = xmobar(run, tmp_path, place, moment)
    assert result.status == 0, result.errors
    line = result.output.splitlines()[-1]
    fields = line.split("|")
    temperature, feels, condition, humidity, rain, chance, pressure, wind, age, *times = fields
    assert re.fullmatch(r"-?\d+", temperature)
    assert re.fullmatch(r"-?\d+", feels)
    assert condition in {
        *("Cloudy", "Fog", "HeavyRain", "HeavyShowers", "HeavySnow", "HeavySnowShowers"),
        *("LightRain", "LightShowers", "LightSleet", "LightSleetShowers", "LightSnow"),
        *("LightSnowShowers", "PartlyCloudy", "Sunny", "ThunderyHeavyRain", "ThunderyShowers"),
        *("ThunderySnowShowers", "VeryCloudy"),
    }
    assert 0 <= int(humidity) <= 100
    assert 0 <= float(rain) <= 500
    assert 0 <= int(chance) <= 100
    assert 870 <= int(pressure) <= 1085
    assert 0 <= int(wind) < 410
    assert 0 <= int(age) <= 29
    assert [datetime.fromisoformat(time) for time in times]


@pytest.mark.parametrize(("place", "moment"), [("Xyzzyville", MAY), ("Paris", OUTAGE)])
def test_xmobar_wttr_prints_its_last_line_where_there_is_no_other(
    run: Run, tmp_path: Path, place: str, moment: datetime
) -> None:
    known = xmobar(run, tmp_path, "Paris").output.splitlines()[-1]
    result = xmobar(run, tmp_path, place, moment)
    assert result.status == 0, result.errors
    assert result.output.splitlines()[-1] == known


def test_wttr_prints_the_current_weather_without_attribution(run: Run) -> None:
    lines = run("wttr", "Paris", "-T", "-m").output.splitlines()
    assert lines[0].startswith("Weather report: Paris")
    assert len([line for line in lines if line.strip()]) == 6
    assert "\x1b" not in "".join(lines)
    assert re.search(r"\+\d+(\(\d+\))? °C", "".join(lines))


@pytest.mark.parametrize(("days", "lines"), [("0", 7), ("1", 17), ("2", 27), ("3", 37)])
def test_wttr_prints_days(run: Run, days: str, lines: int) -> None:
    text = run("wttr", "Milano, Italy", "-T", "-d", days).output
    assert text.count("┤") == 2 * int(days) or days == "0"
    assert text.rstrip("\n").count("\n") + 1 <= lines + 2


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("3", r"New York: \S+ +[+-]\d+°C"),
        ("%l:+%c+%t", r"New York:\+\S+ +\+[+-]\d+°C"),  # httpx encodes "+"
        ("%l: %C, %t 100%", r"New York: [A-Z][\w ]+, [+-]\d+°C 100%?"),
        ("%ffeels", r"[+-]\d+°Cfeels"),
        ("%l 🌡 %t", r"New York 🌡 [+-]\d+°C"),
    ],
)
def test_wttr_prints_one_line(run: Run, format: str, expected: str) -> None:
    result = run("wttr", "New York", "-m", "-f", format)
    assert re.fullmatch(expected, result.output.strip()), result.output


ROWS = (  # below the header: condition, temperature, wind, visibility, precipitation
    r"\S.*",
    r"[+-]?\d+(\([+-]?\d+\))? °C",
    r"([↓↙←↖↑↗→↘] )?\d+(-\d+)? \S+",
    r"\d+ \S+",
    r"\d+[.,]\d \S+",
)


@pytest.mark.parametrize(
    ("place", "moment"),
    [
        *(("Paris", MAY), ("48.85,2.35", MAY), ("São Paulo", NOVEMBER), ("de/Berlin", MAY)),
        *(("zh-cn/Tokyo", NOVEMBER), ("pt-br/Москва", MAY), ("hi/Delhi", MAY), ("af/Sydney", MAY)),
        *(("Longyearbyen", MAY), ("nb/Longyearbyen", NOVEMBER), ("ru/New York", MAY)),
    ],
)
def test_every_field_of_the_text_that_wttr_prints(run: Run, place: str, moment: datetime) -> None:
    lines = run("wttr", place, "-T", "-m", "-d", "3", at=moment).output.splitlines()
    assert re.search(r"\S+ ?\S.*, \d\d:\d\d$", lines[0])
    assert not lines[1]
    for line, row in zip(lines[2:7], ROWS, strict=True):
        text, _, notice = line[16:].rstrip().partition("  ")
        assert re.fullmatch(row, text), line
        assert not notice or re.fullmatch(r"\S.*", notice)
    for start in (7, 17, 27):
        frame = lines[start : start + 10]
        assert {width(line) for line in frame} == {125}
        for line, row in zip(frame[4:9], ROWS, strict=True):
            cells = line.strip("│").split("│")
            assert len(cells) == 4
            for cell in cells:
                # Beside the drawing: after it as many columns as a drawing has.
                text = cell[15:].strip()
                assert re.fullmatch(rf"({row})( \| \d+%)?|\S.*…", text), cell


@pytest.mark.parametrize(("place", "language"), [("Berlin", "de"), ("Tokyo", "ja")])
def test_the_language_of_wttr_is_that_of_the_path(run: Run, place: str, language: str) -> None:
    translated = run("wttr", f"{language}/{place}", "-f", "%C|%t").output
    english = run("wttr", place, "-f", "%C|%t").output
    assert translated.partition("|")[2] == english.partition("|")[2]
    assert translated != english


def test_wttr_prints_what_is_unknown(run: Run) -> None:
    assert run("wttr", "Xyzzyville", "-f", "3").output.startswith("Unknown location")
