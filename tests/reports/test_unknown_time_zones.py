"""Open-Meteo refuses `timezone=auto` for some coordinates: 400, "Invalid timezone".

The forecast is then fetched in days of UTC; its times are Unix times in any case, and the days
are aggregated in the time zone of the coordinates.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from simulator import Upstreams
from tests.conftest import Clock
from tests.forecasts.fakes import report
from weather.cache.cache import Cache
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamUnavailable
from weather.core.models import Coordinates, Place
from weather.core.threads import ThreadPool
from weather.forecasts.service import ForecastService
from weather.providers import open_meteo
from weather.providers.open_meteo import OpenMeteo
from weather.providers.open_meteo_account import ACCOUNT
from weather.stores.memory import Memory
from weather.upstream.client import Upstream
from weather.upstream.limit import Limit

COYHAIQUE = Coordinates(-45.57, -72.07)


def test_a_refused_time_zone_is_replaced_by_gmt(upstreams: Upstreams, clock: Clock) -> None:
    provider = OpenMeteo(Upstream("tests"), upstreams.url("open-meteo"))
    forecast = provider.forecast(COYHAIQUE, None, Deadline(5))
    assert [call.query["timezone"] for call in upstreams.calls()] == ["auto", "GMT"]
    assert forecast.timezone is None
    assert forecast.hours[0].valid_at == datetime(2026, 5, 14, tzinfo=UTC)
    assert len(forecast.hours) == 17 * 24
    assert forecast.current


def test_the_next_forecast_is_one_call(upstreams: Upstreams) -> None:
    provider = OpenMeteo(Upstream("tests"), upstreams.url("open-meteo"))
    forecast = provider.forecast(COYHAIQUE, None, Deadline(5))
    provider.forecast(COYHAIQUE, forecast, Deadline(5))
    assert [call.query["timezone"] for call in upstreams.calls()] == ["auto", "GMT", "GMT"]


def test_both_calls_count_in_the_quota(upstreams: Upstreams, clock: Clock) -> None:
    """Of a budget for one call there is none left for the second."""
    limits = {ACCOUNT.name: (Limit(int(open_meteo.FORECAST_WEIGHT) + 1, 3600),)}
    upstream = Upstream("tests", Memory(), now=clock, limits=limits)
    provider = OpenMeteo(upstream, upstreams.url("open-meteo"))
    with pytest.raises(UpstreamUnavailable, match="no more calls"):
        provider.forecast(COYHAIQUE, None, Deadline(5))
    assert len(upstreams.calls()) == 1


@pytest.mark.parametrize("hour", [0, 2, 5, 12, 23])
def test_today_is_a_whole_local_day(weather: ForecastService, clock: Clock, hour: int) -> None:
    clock.moment = datetime(2026, 5, 15, hour, 20, tzinfo=UTC)
    made = report(weather, Place(COYHAIQUE, timezone="America/Santiago"))
    assert made.provenance.provider == "open-meteo"
    assert made.days[0].temperature_max is not None
    assert made.days[0].precipitation is not None
    assert len(made.days) >= 15


@pytest.fixture
def weather(upstreams: Upstreams, clock: Clock) -> ForecastService:
    provider = OpenMeteo(Upstream("tests"), upstreams.url("open-meteo"))
    return ForecastService(
        [provider], None, None, Cache(Memory(), clock), clock, threads=ThreadPool(8, "fetch")
    )
