"""The tables of the days: widths, colours, dates, languages, and any conditions."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import reports
from tests.views.text.screens import PLAIN, REPORT, flags
from weather.core.measurement_systems import Units
from weather.core.models import Conditions, Coordinates, LocatedBy, LocatedPlace, Place, Report
from weather.i18n.languages import LANGUAGES, Language
from weather.views import text
from weather.views.ansi import width
from weather.views.options import ViewOptions

ESCAPE = re.compile(r"\x1b\[(?:38;5;\d{1,3}|0)m")


@pytest.mark.parametrize(("letters", "columns"), [("", 125), ("T", 125), ("n", 63), ("nT", 63)])
@pytest.mark.parametrize(
    "report", [REPORT, reports.storm(), reports.all_values_missing(), reports.polar_day()]
)
def test_all_lines_of_the_tables_have_one_width(report: Report, letters: str, columns: int) -> None:
    lines = ESCAPE.sub("", text.render(report, flags(letters))).splitlines()
    assert {len(line) for line in lines[7:37]} == {columns}


def test_colours_do_not_change_the_text() -> None:
    colored = text.render(REPORT, ViewOptions())
    assert ESCAPE.sub("", colored) == text.render(REPORT, PLAIN)


def test_every_colour_ends_in_its_line() -> None:
    for line in text.render(reports.storm(), ViewOptions()).splitlines():
        kinds = ["end" if escape == "\x1b[0m" else "start" for escape in ESCAPE.findall(line)]
        assert kinds == ["start", "end"] * (len(kinds) // 2)


def test_dates_of_a_year_in_english() -> None:
    days = [replace(REPORT.days[0], date=date(2027, 1, 1) + timedelta(n)) for n in range(365)]
    lines = text.render(replace(REPORT, days=days), replace(PLAIN, days=365)).splitlines()
    labels = re.findall(r"┤ {2}(.{10}) ├", "\n".join(lines))
    assert labels == [f"{day.date:%a %d %b}" for day in days]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
@pytest.mark.parametrize("letters", ["T", "nT"])
def test_the_layout_is_the_same_in_every_language(language: Language, letters: str) -> None:
    lines = text.render(REPORT, replace(flags(letters), language=language.tag)).splitlines()
    tables = lines[7:37]
    assert {width(line) for line in tables} == {63 if "n" in letters else 125}
    assert len(lines) == 40
    titles = language.translate("Morning|Noon|Evening|Night").split("|")
    assert all(title in tables[2] for title in (titles[1::2] if "n" in letters else titles))


# Any conditions

_MOMENTS = st.integers(0, 72).map(lambda n: reports.AT + timedelta(hours=n - 12))
_VALUES: dict[Any, st.SearchStrategy[Any]] = {
    float | None: st.none() | st.floats(-1e6, 1e6),
    int | None: st.none() | st.integers(-5, 200),
    bool | None: st.none() | st.booleans(),
    datetime: _MOMENTS,
}
_HINTS = get_type_hints(Conditions)
_CONDITIONS = st.builds(
    Conditions, **{field.name: _VALUES[_HINTS[field.name]] for field in fields(Conditions)}
)
_NAMES = st.none() | st.text(max_size=40)
_PLACES = st.builds(
    Place,
    st.builds(Coordinates, st.floats(-90, 90), st.floats(-180, 180)),
    name=_NAMES,
    region=_NAMES,
    country_code=_NAMES,
)


@settings(max_examples=60, deadline=None)
@given(
    place=_PLACES,
    current=_CONDITIONS,
    hours=st.lists(_CONDITIONS, max_size=12, unique_by=lambda hour: hour.valid_at),
    options=st.builds(
        ViewOptions,
        units=st.sampled_from(Units),
        wind_in_ms=st.booleans(),
        narrow=st.booleans(),
        color=st.booleans(),
    ),
)
def test_any_conditions_keep_the_layout(
    place: Place, current: Conditions, hours: list[Conditions], options: ViewOptions
) -> None:
    hours.sort(key=lambda hour: hour.valid_at)
    located = LocatedPlace(place, LocatedBy.COORDINATES)
    report = replace(REPORT, located=located, current=current, hours=hours, earlier=())
    lines = text.render(report, options).split("\n")
    assert len(lines) == 41
    assert {width(line) for line in lines[7:37]} == {63 if options.narrow else 125}
    assert not any("None" in line or "nan" in line for line in lines[2:37])
