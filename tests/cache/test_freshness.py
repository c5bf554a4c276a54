from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.cache.freshness import expiry

MINUTE = timedelta(minutes=1)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-05-15T{clock}+00:00")


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("08:20:00", "08:30:00"),
        ("08:15:00", "08:30:00"),
        ("08:28:59", "08:30:00"),
        ("08:29:30", "08:30:30"),  # a minute at least
        ("23:59:00", None),
    ],
)
def test_to_the_next_quarter_of_an_hour(now: str, until: str | None) -> None:
    wanted = at(until) if until else at("00:00:00") + timedelta(days=1)
    assert wanted <= expiry(None, at(now), "key") < wanted + MINUTE


def test_as_the_provider_says_within_reason() -> None:
    now = at("08:20:00")
    told_and_wanted = {"09:05:30": "09:05:30", "08:00:00": "08:21:00", "23:00:00": "10:20:00"}
    for told, wanted in told_and_wanted.items():
        assert at(wanted) <= expiry(at(told), now, "key") < at(wanted) + MINUTE


def test_each_key_has_a_second_of_its_own_that_does_not_change() -> None:
    now = at("08:20:00")
    times = {expiry(None, now, f"forecast {number}") for number in range(500)}
    assert len(times) == 60
    assert expiry(None, now, "a") == expiry(None, now + MINUTE, "a")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_never_longer_than_a_quarter_and_a_minute(now: datetime) -> None:
    assert MINUTE <= expiry(None, now, "key") - now < 17 * MINUTE
