"""The moon as text: its disc by phase and hemisphere, and its dates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from weather.views.ansi import width
from weather.views.moon import MoonView, disc, render
from weather.views.options import ViewOptions

PLAIN = ViewOptions(color=False)


def moon(day: datetime, *, southern: bool = False, options: ViewOptions = PLAIN) -> list[str]:
    return render(MoonView(day, "Europe/Berlin", southern), options).splitlines()


def lit(rows: list[str]) -> tuple[int, int]:
    """The lit cells of the left and of the right half."""
    middle = 3 + disc.COLUMNS // 2
    halves = [row[:middle] for row in rows], [row[middle:] for row in rows]
    left, right = (sum(char in "o:@" for row in half for char in row) for half in halves)
    return left, right


def test_a_new_moon_is_dark_and_a_full_moon_is_lit() -> None:
    assert lit(moon(datetime(2026, 2, 17, 12, tzinfo=UTC))[: disc.ROWS]) == (0, 0)
    full = moon(datetime(2026, 3, 3, 12, tzinfo=UTC))[: disc.ROWS]
    assert "." not in "".join(full)


def test_the_waxing_moon_is_lit_on_the_right_in_the_north_and_on_the_left_in_the_south() -> None:
    first_quarter = datetime(2026, 2, 24, 12, 28, tzinfo=UTC)
    left, right = lit(moon(first_quarter)[: disc.ROWS])
    assert left < right / 10
    assert lit(moon(first_quarter, southern=True)[: disc.ROWS]) == (right, left)


def test_half_of_the_disc_is_lit_at_a_quarter() -> None:
    cells = "".join(moon(datetime(2026, 2, 24, 12, 28, tzinfo=UTC))[: disc.ROWS])
    share = sum(char in "o:@" for char in cells) / len(cells.replace(" ", ""))
    assert share == pytest.approx(0.5, abs=0.03)


def test_the_maria_of_the_east_are_on_the_right_in_the_north() -> None:
    """Mare Crisium lies alone near the eastern limb, at 16° N 59° E."""
    full = moon(datetime(2026, 3, 3, 12, tzinfo=UTC))
    row = full[round((1 - 0.28) / 2 * disc.ROWS - 0.5)].ljust(60)
    crisium = 3 + round((0.82 + 1) / 2 * disc.COLUMNS)
    assert row[crisium] == ":"


def test_the_next_phases_have_dates_in_their_order() -> None:
    lines = moon(datetime(2026, 5, 24, 12, tzinfo=UTC))
    assert lines[-3:] == [
        "Sun 24 May 2026: First quarter, 61 %",
        "Full moon: Sun 31 May",
        "New moon: Mon 15 Jun",
    ]


def test_options_remove_dates_and_colours_and_choose_the_language() -> None:
    day = datetime(2026, 5, 24, 12, tzinfo=UTC)
    assert len(moon(day, options=ViewOptions(footer=False))) == disc.ROWS + 2
    assert "\x1b[38;5;" in "".join(moon(day, options=ViewOptions()))
    assert "\x1b" not in "".join(moon(day))
    assert "Vollmond: So, 31. Mai" in moon(day, options=ViewOptions(color=False, language="de"))


def test_every_row_fits_the_disc() -> None:
    for day in range(1, 29):
        for row in moon(datetime(2026, 2, day, tzinfo=UTC))[: disc.ROWS]:
            assert width(row) <= 3 + disc.COLUMNS
