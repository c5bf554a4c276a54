"""What the entries of a place take in the store, with the simulated weather of the fixed clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from statistics import mean
from typing import Any

import pytest

from simulator import Upstreams
from tests.conftest import Clock
from weather.cache.codec import decode, encode
from weather.cache.entry import Entry
from weather.core import daily
from weather.core.deadline import Deadline
from weather.core.models import AirQuality, CellForecast, Coordinates, Hours
from weather.providers.open_meteo import OpenMeteo
from weather.providers.open_meteo_air_quality import OpenMeteoAirQuality
from weather.upstream.client import Upstream

PLACES = [(47.37, 8.54), (-33.87, 151.21), (64.15, -21.95), (1.35, 103.82)]
Fetch = Callable[[Coordinates], Any]


@pytest.fixture
def forecast(upstreams: Upstreams, clock: Clock) -> Fetch:
    provider = OpenMeteo(Upstream("tests", now=clock), upstreams.url("open-meteo"))

    def forecast(where: Coordinates) -> CellForecast:
        given = provider.forecast(where, None, Deadline(30))
        lit, zone = daily.with_daylight(given, where), given.timezone or "UTC"
        return CellForecast(lit, zone, daily.days(lit.hours, where, zone))

    return forecast


@pytest.fixture
def air(upstreams: Upstreams, clock: Clock) -> Fetch:
    provider = OpenMeteoAirQuality(Upstream("tests", now=clock), upstreams.url("air-quality"))

    def air(where: Coordinates) -> AirQuality:
        return provider.air_quality(where, Deadline(30))

    return air


def entries(fetch: Fetch, clock: Clock) -> list[Entry[Any]]:
    return [Entry(fetch(Coordinates(*place)), clock(), clock()) for place in PLACES]


def test_what_a_place_takes(forecast: Fetch, air: Fetch, clock: Clock) -> None:
    assert mean(len(encode(entry)) for entry in entries(forecast, clock)) < 3_900
    assert mean(len(encode(entry)) for entry in entries(air, clock)) < 150


def test_a_forecast_of_blocks_is_read_back(forecast: Fetch, clock: Clock) -> None:
    for entry in entries(forecast, clock):
        assert decode(encode(entry)) == entry


def test_the_blocks_of_a_forecast_end_where_there_are_few_hours(
    forecast: Fetch, clock: Clock
) -> None:
    whole = entries(forecast, clock)[0].value
    for count in (0, 1, 99, 100, 101):
        hours = Hours.of(whole.forecast.hours)[:count]
        part = replace(whole, forecast=replace(whole.forecast, hours=hours))
        entry = Entry(part, clock(), clock())
        assert decode(encode(entry)) == entry
