"""Answers that are right but for one value, whichever: they are read, or they are an outage."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

import pytest
import requests

from simulator import Upstreams, faults
from tests.conftest import Clock
from weather.core import daily
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Coordinates
from weather.providers.bright_sky import BrightSky
from weather.providers.geojs import GeoJS
from weather.providers.ipwhois import IPWhois
from weather.providers.met_norway import METNorway
from weather.providers.nws import NWS
from weather.providers.open_meteo import OpenMeteo
from weather.providers.open_meteo_air_quality import OpenMeteoAirQuality
from weather.providers.open_meteo_geocoding import OpenMeteoGeocoder
from weather.upstream.client import Upstream

AGENT = "weather-tests/1 (tests@example.org)"
HERE = Coordinates(47.37, 8.55)
VISITOR = ip_address("81.2.69.160")
TRIES = 40
VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e308, 5e-324, 2**63, 10**400, 16_725_225_600, 253_402_300_799),
    *("", "x", "NaN", "é\ud800", "2026-13-45", "2500-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
    *("0001-01-01T00:00:00+14:00", [], {}, [None], [[]], {"a": None}, [{}]),
)
Ask = Callable[[Upstream, str], object]
ASK: dict[str, Ask] = {
    "open-meteo": lambda upstream, url: daily.with_days(
        OpenMeteo(upstream, url).forecast(HERE, None, Deadline(5)), HERE, "Europe/Zurich"
    ),
    "met-norway": lambda upstream, url: daily.with_days(
        METNorway(upstream, url).forecast(HERE, None, Deadline(5)), HERE, "Europe/Zurich"
    ),
    "air-quality": lambda upstream, url: OpenMeteoAirQuality(upstream, url).air_quality(
        HERE, Deadline(5)
    ),
    "geocoding": lambda upstream, url: OpenMeteoGeocoder(upstream, url).search(
        "Paris", ("Texas",), "en", Deadline(5)
    ),
    "nws": lambda upstream, url: NWS(upstream, url).alerts(Coordinates(39.7, -104.9), Deadline(5)),
    "bright-sky": lambda upstream, url: BrightSky(upstream, url).alerts(
        Coordinates(52.5, 13.4), Deadline(5)
    ),
    "ipwhois": lambda upstream, url: IPWhois(upstream, url).locate(VISITOR, Deadline(5)),
    "geojs": lambda upstream, url: GeoJS(upstream, url).locate(VISITOR, Deadline(5)),
}


class Kept(Upstream):
    """Keeps the address of the call, to make it once more."""

    asked: tuple[str, dict[str, Any]]

    def get(self, provider: str, url: str, *arguments: Any, **options: Any) -> Any:
        self.asked = url, options
        return super().get(provider, url, *arguments, **options)


def plain(ask: Ask, url: str) -> Any:
    """What the provider says."""
    upstream = Kept(AGENT)
    ask(upstream, url)
    address, options = upstream.asked
    headers = {"User-Agent": AGENT, **(options.get("headers") or {})}
    told = requests.get(address, params=options.get("params"), headers=headers, timeout=5)
    return told.json()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value, of lists only to the first and the last."""
    yield path
    keys: Iterable[Any] = value if isinstance(value, dict) else ()
    if isinstance(value, list) and value:
        keys = (0, len(value) - 1)
    for key in keys:
        yield from places(value[key], (*path, key))


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy: Any = value.copy()
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


@pytest.mark.parametrize("name", ASK)
def test_one_wrong_value(
    upstreams: Upstreams, clock: Clock, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    url, chance = upstreams.url(name), random.Random(name)
    told = plain(ASK[name], url)
    cases = [(path, value) for path in places(told) for value in VALUES]
    for path, value in chance.sample(cases, min(TRIES, len(cases))):
        upstreams.fail(name, faults.text(json.dumps(changed(told, path, value))))
        with suppress(UpstreamError):
            ASK[name](Upstream(AGENT), url)
        assert "did not foresee" not in caplog.text, (path, value)
