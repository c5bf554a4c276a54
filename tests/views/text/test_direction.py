"""Languages that are written from right to left: the layout, and the order of terminals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import reports
from tests.views.text.screens import PLAIN, REPORT, crowded, flags
from weather.core.models import Report
from weather.i18n.languages import ENGLISH, LANGUAGES, Language, get_language
from weather.views import text, v2
from weather.views.ansi import width
from weather.views.options import ViewOptions
from weather.views.picture import screen
from weather.views.text.direction import aligned, beside, cell, isolated

RTL = [language for language in LANGUAGES if language.rtl]
HEBREW = get_language("he")


def drawn(line: str) -> str:
    """The line as a terminal that implements UAX #9 shows it."""
    (row,) = screen.rows(line)
    return "".join(cell.char for cell in row)


@pytest.mark.parametrize("language", RTL, ids=lambda language: language.tag)
@pytest.mark.parametrize("letters", ["T", "nT", "T2", "0T", "0QT"])
@pytest.mark.parametrize("report", [REPORT, crowded(), reports.all_values_missing()])
def test_the_borders_of_cells_are_in_the_same_columns_in_both_kinds_of_terminals(
    report: Report, letters: str, language: Language
) -> None:
    lines = text.render(report, replace(flags(letters), language=language.tag)).splitlines()
    english = text.render(report, flags(letters)).splitlines()
    assert len(lines) == len(english)
    for line, other in zip(lines, english, strict=True):
        if not other.startswith("│"):
            continue
        borders = [width(other[:column]) for column, char in enumerate(other) if char in "│└┬┘"]
        plain = [width(line[:column]) for column, char in enumerate(line) if char in "│└┬┘"]
        ordered = [column for column, char in enumerate(drawn(line)) if char in "│└┬┘"]
        assert plain == ordered == borders


@pytest.mark.parametrize("language", RTL, ids=lambda language: language.tag)
@pytest.mark.parametrize(("letters", "parts"), [("T1", 4), ("nT1", 2)])
def test_days_run_from_right_to_left(language: Language, letters: str, parts: int) -> None:
    titles = language.translate("Morning|Noon|Evening|Night").split("|")
    chosen = titles if parts == 4 else [titles[1], titles[3]]
    lines = text.render(REPORT, replace(flags(letters), language=language.tag)).splitlines()
    title_row = lines[9]
    positions = [title_row.index(title) for title in chosen]
    assert positions == sorted(positions, reverse=True)


@pytest.mark.parametrize("language", RTL, ids=lambda language: language.tag)
def test_all_lines_end_in_one_column(language: Language) -> None:
    lines = text.render(REPORT, replace(flags("T"), language=language.tag)).splitlines()
    assert {width(line) for line in lines if line} == {125}
    now = text.render(REPORT, replace(flags("0T"), language=language.tag)).splitlines()
    assert max(map(width, now)) < 80  # as much as it takes, for small terminals
    assert len({width(line) for line in now if line}) == 1


def test_drawings_are_on_the_right_and_are_not_mirrored() -> None:
    english = text.render(REPORT, flags("0T")).splitlines()
    hebrew = text.render(REPORT, replace(flags("0T"), language="he")).splitlines()
    for row in range(2, 7):
        assert hebrew[row].endswith(english[row][2:15] + "  ")


def test_notices_are_left_of_the_temperature() -> None:
    report = reports.sample()
    line = drawn(text.render(report, replace(flags("0T"), language="he")).splitlines()[3])
    notice = drawn(HEBREW.translate("SAMPLE DATA, not a real forecast"))
    assert 0 <= line.index(notice) < line.index("°C")


def test_an_ellipsis_is_on_the_left_of_its_text() -> None:
    shown = cell("א" * 30, 15, HEBREW)
    assert width(shown) == 15
    assert drawn(shown + "|") == "…" + "א" * 14 + "|"


def test_other_languages_have_no_marks() -> None:
    assert isolated("x", ENGLISH) == "x"
    assert cell("x", 3, ENGLISH) == "x  "
    assert beside("a", "b", " ", ENGLISH) == "a b"
    assert aligned(["a", "bcd"], ENGLISH) == ["a", "bcd"]
    for language in LANGUAGES:
        shown = text.render(REPORT, replace(PLAIN, language=language.tag))
        assert ("\u200e" in shown) == language.rtl


@pytest.mark.parametrize("language", RTL, ids=lambda language: language.tag)
def test_dates_of_the_chart_stay_above_their_days(language: Language) -> None:
    line = v2.render(REPORT, ViewOptions(color=False, language=language.tag)).splitlines()[3]
    dates = [drawn(language.date(day.date)) for day in REPORT.days[:3]]
    positions = [drawn(line).index(date) // 24 for date in dates]
    assert positions == [0, 1, 2]
