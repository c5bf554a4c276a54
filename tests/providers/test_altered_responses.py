"""A response with one wrong value of any kind is read or is an `UpstreamError`."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import requests

from simulator import Upstreams, faults
from tests.providers.calls import AGENT, REMOTE, adapter, call
from weather.core.errors import UpstreamError
from weather.providers.declaration import Provider
from weather.upstream.client import Upstream

TRIES = 40
VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e308, 5e-324, 2**63, 10**400, 16_725_225_600, 253_402_300_799),
    *("", "x", "NaN", "é\ud800", "2026-13-45", "2500-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
    *("0001-01-01T00:00:00+14:00", [], {}, [None], [[]], {"a": None}, [{}]),
)


class RecordingUpstream(Upstream):
    """Keeps the arguments of the last call."""

    last: tuple[str, dict[str, Any]]

    def get(self, provider: str, url: str, *arguments: Any, **options: Any) -> Any:
        self.last = url, options
        return super().get(provider, url, *arguments, **options)


def healthy_payload(provider: Provider[Any], upstreams: Upstreams) -> Any:
    """The JSON that the provider sends for the call of its role."""
    upstream = RecordingUpstream(AGENT)
    call(provider, adapter(provider, upstreams, upstream))
    url, options = upstream.last
    headers = {"User-Agent": AGENT, **(options.get("headers") or {})}
    return requests.get(url, params=options.get("params"), headers=headers, timeout=5).json()


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of each value, of a list only those of the first and the last item."""
    yield path
    keys: Iterable[Any] = value if isinstance(value, dict) else ()
    if isinstance(value, list) and value:
        keys = (0, len(value) - 1)
    for key in keys:
        yield from paths(value[key], (*path, key))


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy: Any = value.copy()
    copy[path[0]] = changed(value[path[0]], path[1:], new)
    return copy


@pytest.mark.parametrize("provider", REMOTE.values(), ids=list(REMOTE))
def test_a_wrong_value_is_read_or_an_upstream_error(
    upstreams: Upstreams, caplog: pytest.LogCaptureFixture, provider: Provider[Any]
) -> None:
    chance = random.Random(provider.key)
    payload = healthy_payload(provider, upstreams)
    cases = [(path, value) for path in paths(payload) for value in VALUES]
    for path, value in chance.sample(cases, min(TRIES, len(cases))):
        upstreams.fail(provider.key, faults.text(json.dumps(changed(payload, path, value))))
        with suppress(UpstreamError):
            call(provider, adapter(provider, upstreams))
        assert "does not handle" not in caplog.text, (path, value)
