"""Precipitation in quarters of an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.core.models.nowcast import QUARTER, RANGE, Nowcast, first_spell, next_change, to_step

START = datetime(2026, 5, 15, 8, tzinfo=UTC)
AT = START + timedelta(minutes=20)
WET, DRY = 0.4, 0.0


def minutes(*after: int | None) -> list[datetime | None]:
    """Moments so many minutes after 8 o'clock."""
    return [None if n is None else START + timedelta(minutes=n) for n in after]


def test_quarters_are_those_from_the_present_one_on_for_two_hours() -> None:
    quarters = Nowcast(START, (DRY,) * 20).coming(AT)
    assert [quarter.starts_at for quarter in quarters] == minutes(*range(15, 140, 15))
    on_the_quarter = Nowcast(START, (DRY,) * 20).coming(START)
    assert [quarter.starts_at for quarter in on_the_quarter] == minutes(*range(0, 125, 15))


def test_nothing_is_known_before_or_after_the_provider_knows_it() -> None:
    assert Nowcast(START, (DRY,) * 4).coming(START - QUARTER) == ()
    assert Nowcast(START, (DRY,) * 4).coming(START + 4 * QUARTER) == ()
    assert Nowcast(START, (DRY, None, DRY)).coming(AT) == ()
    assert len(Nowcast(START, (None, WET, WET, None, DRY)).coming(AT)) == 2


@pytest.mark.parametrize(
    ("amounts", "start", "end"),
    [
        ([DRY, DRY, WET, WET, DRY, DRY], 30, 60),
        ([DRY, DRY, WET, DRY, WET, DRY, DRY], 30, 75),  # a pause of a quarter
        ([DRY, WET, DRY, DRY, WET, DRY], 15, 30),
        ([WET, WET, DRY], 15, 30),
        ([DRY, DRY, WET, WET], 30, None),
        ([DRY, DRY, 0.05, DRY], 30, 45),
    ],
)
def test_the_first_spell(amounts: list[float], start: int, end: int | None) -> None:
    spell = first_spell(Nowcast(START, tuple(amounts)).coming(AT))
    assert spell
    assert [spell.starts_at, spell.ends_at] == minutes(start, end)


def test_dry_quarters_have_no_spell() -> None:
    assert first_spell(()) is None
    assert first_spell(Nowcast(START, (DRY, 0.04, DRY)).coming(AT)) is None


@pytest.mark.parametrize(
    ("start", "count"), [(21, 5), (22, 5), (27, 5), (28, 10), (30, 10), (42, 20), (43, 25)]
)
def test_times_are_to_the_nearest_five_minutes(start: int, count: int) -> None:
    starts_at = START + timedelta(minutes=start)
    spell = first_spell(Nowcast(starts_at, (WET, DRY, DRY)).coming(starts_at))
    assert spell
    assert spell.minutes_to_start(AT) == count
    assert spell.minutes_to_start(starts_at) == 0


@given(st.lists(st.sampled_from((WET, DRY)), min_size=5, max_size=14), st.integers(0, 59))
def test_what_is_told_stays_until_the_change(amounts: list[float], minute: int) -> None:
    nowcast = Nowcast(START, tuple(amounts))

    def sentence_values(at: datetime) -> object:
        quarters = nowcast.coming(at)
        spell = first_spell(quarters)
        if spell is None:
            return quarters
        minutes = spell.minutes_to_start(at), spell.minutes_to_end(at)
        return quarters, minutes, to_step(at), spell.known_until >= at + RANGE

    at = START + timedelta(minutes=minute)
    change = next_change(nowcast.coming(at), at)
    assert change
    assert at < change <= at + QUARTER
    later = at
    while later < change:
        assert sentence_values(later) == sentence_values(at)
        later += timedelta(minutes=1)


def test_nothing_changes_where_nothing_is_told() -> None:
    assert next_change((), AT) is None
