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
def test_a_forecast_is_fresh_to_the_next_quarter_of_an_hour(now: str, until: str | None) -> None:
    expected = at(until) if until else at("00:00:00") + timedelta(days=1)
    assert expected <= expiry(None, at(now), "key") < expected + MINUTE


def test_a_forecast_is_fresh_as_its_provider_says_within_bounds() -> None:
    now = at("08:20:00")
    expected = {"09:05:30": "09:05:30", "08:00:00": "08:21:00", "23:00:00": "10:20:00"}
    for expires_at, until in expected.items():
        assert at(until) <= expiry(at(expires_at), now, "key") < at(until) + MINUTE


def test_each_key_has_a_constant_part_of_a_minute_of_its_own() -> None:
    now = at("08:20:00")
    times = {expiry(None, now, f"forecast {number}") for number in range(500)}
    assert len(times) == 60
    assert expiry(None, now, "a") == expiry(None, now + MINUTE, "a")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_freshness_lasts_one_to_seventeen_minutes(now: datetime) -> None:
    assert MINUTE <= expiry(None, now, "key") - now < 17 * MINUTE
