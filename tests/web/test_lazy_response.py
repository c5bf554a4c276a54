"""Responses that are ready are lists; all others are made when the server reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder

from simulator import Upstreams
from tests.conftest import Clock
from weather.web.lazy_response import LazyResponse

LONDON = "81.2.69.160"
PATH = "/Paris?format=4&units=metric"


class Started:
    """The status and the headers of a response, once it has started."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: dict[str, str] = {}

    def __call__(self, status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
        self.status, self.headers = status, dict(headers)


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


def call(app: Flask, path: str, **environ: str) -> tuple[Iterable[bytes], Started]:
    request = EnvironBuilder(path, environ_overrides={"REMOTE_ADDR": LONDON} | environ)
    started = Started()
    start_response: Any = started
    return app(request.get_environ(), start_response), started


def test_a_response_is_made_when_it_is_read_and_then_ready(
    app: Flask, upstreams: Upstreams
) -> None:
    chunks, started = call(app, PATH)
    assert (started.status, upstreams.calls()) == ("", [])
    made = b"".join(chunks)
    assert started.status == "200 OK"
    assert upstreams.calls()
    for _ in range(2):
        chunks, started = call(app, PATH)
        assert chunks == [made]
        assert started.status == "200 OK"


def test_one_that_was_made_meanwhile_is_not_made_again(app: Flask) -> None:
    waiting, started = call(app, PATH)
    made = b"".join(call(app, PATH)[0])
    assert b"".join(waiting) == made
    assert started.headers["Cache-Status"] == "weather-microcache; hit"


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("/metrics", {"metrics_token": "secret"}),
        ("/Paris?format=4", {"rate_limit": 1}),
        ("/healthz", {}),
    ],
)
def test_nothing_else_is_made_before_it_is_read(
    make_app: Callable[..., Flask], path: str, options: dict[str, Any]
) -> None:
    app = make_app(**options)
    b"".join(call(app, "/Paris?format=3")[0])  # the minute's only request, where that is the limit
    chunks, started = call(app, path, HTTP_AUTHORIZATION="Bearer secret")
    assert (isinstance(chunks, list), started.status) == (False, "")
    assert b"".join(chunks)
    assert started.status[:3] == ("429" if "rate_limit" in options else "200")


def test_a_visitor_whom_only_the_store_may_know_has_no_ready_response(
    make_app: Callable[..., Flask], clock: Clock
) -> None:
    """The response's units follow the country."""
    app, path = make_app(ip_locators=("ipwhois",)), "/Paris?format=4"
    made = b"".join(call(app, path)[0])
    assert call(app, path)[0] == [made]
    clock.advance(seconds=5)  # since when another process may have stored the country
    chunks, _ = call(app, path)
    assert not isinstance(chunks, list)
    assert b"".join(chunks) == made
    assert call(app, path)[0] == [made]


def test_the_response_that_was_made_is_closed() -> None:
    closed: list[bool] = []

    class Chunks(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    response = LazyResponse(lambda: Chunks([b"a", b"b"]))
    response.close()
    assert closed == []
    assert list(response) == [b"a", b"b"]
    response.close()
    assert closed == [True]
