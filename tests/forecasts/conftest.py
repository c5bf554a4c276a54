from __future__ import annotations

import pytest

from simulator import Upstreams
from tests.conftest import Clock
from weather.atlas import Atlas
from weather.cache.cache import Cache
from weather.core.threads import ThreadPool
from weather.forecasts.service import ForecastService
from weather.providers.met_norway import METNorway
from weather.providers.open_meteo import OpenMeteo
from weather.providers.open_meteo_air_quality import OpenMeteoAirQuality
from weather.stores.memory import Memory
from weather.upstream.client import Upstream


@pytest.fixture
def weather(upstreams: Upstreams, clock: Clock) -> ForecastService:
    """The service with the real adapters, in front of the simulated providers."""
    upstream = Upstream("weather-tests/1 (tests@example.org)")
    return ForecastService(
        [
            OpenMeteo(upstream, upstreams.url("open-meteo")),
            METNorway(upstream, upstreams.url("met-norway")),
        ],
        OpenMeteoAirQuality(upstream, upstreams.url("air-quality")),
        Atlas(),
        Cache(Memory(), clock),
        clock,
        threads=ThreadPool(8, "fetch"),
    )
