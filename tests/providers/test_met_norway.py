from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise

import pytest

from simulator import Upstreams, faults
from simulator.faults import Fault
from tests.conftest import Clock
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Coordinates
from weather.providers.met_norway import METNorway
from weather.providers.met_norway_steps import weather_code
from weather.upstream.client import Upstream

OSLO = Coordinates(59.91, 10.75)
AGENT = "weather-tests/1 (tests@example.org)"


@pytest.fixture
def provider(upstreams: Upstreams) -> METNorway:
    return METNorway(Upstream(AGENT), upstreams.url("met-norway"))


def test_the_forecast_has_nine_days_of_full_hours(provider: METNorway, clock: Clock) -> None:
    forecast = provider.forecast(OSLO, None, Deadline(5))
    steps = {after.valid_at - before.valid_at for before, after in pairwise(forecast.hours)}
    assert steps == {timedelta(hours=1)}
    assert forecast.hours[-1].valid_at - clock() > timedelta(days=8)
    first = forecast.hours[1]
    for name in ("temperature", "apparent_temperature", "wind_speed", "pressure_msl"):
        assert getattr(first, name) is not None
    assert forecast.issued_at
    assert forecast.expires_at
    assert forecast.expires_at > clock()


def test_precipitation_is_neither_lost_nor_doubled(
    provider: METNorway, upstreams: Upstreams
) -> None:
    """What falls after a step is given to the hours in which it falls."""
    start = "2026-05-15T{:02}:00:00Z"
    series = [
        _step(start.format(8), 10, ("next_1_hours", 2.0)),
        _step(start.format(9), 12, ("next_6_hours", 6.0)),
        _step(start.format(15), 18, None),
    ]
    upstreams.fail("met-norway", faults.text(json.dumps({"properties": {"timeseries": series}})))
    hours = provider.forecast(OSLO, None, Deadline(5)).hours
    assert [hour.precipitation for hour in hours] == [2.0, 1, 1, 1, 1, 1, 1, None]
    assert [hour.temperature for hour in hours] == [10, 12, 13, 14, 15, 16, 17, 18]
    assert hours[0].wind_speed == 36.0


def test_the_precipitation_of_the_last_step_is_that_of_its_hour(
    provider: METNorway, upstreams: Upstreams
) -> None:
    start = "2026-05-15T{:02}:00:00Z"
    series = [
        _step(start.format(8), 10, None),
        _step(start.format(9), 12, ("next_6_hours", 6.0)),
    ]
    upstreams.fail("met-norway", faults.text(json.dumps({"properties": {"timeseries": series}})))
    hours = provider.forecast(OSLO, None, Deadline(5)).hours
    assert [hour.precipitation for hour in hours] == [None, 1.0]


def _step(time: str, temperature: float, fall: tuple[str, float] | None) -> dict[str, object]:
    data: dict[str, object] = {
        "instant": {"details": {"air_temperature": temperature, "wind_speed": 10.0}}
    }
    if fall:
        name, amount = fall
        data[name] = {
            "summary": {"symbol_code": "rain"},
            "details": {"precipitation_amount": amount},
        }
    return {"time": time, "data": data}


def test_an_unchanged_forecast_is_revalidated(
    provider: METNorway, upstreams: Upstreams, clock: Clock
) -> None:
    first = provider.forecast(OSLO, None, Deadline(5))
    assert first.validator
    again = provider.forecast(OSLO, first, Deadline(5))
    assert upstreams.calls("met-norway")[-1].headers["if-modified-since"] == first.validator
    assert again.hours == first.hours
    assert again.expires_at


def test_coordinates_and_user_agent_follow_the_terms(
    provider: METNorway, upstreams: Upstreams
) -> None:
    provider.forecast(Coordinates(59.123456, 10.987654), None, Deadline(5))
    (call,) = upstreams.calls("met-norway")
    assert (call.query["lat"], call.query["lon"]) == ("59.1235", "10.9877")
    assert call.headers["user-agent"] == AGENT


def test_a_user_agent_without_a_contact_is_refused(upstreams: Upstreams) -> None:
    nameless = METNorway(Upstream("python-requests/2"), upstreams.url("met-norway"))
    with pytest.raises(UpstreamError):
        nameless.forecast(OSLO, None, Deadline(5))


@pytest.mark.parametrize(
    "fault",
    [
        *(faults.nulls(), faults.missing_keys(["timeseries"]), faults.json_list(), faults.empty()),
        *(faults.html_200(), faults.status(422, "outside"), faults.text('{"properties":{}}')),
        faults.text('{"properties":{"timeseries":[1,null,{"time":"x"},{"time":3,"data":[]}]}}'),
    ],
)
def test_a_response_without_a_forecast_is_an_error(
    provider: METNorway, upstreams: Upstreams, fault: Fault
) -> None:
    upstreams.fail("met-norway", fault)
    with pytest.raises(UpstreamError):
        provider.forecast(OSLO, None, Deadline(5))


@pytest.mark.parametrize(
    ("symbol", "code"),
    [
        *(("clearsky_day", 0), ("fair_night", 1), ("partlycloudy_polartwilight", 2)),
        *(("cloudy", 3), ("fog", 45), ("lightrain", 61), ("rain", 63), ("heavyrain", 65)),
        *(("lightrainshowers_day", 80), ("heavysnowshowers_day", 86), ("heavysleet", 67)),
        *(("rainandthunder", 95), ("heavysnowshowersandthunder_night", 95)),
        *(("lightssnowshowersandthunder_day", 95), ("lightssleetshowersandthunder_day", 95)),
        *(("hail", None), ("", None), (None, None), (5, None), ("lightclearsky", None)),
    ],
)
def test_a_symbol_is_a_wmo_code(symbol: object, code: int | None) -> None:
    assert weather_code(symbol) == code
