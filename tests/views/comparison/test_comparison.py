"""Places side by side as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests import reports
from weather.core.errors import LocationNotFound
from weather.core.measurement_systems import Units
from weather.core.models import Report
from weather.i18n.languages import LANGUAGES
from weather.views.ansi import width
from weather.views.comparison import Results, render_text
from weather.views.options import ViewOptions

PLAIN = ViewOptions(units=Units.METRIC, color=False)
NOT_FOUND = LocationNotFound("No place called “Nowhere” is known.")
MIXED: Results = [
    ("Windhaven", reports.report()),
    ("Nowhere", NOT_FOUND),
    ("Ishavn", reports.polar_night()),
    ("Old Windhaven", reports.stale(timedelta(hours=3))),
    ("Normal", reports.climate_fallback()),
    ("Warned", reports.with_alerts()),
]


def columns(text: str, count: int, room: int = 30) -> list[list[str]]:
    """The lines of each place, without blanks around them, of a table with one row of places."""
    return [
        [line[n * (room + 2) : (n + 1) * (room + 2)].strip() for line in text.splitlines()]
        for n in range(count)
    ]


def test_a_column_for_each_place() -> None:
    at_once: Results = [("A", reports.report()), ("B", reports.report(reports.NEW_WINDHAVEN))]
    first, second = columns(render_text(at_once, replace(PLAIN, footer=False)), 2)
    assert first[:3] == ["Windhaven, Holm, DE", "10:15", "Mainly clear"]
    assert second[:2] == ["New Windhaven, Jersey, US", "04:15"]
    for lines, report in zip((first, second), (item for _, item in at_once), strict=True):
        assert isinstance(report, Report)
        dates = [line for line in lines if line.startswith(("Fri 15", "Sat 16", "Sun 17"))]
        assert len(dates) == 3
        assert any("°C" in line for line in lines)


def test_each_place_has_its_own_weather_or_problem() -> None:
    text = render_text(MIXED, replace(PLAIN, width=200))
    words = " ".join(text.split())
    for expected in (
        *("Windhaven, Holm, DE", "Ishavn, Svalbard, NO", "Nowhere", "Unknown location"),
        *("stale: 3 h old", "NO FORECAST:", "about -10 °C", "Warnings: Heat"),
        *("Example Weather", "GeoNames"),
    ):
        assert expected in words, expected
    # Beside each other: the first line has all names.
    (first, *_) = text.splitlines()
    assert [first.count(name) for name in ("Windhaven", "Nowhere", "Ishavn")] == [4, 1, 1]


def test_sample_data_is_marked() -> None:
    fallback = replace(reports.climate_fallback(), sample=True)
    for result in (reports.sample(), fallback):
        assert "SAMPLE DATA" in render_text([("A", result)], PLAIN)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"narrow": True},
        {"width": 40},
        {"width": 41},
        {"width": 60},
        {"width": 80},
        {"width": 1000},
        {"color": True, "units": Units.IMPERIAL, "twelve_hours": True},
    ],
)
@pytest.mark.parametrize("tag", [language.tag for language in LANGUAGES])
def test_no_line_is_wider_than_the_layout(tag: str, changes: dict[str, Any]) -> None:
    options = replace(PLAIN, language=tag, **changes)
    most = options.width or (63 if options.narrow else 125)
    storm: Results = [("x" * 90, NOT_FOUND), ("東" * 90, NOT_FOUND), ("S", reports.storm())]
    for results in (MIXED, [*storm, *MIXED[:3]], MIXED[:1], storm):
        text = render_text(results, options)
        assert max(map(width, text.splitlines())) <= most
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


def test_columns_of_a_row_are_filled() -> None:
    """Six places in 125 columns are one row; in 63 two of three."""
    six: Results = [(str(n), reports.report()) for n in range(6)]
    wide = render_text(six, PLAIN).splitlines()
    narrow = render_text(six, replace(PLAIN, narrow=True)).splitlines()
    assert sum(line.count("10:15") for line in wide[:3]) == 6
    assert [line.count("10:15") for line in narrow if "10:15" in line] == [3, 3]
    four: Results = six[:4]
    narrow = render_text(four, replace(PLAIN, narrow=True)).splitlines()
    assert [line.count("10:15") for line in narrow if "10:15" in line] == [2, 2]


def test_letters_change_the_table() -> None:
    results: Results = [("A", reports.report())]
    assert "GeoNames" not in render_text(results, replace(PLAIN, footer=False))
    assert "Sat 16 May" not in render_text(results, replace(PLAIN, days=1))
    assert "Fri 15 May" not in render_text(results, replace(PLAIN, days=0))
    assert "10:15 AM" in render_text(results, replace(PLAIN, twelve_hours=True))
    assert "\x1b[" in render_text(results, replace(PLAIN, color=True))
    padded = render_text(results, replace(PLAIN, padding=True)).splitlines()
    assert all(line.startswith("  ") for line in padded)


def test_controls_of_a_name_do_not_reach_the_terminal() -> None:
    text = render_text([("a\x1b[2Jb\u202e", NOT_FOUND)], PLAIN)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_an_empty_report_has_dashes() -> None:
    text = render_text([("A", reports.all_values_missing())], PLAIN)
    assert "–" in text
    assert "None" not in text


@pytest.mark.parametrize("tag", ["ar", "he"])
def test_a_table_of_a_language_from_right_to_left_begins_at_the_right(tag: str) -> None:
    """Each cell ends with a mark, so that what follows it in the line is no part of it."""
    results: Results = [("A", reports.report()), ("B", reports.report(reports.NEW_WINDHAVEN))]
    options = replace(PLAIN, language=tag, days=0, footer=False)
    (names, times, *rest) = render_text(results, options).splitlines()
    assert names.index("New Windhaven") < names.index("Windhaven, Holm")
    assert times.index("04:15") < times.index("10:15")
    cells = [line for line in (names, *rest) if line]
    assert all(line.endswith("\u200e") for line in cells)
    assert {width(line) for line in cells} == {62}
