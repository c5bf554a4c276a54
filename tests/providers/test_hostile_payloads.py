"""No text, number, time or list of any provider passes the boundary beyond its limits."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from simulator import Upstreams, faults
from tests import mmdb
from tests.providers import hostile
from tests.providers.calls import AGENT, LONDON, REMOTE, ZURICH, adapter, call
from tests.providers.test_altered_responses import healthy_payload
from weather.core import boundary
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Place
from weather.providers import bounded, registry
from weather.providers.declaration import Provider, Role
from weather.settings import Settings
from weather.upstream.client import Upstream

CASES = int(os.environ.get("HOSTILE_CASES", "30"))  # of each provider


@pytest.fixture(params=REMOTE.values(), ids=list(REMOTE))
def provider(request: pytest.FixtureRequest) -> Provider[Any]:
    of_registry: Provider[Any] = request.param
    return of_registry


def results(provider: Provider[Any], upstreams: Upstreams, bodies: Iterator[str]) -> Iterator[Any]:
    """What the adapter makes of each body."""
    for body in bodies:
        upstreams.fail(provider.key, faults.text(body))
        with suppress(UpstreamError):
            yield _result(provider, upstreams)


def _result(provider: Provider[Any], upstreams: Upstreams) -> Any:
    service = adapter(provider, upstreams, Upstream(AGENT))
    if provider.role is Role.FORECAST:  # without its days, which take a while
        return service.forecast(ZURICH, None, Deadline(5))
    return call(provider, service)


def sample(provider: Provider[Any], cases: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """As many cases as take a second or two, the same ones each time."""
    every = list(cases)
    return random.Random(provider.key).sample(every, min(len(every), CASES))


def test_every_adapter_is_bounded_unless_its_data_is_ours() -> None:
    trusted = [provider.key for provider in registry.PROVIDERS if provider.trusted]
    assert trusted == ["atlas"]
    for provider in REMOTE.values():
        built = provider.build(Upstream(AGENT), Settings())
        assert isinstance(built, bounded.Bounded)


def test_no_method_of_an_adapter_goes_around_the_boundary() -> None:
    """A new method needs limits of its own."""
    for provider in REMOTE.values():
        built: Any = provider.build(Upstream(AGENT), Settings())
        public = {
            name
            for kind in type(built.adapter).__mro__
            for name, value in vars(kind).items()
            if not name.startswith("_") and callable(value)
        }
        for name in public - {bounded._METHODS[provider.role][0], "covers"}:
            with pytest.raises(AttributeError, match="pass no limits"):
                getattr(built, name)


def test_hostile_texts(provider: Provider[Any], upstreams: Upstreams) -> None:
    """In every text of the payload."""
    payload = healthy_payload(provider, upstreams)
    cases = (
        (path, text)
        for path, value in hostile.leaves(payload)
        if isinstance(value, str)
        for text in hostile.TEXTS.values()
    )
    chosen = sample(provider, cases)
    bodies = (hostile.body(payload, path, json.dumps(text)) for path, text in chosen)
    for result in results(provider, upstreams, bodies):
        hostile.assert_harmless(result)


def test_hostile_values(
    provider: Provider[Any], upstreams: Upstreams, caplog: pytest.LogCaptureFixture
) -> None:
    """In place of every value."""
    payload = healthy_payload(provider, upstreams)
    cases = (
        (path, token) for path, _ in hostile.leaves(payload) for token in hostile.VALUES.values()
    )
    chosen = sample(provider, cases)
    bodies = (hostile.body(payload, path, token) for path, token in chosen)
    for result in results(provider, upstreams, bodies):
        hostile.assert_harmless(result)
    assert "Traceback" not in caplog.text
    assert "999999999" not in caplog.text


def test_lists_without_end(provider: Provider[Any], upstreams: Upstreams) -> None:
    """Each list with its first item again and again, as far as a response is read."""
    payload = healthy_payload(provider, upstreams)
    bodies = []
    for path, items in hostile.lists(payload):
        room = hostile.LARGEST - len(json.dumps(payload)) - 1000
        many = [items[0]] * (room // (len(json.dumps(items[0])) + 2))
        bodies.append(hostile.body(payload, path, json.dumps(many)))
    for result in results(provider, upstreams, iter(bodies)):
        hostile.assert_harmless(result)


def test_55000_hours_take_no_time(upstreams: Upstreams) -> None:
    """CPU time, against that of an ordinary forecast."""
    provider = REMOTE["open-meteo"]
    hourly = healthy_payload(provider, upstreams)
    ordinary = _cpu_time(provider, upstreams, hourly)
    start = hourly["hourly"]["time"][0]
    hourly["hourly"] = {"time": [start + 3600 * n for n in range(55_000)]}
    with pytest.raises(UpstreamError):
        _cpu_time(provider, upstreams, hourly)
    hourly["hourly"]["time"] = hourly["hourly"]["time"][:1000]
    hourly["hourly"]["temperature_2m"] = [9.5] * 1000
    assert _cpu_time(provider, upstreams, hourly) < 20 * ordinary


def _cpu_time(provider: Provider[Any], upstreams: Upstreams, payload: object) -> float:
    upstreams.fail(provider.key, faults.text(json.dumps(payload)))
    started = time.process_time()
    _result(provider, upstreams)
    return time.process_time() - started


def test_the_most_severe_of_many_warnings_remain(upstreams: Upstreams) -> None:
    provider = REMOTE["nws"]
    payload = healthy_payload(provider, upstreams)
    properties = next(
        feature["properties"]
        for feature in payload["features"]
        if feature["properties"]["status"] == "Actual"
    )
    minor = {"properties": {**properties, "severity": "Minor", "description": "rain " * 2000}}
    extreme = {"properties": {**properties, "severity": "Extreme", "event": "Hurricane"}}
    payload["features"] = [*[minor] * 90, extreme]
    upstreams.fail(provider.key, faults.text(json.dumps(payload)))
    alerts = call(provider, adapter(provider, upstreams))
    assert len(alerts) == boundary.ALERTS
    assert alerts[0].texts[0].event == "Hurricane"
    size = sum(len(text) for text in hostile.strings(alerts))
    assert size < boundary.ALL_TEXTS * 1.5


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_texts_of_an_operators_database(tmp_path: Path, name: str) -> None:
    text = hostile.TEXTS[name].encode("utf-8", "replace").decode()[:15_000]
    record = {
        "city": {"names": {"en": f"London {text}"}},
        "country": {"iso_code": text[:2], "names": {"en": text}},
        "location": {"latitude": 51.5, "longitude": -0.1, "time_zone": text},
        "subdivisions": [{"names": {"en": text}}],
    }
    path = tmp_path / "cities.mmdb"
    path.write_bytes(mmdb.mmdb({"81.2.69.0/24": record}, database_type=text))
    provider = registry.BY_KEY["database"]
    database: Any = provider.build(Upstream(AGENT), Settings(geoip_database=(path,)))
    place = database.locate(LONDON, Deadline(1))
    assert isinstance(place, Place)
    assert place.name
    assert place.name.startswith("London")
    hostile.assert_harmless(place)
    hostile.assert_plain(database.source, boundary.NAME)


def test_roles_have_limits() -> None:
    assert set(bounded._METHODS) == set(Role)
