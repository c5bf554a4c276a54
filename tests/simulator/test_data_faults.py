"""Faults of the data: a valid response whose rows or values are doubtful."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import Upstreams, faults
from tests.simulator.client import ZURICH, get, search

OPEN_METEO = f"/v1/forecast?{ZURICH}&current=temperature_2m&hourly=temperature_2m,uv_index"
MET_NORWAY = "/weatherapi/locationforecast/2.0/complete?lat=47.37&lon=8.55"


def columns(upstreams: Upstreams, *planned: faults.Fault, options: str = "") -> Any:
    upstreams.fail("open-meteo", *planned)
    return get(upstreams, "open-meteo", OPEN_METEO + options).json()


def steps(upstreams: Upstreams, *planned: faults.Fault) -> Any:
    upstreams.fail("met-norway", *planned)
    return get(upstreams, "met-norway", MET_NORWAY).json()["properties"]["timeseries"]


@pytest.mark.parametrize("options", ["", "&timeformat=unixtime"])
def test_the_row_of_the_present_hour_is_missing(upstreams: Upstreams, options: str) -> None:
    whole = columns(upstreams, options=options)
    broken = columns(upstreams, faults.missing_hour(), options=options)
    (gap,) = set(whole["hourly"]["time"]) - set(broken["hourly"]["time"])
    now = whole["current"]["time"]
    assert gap == (now[:13] + ":00" if isinstance(now, str) else now // 3600 * 3600)
    assert len(broken["hourly"]["uv_index"]) == len(broken["hourly"]["time"])
    assert broken["current"] == whole["current"]


def test_the_first_row_is_in_the_future(upstreams: Upstreams) -> None:
    body = columns(upstreams, faults.late_start(2), options="&timeformat=unixtime")
    assert 3600 < body["hourly"]["time"][0] - body["current"]["time"] <= 2 * 3600


def test_the_first_step_is_in_the_future(upstreams: Upstreams) -> None:
    whole = steps(upstreams)
    assert steps(upstreams, faults.missing_hour()) == whole[1:]
    assert steps(upstreams, faults.late_start(3)) == whole[3:]


def test_the_last_values_are_null(upstreams: Upstreams) -> None:
    whole, hourly = (
        columns(upstreams)["hourly"],
        columns(upstreams, faults.half_last_day())["hourly"],
    )
    assert hourly["time"] == whole["time"]
    assert hourly["uv_index"] == [*whole["uv_index"][:-12], *[None] * 12]
    last = steps(upstreams, faults.half_last_day(2))[-2:]
    assert {step["data"]["instant"]["details"]["air_temperature"] for step in last} == {None}


@pytest.mark.parametrize("options", ["", "&timeformat=unixtime"])
def test_current_is_old(upstreams: Upstreams, options: str) -> None:
    now = columns(upstreams, options=options)["current"]["time"]
    old = columns(upstreams, faults.old_current(45), options=options)["current"]["time"]
    assert old < now
    if not isinstance(now, str):
        assert now - old == 45 * 60


def test_only_an_automatic_time_zone_is_refused(upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.invalid_timezone())
    refused = get(upstreams, "open-meteo", f"{OPEN_METEO}&timezone=auto")
    assert (refused.status_code, refused.json()["reason"]) == (400, "Invalid timezone")
    assert get(upstreams, "open-meteo", f"{OPEN_METEO}&timezone=GMT").status_code == 200


def test_numbers_are_implausible(upstreams: Upstreams) -> None:
    plain = columns(upstreams)["hourly"]["uv_index"]
    every = columns(upstreams, faults.implausible())["hourly"]["uv_index"]
    assert set(every) == {-999, 6e17, 1e308, -1e308, 1e20}
    third = columns(upstreams, faults.implausible(3))["hourly"]["uv_index"]
    kept = [new for new, old in zip(third, plain, strict=True) if new == old]
    assert len(kept) == pytest.approx(len(plain) * 2 / 3, abs=1)


def test_there_is_no_height(upstreams: Upstreams) -> None:
    upstreams.fail("*", faults.no_height())
    assert get(upstreams, "open-meteo", OPEN_METEO).json()["elevation"] == 9999
    assert search(upstreams, "name=Paris")[0]["elevation"] == 9999


def test_other_providers_answer_as_before(upstreams: Upstreams) -> None:
    upstreams.fail(
        "geocoding", faults.missing_hour(), faults.late_start(), faults.half_last_day(),
        faults.old_current(), faults.invalid_timezone(),
    )  # fmt: skip
    assert search(upstreams, "name=Paris")[0]["name"] == "Paris"
