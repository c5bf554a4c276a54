"""The simulated Open-Meteo's times: offsets, zones of half hours, and windows."""

from datetime import datetime
from itertools import pairwise

import pytest

from simulator.server import Upstreams
from tests.simulator.client import ZURICH, forecast


def test_one_offset_holds_over_the_clock_change(upstreams: Upstreams) -> None:
    """Toronto changes to summer time on 8 March 2026; Open-Meteo's times do not."""
    query = "latitude=43.7&longitude=-79.4&timezone=auto&hourly=rain&daily=sunrise&past_days=1"
    body = forecast(upstreams, query)
    times = [datetime.fromisoformat(time) for time in body["hourly"]["time"]]
    assert body["utc_offset_seconds"] == -18_000
    assert body["timezone_abbreviation"] == "GMT-5"
    assert {(after - before).seconds for before, after in pairwise(times)} == {3600}
    assert len(times) == 8 * 24
    assert body["daily"]["sunrise"][-1].startswith("2026-03-11T06:3")


@pytest.mark.parametrize(
    ("place", "offset", "abbreviation"),
    [
        ("latitude=27.7&longitude=85.32", 20_700, "GMT+5:45"),
        ("latitude=-34.93&longitude=138.6", 37_800, "GMT+10:30"),
        ("latitude=47.56&longitude=-52.71", -12_600, "GMT-3:30"),
    ],
)
def test_zones_of_half_hours_have_full_local_hours(
    upstreams: Upstreams, place: str, offset: int, abbreviation: str
) -> None:
    body = forecast(upstreams, place + "&timezone=auto&hourly=is_day&daily=sunrise")
    assert (body["utc_offset_seconds"], body["timezone_abbreviation"]) == (offset, abbreviation)
    assert all(time.endswith(":00") for time in body["hourly"]["time"])


def test_unixtime_is_true_utc(upstreams: Upstreams) -> None:
    query = "&timezone=auto&timeformat=unixtime&current=rain&hourly=rain&daily=sunset"
    body = forecast(upstreams, ZURICH + query)
    assert body["current"]["time"] == int(upstreams.now().timestamp()) // 900 * 900
    assert (body["daily"]["time"][0] + body["utc_offset_seconds"]) % 86_400 == 0
    assert body["daily_units"] == {"time": "unixtime", "sunset": "unixtime"}
    assert 0 < body["daily"]["sunset"][0] - body["daily"]["time"][0] < 86_400


@pytest.mark.parametrize(
    ("query", "section", "first", "count"),
    [
        ("hourly=rain", "hourly", "2026-03-05T00:00", 168),
        ("hourly=rain&forecast_days=0", "hourly", None, 0),
        ("hourly=rain&forecast_days=16", "hourly", "2026-03-05T00:00", 384),
        ("hourly=rain&past_days=2&forecast_days=1", "hourly", "2026-03-03T00:00", 72),
        ("hourly=rain&forecast_hours=5", "hourly", "2026-03-05T21:00", 5),
        ("hourly=rain&forecast_hours=5&past_hours=3", "hourly", "2026-03-05T18:00", 8),
        ("hourly=rain&start_date=2026-03-04&end_date=2026-03-05", "hourly", "2026-03-04T00:00", 48),
        (
            "hourly=rain&start_hour=2026-03-04T10:00&end_hour=2026-03-04T12:00",
            "hourly",
            "2026-03-04T10:00",
            3,
        ),
        ("daily=rain_sum&forecast_days=3", "daily", "2026-03-05", 3),
        ("daily=rain_sum&start_date=2026-03-04&end_date=2026-03-05", "daily", "2026-03-04", 2),
        ("minutely_15=rain", "minutely_15", "2026-03-05T00:00", 288),
        ("minutely_15=rain&forecast_minutely_15=4", "minutely_15", "2026-03-05T21:00", 4),
    ],
)
def test_a_window_has_its_first_row_and_length(
    upstreams: Upstreams, query: str, section: str, first: str | None, count: int
) -> None:
    rows = forecast(upstreams, f"{ZURICH}&{query}")[section]
    assert {len(values) for values in rows.values()} == {count}
    assert rows["time"][:1] == ([first] if first else [])
