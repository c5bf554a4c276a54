"""Where one kind of precipitation turns into another."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.views.precipitation_kinds import (
    FREEZING_RAIN,
    RAIN,
    SNOW,
    THUNDERSTORM,
    run_lengths,
)

KINDS = {"r": RAIN, "s": SNOW, "f": FREEZING_RAIN, "t": THUNDERSTORM, "?": None}


@pytest.mark.parametrize(
    ("hours", "parts"),
    [
        ("rrr", "rrr"),
        ("rrss", "rr ss"),
        ("rsr", "rsr"),
        ("rsssr", "r sss r"),
        ("sssssfrrrrrrr", "sssss f rrrrrrr"),
        ("rrrsrsssss", "rrrsr sssss"),
        ("rrrrtrrr", "rrrrtrrr"),
        ("tttrttt", "tttrttt"),
        ("tttr", "tttr"),
        ("ttssss", "ttssss"),
        ("ttttss", "tttt ss"),
        ("stts", "s tt s"),
        ("sttss", "sttss"),
        ("tffff", "t ffff"),
        ("fffft", "ffff t"),
        ("fftff", "fftff"),
        ("s?s", "s?s"),
        ("?rr", "?rr"),
        ("???", "???"),
        ("?t?", "?t?"),
        ("", ""),
    ],
)
def test_hours_are_divided_where_the_kind_changes(hours: str, parts: str) -> None:
    assert run_lengths([KINDS[hour] for hour in hours]) == [len(part) for part in parts.split()]


@given(st.text("rsft?", max_size=24))
def test_a_part_begins_and_ends_with_what_is_most_of_it(hours: str) -> None:
    """But for thunder, which comes with the rest."""
    lengths = run_lengths([KINDS[hour] for hour in hours])
    assert sum(lengths) == len(hours)
    for length, end in zip(lengths, accumulate(lengths), strict=True):
        part = hours[end - length : end].replace("?", "")
        others = part.replace("t", "")
        if others:
            most = max(set(others), key=others.count)
            assert others[0] == others[-1]
            assert others.count(others[0]) == others.count(most)
