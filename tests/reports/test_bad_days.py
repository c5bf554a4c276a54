"""Bad days of the simulated providers, through the service: what there is is used, and what is not
known is null, never another value.

The rules stand in the tests of each kind: test_missing_present_hour, test_whole_days,
test_unknown_time_zones, test_time_of_text, and weather.providers.ranges.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from simulator.faults import Fault
from tests.conftest import Clock
from tests.web.clients import CURL, PROGRAM

RIYADH = ZoneInfo("Asia/Riyadh")
VIEWS = ("json", "text", "html", "p1", "3", "%C %t %f %w %h %P %u %p %o %H %L %e")
# As Python and JSON write the numbers of `faults.implausible`, without a page's digests.
IMPLAUSIBLE = re.compile(
    r"-999\b|\b(?:6e\+?17|1e\+?308|1e\+?20|10{20,}|60{17})|\b(?:inf|nan)\b", re.I
)


@pytest.fixture
def of(make_app: Callable[..., Flask]) -> Callable[[str], FlaskClient]:
    """A client of a service with one provider only, by its name."""
    return lambda name: make_app(forecast_providers=(name,)).test_client()


def report(client: FlaskClient, path: str = "/Riyadh") -> Any:
    response = client.get(f"{path}?format=json&days=16&hours=384&strict=1", headers=PROGRAM)
    assert response.status_code == 200, response.text
    return response.get_json()


@pytest.mark.parametrize("provider", ["open-meteo", "met-norway"])
@pytest.mark.parametrize("fault", [faults.missing_hour(), faults.late_start(2)])
def test_a_forecast_without_the_present_hour_is_used(
    of: Callable[[str], FlaskClient], upstreams: Upstreams, provider: str, fault: Fault
) -> None:
    whole = report(of(provider))
    upstreams.fail(provider, fault)
    body = report(of(provider))
    assert body["provenance"]["provider"] == provider
    assert body["provenance"]["stale"] is False
    assert len(body["daily"]) >= len(whole["daily"]) - 1
    assert body["current"]["temperature"] is not None
    # Measured values are as before; else those of the next hour there is.
    if provider == "open-meteo":
        assert body["current"]["temperature"] == whole["current"]["temperature"]
    else:
        assert body["current"]["valid_at"] > whole["current"]["valid_at"]


@pytest.mark.parametrize("provider", ["open-meteo", "met-norway"])
@pytest.mark.parametrize("count", [1, 2, 12, 13])
def test_a_half_known_last_day_has_the_whole_days_values_or_none(
    of: Callable[[str], FlaskClient], upstreams: Upstreams, provider: str, count: int
) -> None:
    whole = {day["date"]: day for day in report(of(provider))["daily"]}
    upstreams.fail(provider, faults.half_last_day(count))
    days = report(of(provider))["daily"]
    assert len(days) >= len(whole) - 4
    for day in days:
        for name in ("temperature_max", "temperature_min", "temperature_mean", "precipitation"):
            assert day[name] in {None, whole[day["date"]][name]}, (day["date"], name)


@pytest.mark.parametrize(("hour", "minute"), [(0, 5), (15, 10), (23, 5)])
def test_today_is_a_whole_day_or_unknown_with_met_norway(
    of: Callable[[str], FlaskClient], clock: Clock, hour: int, minute: int
) -> None:
    """Its forecast begins with the present hour."""
    clock.moment = datetime(2026, 7, 10, hour, minute, tzinfo=RIYADH).astimezone(UTC)
    body = report(of("met-norway"))
    today, tomorrow = body["daily"][:2]
    assert (today["temperature_max"] is None) == (hour > 0)
    assert (body["climate"]["departure"] is None) == (hour > 0)
    assert tomorrow["temperature_max"] - tomorrow["temperature_min"] > 2


def test_a_refused_time_zone_costs_one_more_call(
    of: Callable[[str], FlaskClient], upstreams: Upstreams
) -> None:
    whole = report(of("open-meteo"))
    upstreams.reset()
    upstreams.fail("open-meteo", faults.invalid_timezone())
    body = report(of("open-meteo"))
    zones = [call.query["timezone"] for call in upstreams.calls("open-meteo")]
    assert zones == ["auto", "GMT"]
    assert body["place"]["timezone"] == "Asia/Riyadh"
    assert body["daily"][:15] == whole["daily"][:15]


@pytest.mark.parametrize("every", [2, 3, 7])
def test_an_implausible_value_is_null_and_its_neighbours_are_as_they_were(
    of: Callable[[str], FlaskClient], upstreams: Upstreams, every: int
) -> None:
    whole = report(of("open-meteo"))
    upstreams.fail("open-meteo", faults.implausible(every))
    body = report(of("open-meteo"))
    for before, after in zip(whole["hourly"], body["hourly"], strict=True):
        for name in ("temperature", "uv_index", "precipitation", "pressure_msl", "wind_speed"):
            assert after[name] in {None, before[name]}, (after["valid_at"], name)
    assert any(hour["temperature"] is None for hour in body["hourly"])


@pytest.mark.parametrize("fault", [faults.implausible(), faults.implausible(3), faults.nulls()])
@pytest.mark.parametrize("view", VIEWS)
def test_implausible_values_break_no_view(
    client: FlaskClient, upstreams: Upstreams, fault: Fault, view: str
) -> None:
    upstreams.fail("open-meteo", fault)
    upstreams.fail("met-norway", fault)
    upstreams.fail("air-quality", fault)
    response = client.get("/Oslo", query_string={"format": view}, headers=CURL)
    assert response.status_code in {200, 503}
    assert not IMPLAUSIBLE.search(response.text)


def test_a_place_has_no_height_of_9999_metres(client: FlaskClient, upstreams: Upstreams) -> None:
    upstreams.fail("*", faults.no_height())
    assert client.get("/Zurich?format=json").get_json()["place"]["elevation"] is None
    assert "9999" not in client.get("/Zurich?format=html", headers=CURL).text
    upstreams.heal()
    assert client.get("/France?format=json").get_json()["place"]["elevation"] is None


def test_a_provider_that_is_behind_is_marked_in_text(
    client: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    """Oslo is two hours ahead of UTC in May."""
    upstreams.fail("open-meteo", faults.old_current(52))
    clock.moment = datetime(2026, 5, 15, 8, 46, tzinfo=UTC)
    lines = client.get("/Oslo?0T", headers=CURL).text.splitlines()
    assert lines[0] == "Weather report: Oslo, 09:53"
    assert lines[3].endswith("stale: 53 min old")


def test_times_ascend_whatever_is_missing(
    of: Callable[[str], FlaskClient], upstreams: Upstreams
) -> None:
    for provider in ("open-meteo", "met-norway"):
        upstreams.fail(provider, faults.missing_hour(), faults.half_last_day())
        times = [hour["valid_at"] for hour in report(of(provider))["hourly"]]
        moments = [datetime.fromisoformat(time) for time in times]
        assert all(before < after for before, after in pairwise(moments))
