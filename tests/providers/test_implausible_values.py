"""Values that no instrument has measured, in every field of every provider, through every view."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import pytest
from flask import Flask

from simulator import Upstreams, faults
from simulator.faults import Fault
from simulator.messages import Response

VALUES: tuple[Any, ...] = (1e308, -1e308, 1e20, -1, "NaN", 10**400, -(10**400), 2**63)
# Of a field that comes once: each value costs a forecast.
FEW = (1e308, -1, "NaN")
VIEWS = ("json", "text", "html", "3")
Path = tuple[str, ...]

ONLY_MET_NORWAY = {"forecast_providers": ("met-norway",)}
# The simulated provider, the settings that choose it, and the page that calls it.
PROVIDERS: dict[str, tuple[dict[str, Any], str]] = {
    "open-meteo": ({"forecast_providers": ("open-meteo",)}, "/47.37,8.55"),
    "met-norway": (ONLY_MET_NORWAY, "/47.37,8.55"),
    "air-quality": ({}, "/47.37,8.55"),
    "geocoding": ({}, "/Paris,Texas"),
    "nws": ({}, "/33.45,-112.07"),
    "bright-sky": ({}, "/52.52,13.41"),
    "ipwhois": ({"ip_locators": ("ipwhois",)}, "/8.8.8.8"),
    "geojs": ({"ip_locators": ("geojs",)}, "/8.8.8.8"),
}


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


def payload(make_app: Callable[..., Flask], upstreams: Upstreams, name: str) -> Any:
    """What the provider sends where nothing is spoiled."""
    bodies: list[bytes] = []

    def keep(response: Response) -> Response:
        bodies.append(response.body)
        return response

    settings, page = PROVIDERS[name]
    upstreams.fail(name, Fault("keep", change=keep))
    assert make_app(**settings).test_client().get(f"{page}?format=json").status_code == 200
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


@pytest.mark.parametrize("name", PROVIDERS)
def test_no_field_of_a_provider_breaks_a_view(
    make_app: Callable[..., Flask],
    upstreams: Upstreams,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    settings, page = PROVIDERS[name]
    body = payload(make_app, upstreams, name)
    for path, changed in cases(body):
        upstreams.fail(name, faults.text(json.dumps(changed)))
        client = make_app(**settings).test_client()
        for view in VIEWS:
            response = client.get(f"{page}?format={view}")
            assert response.status_code in {200, 404, 502, 503}, (path, view, response.status_code)
    assert "Traceback" not in caplog.text
