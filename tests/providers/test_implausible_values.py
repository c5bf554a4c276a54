"""Values that no instrument has measured, in every field of every provider, through every view."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from simulator.faults import Fault
from simulator.messages import Response
from tests.providers.calls import REMOTE, ZURICH, warned_point
from weather.providers.declaration import Provider, Role

VALUES: tuple[Any, ...] = (1e308, -1e308, 1e20, -1, "NaN", 10**400, -(10**400), 2**63)
# Of a field that comes once: each value costs a forecast.
FEW = (1e308, -1, "NaN")
VIEWS = ("json", "text", "html", "3")
Path = tuple[str, ...]


def choice(provider: Provider[Any]) -> tuple[dict[str, Any], str]:
    """The settings that choose a provider, and a page that needs it."""
    match provider.role:
        case Role.FORECAST:
            return {"forecast_providers": (provider.key,)}, f"/{ZURICH}"
        case Role.AIR_QUALITY:
            return {}, f"/{ZURICH}"
        case Role.GEOCODING:
            return {}, "/Paris,Texas"
        case Role.IP_LOCATION:
            return {"ip_locators": (provider.key,)}, "/8.8.8.8"
        case Role.ALERTS:
            return {}, f"/{warned_point(provider)}"


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of each number and each time; all items of a list share one."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, (*path, "*"))
    elif isinstance(value, int | float) or str(value)[:1].isdigit():
        yield path


def spoiled(value: Any, target: Path, bad: Iterator[Any], path: Path = ()) -> Any:
    """A copy in which the values at a path are replaced by those of `bad`; None keeps one."""
    if isinstance(value, dict):
        return {key: spoiled(item, target, bad, (*path, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [spoiled(item, target, bad, (*path, "*")) for item in value]
    if path != target:
        return value
    new = next(bad)
    return value if new is None else new


def payload(client: FlaskClient, page: str, upstreams: Upstreams, key: str) -> Any:
    """The JSON that the provider sends for a page."""
    bodies: list[bytes] = []

    def keep(response: Response) -> Response:
        bodies.append(response.body)
        return response

    upstreams.fail(key, Fault("keep", change=keep))
    assert client.get(f"{page}?format=json").status_code == 200
    return json.loads(bodies[0])


def cases(body: Any) -> Iterator[tuple[Path, Any]]:
    """Each field, with a body in which every other value of a long column is spoiled, or the
    only value in each way."""
    paths = list(leaves(body))
    for path in dict.fromkeys(paths):
        if paths.count(path) > 2 * len(VALUES):
            every_other = (new for value in cycle(VALUES) for new in (None, value))
            yield path, spoiled(body, path, every_other)
        else:
            for value in FEW:
                yield path, spoiled(body, path, cycle([value]))


@pytest.mark.parametrize("provider", REMOTE.values(), ids=list(REMOTE))
def test_no_field_of_a_provider_breaks_a_view(
    make_app: Callable[..., Flask],
    upstreams: Upstreams,
    caplog: pytest.LogCaptureFixture,
    provider: Provider[Any],
) -> None:
    settings, page = choice(provider)
    body = payload(make_app(**settings).test_client(), page, upstreams, provider.key)
    for path, changed in cases(body):
        upstreams.fail(provider.key, faults.text(json.dumps(changed)))
        client = make_app(**settings).test_client()
        for view in VIEWS:
            response = client.get(f"{page}?format={view}")
            assert response.status_code in {200, 404, 502, 503}, (path, view, response.status_code)
    assert "Traceback" not in caplog.text
