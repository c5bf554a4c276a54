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


def test_an_offset_that_is_left_for_days_is_seen() -> None:
    """By tzdata's forecast Gaza has winter time for nine days in October 2040: the offset is the
    same at both ends of a span of three weeks."""
    zone = ZoneInfo("Asia/Gaza")
    start = int(datetime(2040, 10, 15, tzinfo=UTC).timestamp())
    seconds = range(start, start + 18 * _DAY, 3600)
    assert local_times(seconds, zone) == each(seconds, zone)


def test_no_zone_changes_its_offset_twice_within_a_day() -> None:
    start, hours = datetime(2026, 1, 1, tzinfo=UTC), 6
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        steps = range(0, 3 * 365 * 24, hours)
        offsets = [zone.utcoffset((start + timedelta(hours=h)).astimezone(zone)) for h in steps]
        changes = [at for at in range(1, len(offsets)) if offsets[at] != offsets[at - 1]]
        gaps = [hours * (b - a) for a, b in pairwise(changes)]
        assert min(gaps, default=48) >= 48, name
