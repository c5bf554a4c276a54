"""Dates after `/moon@`."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.web import moon_date, special_paths
from weather.web.special_paths import MoonPath

CHRISTMAS = date(2016, 12, 25)


@pytest.mark.parametrize(
    "text",
    [
        *("2016-12-25", "20161225", "2016/12/25", "2016.12.25", "2016-W51-7", " 2016-12-25 "),
        *("2016-12-25T18:00", "2016-12-25 18:00:30", "2016-12-25_18:00", "2016-12-25T18:00Z"),
        *("25.12.2016", "25. 12. 2016", "25/12/2016", "12/25/2016", "12-25-2016", "25-12-2016"),
        *("25 Dec 2016", "25-Dec-2016", "25th December 2016", "Dec 25, 2016", "december_25_2016"),
        *("2016 Dec 25", "25 Dec 2016 at 18:00", "12/25/2016 6:00 PM"),
    ],
)
def test_a_date_in_its_usual_forms(text: str) -> None:
    assert moon_date.parse(text) == CHRISTMAS


def test_without_a_month_by_name_the_month_is_first_unless_there_are_points() -> None:
    assert moon_date.parse("03/04/2026") == date(2026, 3, 4)
    assert moon_date.parse("03.04.2026") == date(2026, 4, 3)


@pytest.mark.parametrize(
    "text",
    ["", "x", "2026-02-31", "31.02.2026", "2026-13-01", "0000-00-00", "2016", "12-25", "1e9",
     "2016-2017-2018", "25 Foo 2016", "²-12-2016", "99999999", "Dec Dec 2016", "2016-12-25-1"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert moon_date.parse(text) is None


@given(st.text(max_size=60) | st.from_regex(r"[0-9 ./_:T-]{0,20}[a-z]{0,9}[0-9 ./_-]{0,9}"))
def test_no_text_fails(text: str) -> None:
    path = special_paths.parse(f"moon@{text}")
    assert isinstance(path, MoonPath)
    assert path.date is None or 1900 <= path.date.year <= 2100
    assert not (path.date and path.is_beyond)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(
    ["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d %b %Y", "%B %d, %Y", "%Y/%m/%d", "%m/%d/%Y"]
))  # fmt: skip
def test_every_date_is_read_in_every_form(day: date, form: str) -> None:
    assert moon_date.parse(day.strftime(form)) == day
