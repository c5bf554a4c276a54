"""The text representation: golden files, counted lines, header, notices and errors."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests import reports
from tests.views.text.screens import PLAIN, REPORT, crowded, flags
from weather.core import errors
from weather.core.models import Coordinates, LocatedBy, LocatedPlace, Place, Report
from weather.views import text
from weather.views.options import ViewOptions

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("name", "report", "options"),
    [
        ("wide", REPORT, flags("T")),
        ("narrow", REPORT, flags("2nT")),
        ("snow-night", reports.snow_night(), flags("1uT")),
        ("storm", reports.storm(), flags("0MT")),
        ("polar-night", reports.polar_night(), flags("1T")),
        ("values-missing", reports.all_values_missing(), flags("1T")),
        ("six-hourly", reports.six_hourly(), ViewOptions(color=False, days=5)),
        ("color", REPORT, flags("1n")),
        ("40-columns", crowded(), replace(flags("1T"), width=40)),
        ("100-columns", REPORT, replace(flags("1T"), width=100)),
        ("crowded", crowded(), flags("1T")),
        ("crowded-narrow", crowded(), flags("1nT")),
    ],
)
def test_golden_files(name: str, report: Report, options: ViewOptions) -> None:
    expected = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert text.render(report, options) == expected


# Number of lines


@pytest.mark.parametrize("color", ["", "T"])
@pytest.mark.parametrize("footer", ["", "F"])
@pytest.mark.parametrize("header", ["", "q", "Q"])
@pytest.mark.parametrize("narrow", ["", "n"])
@pytest.mark.parametrize("days", ["0", "1", "2", "3", ""])
def test_the_options_determine_the_number_of_lines(
    days: str, narrow: str, header: str, footer: str, color: str
) -> None:
    rendered = text.render(REPORT, flags("p" + days + narrow + header + footer + color))
    tables = int(days or 3)
    location = 1 if tables and not header else 0
    attribution = 2 if tables and not footer else 0
    expected = (0 if header == "Q" else 2) + 5 + 10 * tables + location + attribution
    assert rendered.count("\n") == expected
    assert rendered.endswith("\n")
    assert not color or "\x1b" not in rendered


def test_the_default_is_forty_lines_and_current_conditions_alone_are_seven() -> None:
    assert text.render(REPORT, PLAIN).count("\n") == 37 + 3
    assert text.render(REPORT, flags("0")).count("\n") == 7


@pytest.mark.parametrize(
    ("requested", "available", "rendered"), [(16, 16, 16), (16, 9, 9), (3, 0, 0)]
)
def test_only_available_days_are_rendered(requested: int, available: int, rendered: int) -> None:
    report = replace(REPORT, days=REPORT.days[:available])
    lines = text.render(report, replace(PLAIN, days=requested)).count("\n")
    assert lines == 7 + 10 * rendered + 3


# Header


def test_q_keeps_the_name_without_its_caption() -> None:
    assert text.render(REPORT, flags("T")).startswith("Weather report: Windhaven, 10:15\n\n")
    assert text.render(REPORT, flags("qT")).startswith("Windhaven, 10:15\n\n")
    assert "Windhaven" not in text.render(REPORT, flags("QT"))


@pytest.mark.parametrize(
    "name",
    [
        "\x1b[31mRed\x07",
        "A\nB\r\tC",
        "\x9b2JClear",
        "a\u202egnp.exe",
        "b\u2066c\u2069",
        "\u2028x",
        "\ud800",
    ],
)
def test_control_characters_in_names_are_removed(name: str) -> None:
    place = Place(Coordinates(1, 2), name, f"Region {name}", country_code="XX")
    rendered = text.render(reports.report(located=LocatedPlace(place, LocatedBy.NAME)), PLAIN)
    assert rendered.count("\n") == 40
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", rendered)
    assert rendered.encode("utf-8")


@pytest.mark.parametrize("name", ["東京", "תל אביב", "ประเทศไทย", "Café"])
def test_names_in_other_scripts_are_unchanged(name: str) -> None:
    place = Place(Coordinates(1, 2), name)
    lines = text.render(
        reports.report(located=LocatedPlace(place, LocatedBy.NAME)), PLAIN
    ).splitlines()
    assert lines[0] == f"Weather report: {name}, 10:15"
    assert lines[37] == f"Location: {name} [1.0000,2.0000]"


def test_coordinates_replace_a_name_of_control_characters() -> None:
    report = reports.report(located=LocatedPlace(Place(Coordinates(1, 2), "\x07"), LocatedBy.NAME))
    assert text.render(report, PLAIN).startswith("Weather report: 1.0000,2.0000, 10:15\n")


# Notices


@pytest.mark.parametrize("letters", ["T", "0T", "0qT", "0QFT", "QFT", "nQFT"])
@pytest.mark.parametrize(
    ("report", "notice"),
    [
        (reports.sample(), "SAMPLE DATA, not a real forecast"),
        (reports.stale(), "stale: 47 min old"),
        (reports.stale(timedelta(seconds=61)), "stale: 1 min old"),
        (reports.stale(timedelta(hours=7, minutes=50)), "stale: 7 h old"),
    ],
)
def test_no_option_removes_a_notice(report: Report, notice: str, letters: str) -> None:
    fresh = text.render(REPORT, flags(letters))
    rendered = text.render(report, flags(letters))
    assert rendered.count(notice) == 1
    assert rendered.count("\n") == fresh.count("\n")
    assert "SAMPLE" not in fresh
    assert "stale" not in fresh


def test_warnings_are_beside_the_visibility_and_add_no_line() -> None:
    lines = text.render(reports.with_alerts(), flags("0T")).splitlines()
    assert len(lines) == 7
    assert lines[5].endswith("  Warnings: Heat Advisory, Frost")


# Errors


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            errors.LocationNotFound("no place is called Xyzzy."),
            "Unknown location: no place is called Xyzzy.\n",
        ),
        (
            errors.VisitorLocationUnknown("Please name a place."),
            "Where are you? Please name a place.\n",
        ),
        (errors.InvalidLocation("\x1b[2Ja\nb\x00\u202e"), "Not a location: [2Jab\n"),
        (
            errors.UpstreamUnavailable("Try again."),
            "The weather service cannot be reached: Try again.\n",
        ),
    ],
)
def test_an_error_is_one_line_without_control_characters(
    error: errors.WeatherError, expected: str
) -> None:
    assert text.render_error(error, ViewOptions()) == expected
