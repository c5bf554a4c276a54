"""Responses that the worker processes share."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.conftest import Clock
from weather.stores.memory import Memory
from weather.web.body_cache import BodyCache, Rendered
from weather.web.cached_response import CachedResponse, Served
from weather.web.environ import REUSE, UNTIL, VARY_ON
from weather.web.microcache import Microcache, Reuse, StartResponse
from weather.web.shared_responses import SharedResponses
from weather.web.vary_on import VaryOn

NOON = datetime(2026, 5, 15, 12, 0, tzinfo=UTC)


class Application:
    """Answers with a text of its own, which varies on the country and is true for ten minutes."""

    def __init__(self, name: str, bodies: BodyCache, clock: Clock) -> None:
        self.name, self.calls = name, 0
        self._bodies, self._clock = bodies, clock
        self.vary_on, self.lasts, self.ends_in = VaryOn.COUNTRY, True, 0
        self.rendered: Rendered = f"by {name}"
        self.is_compressed = False

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        self.calls += 1
        now = self._clock()
        body = self._bodies.get(f"{self.name}{self.calls}", lambda: self.rendered)
        until = now + timedelta(minutes=10) if self.lasts else None
        told = 60 if isinstance(self.rendered, tuple) else None
        environ[REUSE] = Reuse(f"{self.name}{self.calls}", until, now - timedelta(minutes=1), told)
        environ[VARY_ON] = self.vary_on
        if self.ends_in:
            environ[UNTIL] = now + timedelta(seconds=self.ends_in)
        sent = body.at(60)
        content = (sent.compressed if self.is_compressed else sent.plain) or b""
        headers = [("Age", "60"), ("ETag", 'W/"a"'), ("Cache-Status", "weather")]
        headers.append(("Content-Length", str(len(content))))
        headers += [("Content-Encoding", "gzip")] if self.is_compressed else []
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]


class Worker:
    """One process of several on the same memory."""

    def __init__(self, name: str, memory: Memory, clock: Clock) -> None:
        bodies = BodyCache(100_000, memory)
        self.application = Application(name, bodies, clock)
        self._cache = Microcache(
            self.application, clock, self._visitor_key, bodies, 100_000,
            shared=SharedResponses(memory),
        )  # fmt: skip

    def _visitor_key(self, environ: dict[str, Any], vary_on: VaryOn, *, wait: bool) -> Hashable:
        return None if vary_on is VaryOn.ANYONE else environ["visitor"]

    def get(self, visitor: str = "GB", path: str = "/Paris", **environ: str) -> tuple[str, Any]:
        content, headers = self.send(visitor, path, **environ)
        return content.decode(), headers

    def send(self, visitor: str = "GB", path: str = "/Paris", **environ: str) -> tuple[bytes, Any]:
        started: list[Any] = []
        content = self._cache(
            {"REQUEST_METHOD": "GET", "PATH_INFO": path, "visitor": visitor} | environ,
            lambda status, headers, *_: started.append(dict(headers)),
        )
        return b"".join(content), started[0]


@pytest.fixture
def workers(clock: Clock) -> tuple[Worker, Worker]:
    memory = Memory(1000, 1_000_000)
    return Worker("first", memory, clock), Worker("second", memory, clock)


def test_a_response_is_made_by_one_worker_for_all(
    workers: tuple[Worker, Worker], clock: Clock
) -> None:
    first, second = workers
    assert first.get()[0] == "by first"
    clock.advance(minutes=3)
    text, headers = second.get()
    assert text == "by first"
    assert headers["Cache-Status"] == "weather-microcache; hit"
    assert headers["Age"] == "240"
    assert second.application.calls == 0


@pytest.mark.parametrize("is_compressed", [False, True])
def test_the_age_in_a_body_is_that_of_the_minute_in_which_another_worker_sends_it(
    workers: tuple[Worker, Worker], clock: Clock, *, is_compressed: bool
) -> None:
    first, second = workers
    for worker in workers:
        worker.application.is_compressed = is_compressed
        worker.application.rendered = ("x" * 2000 + worker.application.name, "s old")
    first.send()
    clock.advance(minutes=7)
    content, headers = second.send()
    assert second.application.calls == 0
    assert (headers["Age"], headers["Content-Length"]) == ("480", str(len(content)))
    text = gzip.decompress(content) if is_compressed else content
    assert text.decode() == "x" * 2000 + "first480s old"


def test_the_length_of_a_head_is_that_of_the_content_at_its_age(
    workers: tuple[Worker, Worker], clock: Clock
) -> None:
    first, _ = workers
    first.application.rendered = ("", "s old")
    for minutes, length in ((0, "7"), (0, "7"), (1, "8"), (5, "8"), (3, "8")):
        clock.advance(minutes=minutes)
        assert first.send(REQUEST_METHOD="HEAD")[1]["Content-Length"] == length
    assert first.application.calls == 1


def test_it_is_not_used_past_its_time_and_not_before(
    workers: tuple[Worker, Worker], clock: Clock
) -> None:
    first, second = workers
    first.get()
    clock.advance(minutes=10)
    assert second.get()[0] == "by second"
    clock.advance(minutes=-11)
    assert second.get()[0] == "by second"


@pytest.mark.parametrize("vary_on", [VaryOn.COUNTRY, VaryOn.LOCATION])
def test_visitors_are_not_mixed_up(workers: tuple[Worker, Worker], vary_on: VaryOn) -> None:
    first, second = workers
    first.application.vary_on = second.application.vary_on = vary_on
    first.get("GB")
    assert second.get("US")[0] == "by second"
    assert second.get("GB")[0] == "by first"
    assert second.get("GB", "/Oslo")[0] == "by second"
    assert second.get("GB", HTTP_HOST="other.example")[0] == "by second"


def test_what_depends_on_nobody_is_for_all(workers: tuple[Worker, Worker]) -> None:
    first, second = workers
    first.application.vary_on = VaryOn.ANYONE
    first.get("GB")
    assert second.get("US")[0] == "by first"


def test_a_response_that_is_true_for_a_moment_only_is_not_shared(
    workers: tuple[Worker, Worker],
) -> None:
    first, second = workers
    first.application.lasts = False
    first.get()
    assert second.get()[0] == "by second"


def test_a_list_of_places_ends_in_all_workers(workers: tuple[Worker, Worker], clock: Clock) -> None:
    first, second = workers
    first.application.ends_in = 60
    first.get()
    clock.advance(seconds=30)
    text, headers = second.get()
    assert text == "by first"
    assert "Age" not in headers
    clock.advance(seconds=30)
    assert second.get()[0] == "by second"


def test_the_client_that_has_it_already_is_the_applications(
    workers: tuple[Worker, Worker],
) -> None:
    first, second = workers
    first.get()
    second.get(HTTP_IF_NONE_MATCH='W/"a"')
    assert second.application.calls == 1


def test_a_head_is_not_shared_as_a_get(workers: tuple[Worker, Worker]) -> None:
    first, second = workers
    first.get()
    second.get(REQUEST_METHOD="HEAD")
    assert second.application.calls == 1


@pytest.mark.parametrize("served", [None, Served("weather.negotiated", "text", "response", NOON)])
@pytest.mark.parametrize("ends_at", [None, NOON + timedelta(seconds=61, microseconds=7)])
@pytest.mark.parametrize("length", [None, 1234])
def test_a_packed_response_is_the_same(
    served: Served | None, ends_at: datetime | None, length: int | None
) -> None:
    response = CachedResponse(
        made_at=NOON.replace(microsecond=123_456),
        until=NOON + timedelta(minutes=1),
        status="200 OK",
        headers=[("ETag", 'W/"\u00e9"'), ("Age", "3")],
        content=b"",
        body="a body's key",
        fetched_at=NOON,
        ends_at=ends_at,
        compressed=True,
        served=served,
        length_without_age=length,
    )
    assert CachedResponse.unpacked(response.packed()) == response


def test_of_a_packed_response_little_is_left(make_app: Callable[..., Flask]) -> None:
    """What the responses of the service have in common is left out."""
    client = make_app().test_client()
    for form in ("html", "json", "text"):
        headers = list(client.get(f"/Paris?format={form}").headers)
        response = CachedResponse(NOON, NOON, "200 OK", headers, b"", "a body's key", NOON)
        assert len(response.packed()) < sum(len(name + value) for name, value in headers) / 2
