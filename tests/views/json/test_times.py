"""The times of many rows are those of each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from weather.views.json.times import local_time, local_times

_DAY = 86_400
START = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
# Of whole hours and others, with changes by an hour, by half of one, twice in five weeks, and none.
ZONES = (
    *("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca"),
    *("Asia/Kathmandu", "Pacific/Chatham", "UTC"),
)


def each(seconds: range | list[int], zone: ZoneInfo) -> list[str | None]:
    return [local_time(datetime.fromtimestamp(number, UTC), zone) for number in seconds]


@pytest.mark.parametrize("name", ZONES)
def test_times_are_right_before_in_and_after_a_change_of_the_offset(name: str) -> None:
    zone = ZoneInfo(name)
    for day in range(0, 366, 7):
        seconds = range(START + day * _DAY, START + (day + 16) * _DAY, 3541)
        assert local_times(seconds, zone) == each(seconds, zone)


def test_times_are_right_over_a_year_in_any_order() -> None:
    zone = ZoneInfo("Europe/Berlin")
    seconds = [START + 400 * _DAY, START - 1, START + 200 * _DAY + 59, START]
    assert local_times(seconds, zone) == each(seconds, zone)
    assert local_times([], zone) == []


def test_no_zone_returns_to_its_offset_within_the_span_that_is_taken_for_steady() -> None:
    start, days = datetime(2026, 1, 1, tzinfo=UTC), 4 * 365
    for name in available_timezones():
        zone = ZoneInfo(name)
        offsets = [zone.utcoffset(start + timedelta(day)) for day in range(0, days, 2)]
        changes = [at for at in range(1, len(offsets)) if offsets[at] != offsets[at - 1]]
        gaps = [2 * (b - a) for a, b in pairwise(changes)]
        assert min(gaps, default=days) > 22, name
