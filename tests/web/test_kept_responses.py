"""Responses that are kept for as long as they are true, compared with a service that keeps none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from simulator import Upstreams, faults
from tests.conftest import Clock, until
from tests.web.clients import BROWSER, CURL, PROGRAM

KEPT = "weather-microcache; hit"
CRAWLER = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}
OTHER_BROWSER = {"User-Agent": "Mozilla/5.0 (iPhone) Safari/605", "Accept": "text/html,*/*;q=0.8"}
# London twice, the United States, Australia, Germany; this network twice; none.
VISITORS = (
    *("81.2.69.160", "81.2.69.161", "8.8.8.8", "1.1.1.1", "5.9.0.1", "2a02:8100::1"),
    *("127.0.0.1", "192.168.1.20", ""),
)
PATHS = (
    *("/", "/?format=3", "/Paris", "/London", "/48.85,2.35", "/?q=Paris", "/?ip=8.8.8.8"),
    *(
        "/Paris?units=metric",
        "/Paris?units=imperial",
        "/Paris?lang=de",
        "/Paris?m",
        "/Paris?days=1",
    ),
    *("/Paris?format=3", "/Paris?format=%l:+%t+%m", "/Paris?format=%T", "/Paris?format=p1"),
    *("/Paris?format=text", "/Paris?format=json", "/api/v1/weather?q=Oslo", "/Paris/", "//Paris"),
    *("/London:Paris?A", "/Oslo:~:Paris?period=7", "/Paris:48.85,2.35?format=3&period=60"),
    *("/GRU?format=3", "/MyLocation?format=3", "/de/Paris", "/v2/London", "/us/Paris?A"),
    *("/moon:Paris?period=20", "/@8.8.8.8?format=3"),
    *("/Nowhere", "/Paris?units=x", "/robots.txt", "/compare?q=Paris&q=London"),
    *(
        "/London/rain?within=3h",
        "/umbrella",
        "/wind?above=20",
        "/api/v1/frost?q=Oslo",
        "/Paris.ics",
    ),
    *("/London:Paris?view=table", "/~:Oslo?view=table", "/compare?q=Paris&q=~&format=json"),
)
HEADERS = (
    *(BROWSER, OTHER_BROWSER, CURL, PROGRAM, CRAWLER),
    {**BROWSER, "Accept-Language": "de-AT,de;q=0.9,en;q=0.5"},
    {**BROWSER, "Accept-Language": "fr", "Accept-Encoding": "gzip, br"},
    {**PROGRAM, "Accept-Encoding": "gzip"},
    {**BROWSER, "Cookie": "kept=units%3Dms%26keep%3DOslo"},
    {**BROWSER, "Cookie": "session=1"},
    {**BROWSER, "Host": "weather.example:8080"},
    {**CURL, "Host": "de.weather.example"},
    {**CURL, "Host": "v2d.us.weather.example"},
    {**CURL, "If-None-Match": "*"},
)


def send(
    client: FlaskClient, visitor: str, path: str, headers: dict[str, str], method: str = "GET"
) -> TestResponse:
    return client.open(
        path, method=method, headers=headers, environ_overrides={"REMOTE_ADDR": visitor}
    )


def compared(response: TestResponse) -> tuple[object, ...]:
    """All of a response but what says that it was kept, and what its client has left."""
    ignored = {"Cache-Status", "RateLimit", "RateLimit-Policy", "X-Request-ID"}
    headers = sorted(item for item in response.headers if item[0] not in ignored)
    return response.status_code, headers, response.data


def advance(clock: Clock, cycle: datetime, random: Random) -> datetime:
    """Advances by seconds while all is fresh, then so far that it is fetched anew, and not in the
    background, where two services would differ. Returns the beginning of the cycle."""
    step = timedelta(seconds=random.choice((1, 3, 20, 59, 61, 240)))
    if clock() + step - cycle < timedelta(minutes=9):
        clock.moment += step
        return cycle
    clock.moment = cycle + timedelta(hours=3)
    return clock()


@pytest.mark.parametrize("seed", range(8))
def test_responses_are_those_of_a_service_that_keeps_none(
    make_app: Callable[..., Flask], clock: Clock, seed: int
) -> None:
    random = Random(seed)
    # The name of the host counts where the operator has set one.
    settings = {"rate_limit": 0, "public_url": "https://weather.example" if seed % 2 else ""}
    # With little memory most responses are found in that of all processes.
    kept = make_app(**settings, answer_megabytes=8 if seed % 3 else 40).test_client()
    fresh = make_app(**settings, answer_megabytes=0).test_client()
    tags, hits, cycle = [""], 0, clock()
    # Few of each, so that most requests are repeated.
    paths, kinds = random.sample(PATHS, 7), random.sample(HEADERS, 4)
    for _ in range(200):
        path, visitor = random.choice(paths), random.choice(VISITORS)
        headers = dict(random.choice(kinds))
        if random.random() < 0.3:
            headers["If-None-Match"] = random.choice(tags)
        method = random.choice(("HEAD", *["GET"] * 11))
        one, other = (send(client, visitor, path, headers, method) for client in (kept, fresh))
        assert compared(one) == compared(other), (path, visitor, headers, clock())
        assert other.headers.get("Cache-Status") != KEPT
        hits += one.headers.get("Cache-Status") == KEPT
        tags.append(one.headers.get("ETag", ""))
        if random.random() < 0.15:
            cycle = advance(clock, cycle, random)
    assert hits > 10


@pytest.mark.parametrize("form", ["3", "%l:+%c+%t", "text", "json", "html", "p1"])
def test_what_shows_no_time_is_kept_until_the_forecast_expires(
    make_app: Callable[..., Flask], clock: Clock, form: str
) -> None:
    client = make_app(alert_providers=()).test_client()  # which are fetched every five minutes
    path = f"/Paris?units=metric&format={form}"
    for _ in range(2):
        client.get(path)
        clock.advance(seconds=2)
    assert client.get(path).headers["Cache-Status"] == KEPT
    clock.moment = clock().replace(minute=29, second=59)
    response = client.get(path)
    assert response.headers["Cache-Status"] == KEPT
    assert response.headers["Age"] == "540", "that of the present minute"
    clock.advance(minutes=1, seconds=2)
    assert "revalidate" in client.get(path).headers["Cache-Status"], "it refreshes the forecast"


@pytest.mark.parametrize("form", ["v2", "prose", "%l+%a"])
def test_what_shows_a_time_or_an_age_is_kept_to_the_next_minute(
    client: FlaskClient, clock: Clock, form: str
) -> None:
    path = f"/Paris?units=metric&format={form}"
    for _ in range(2):
        client.get(path)
        clock.advance(seconds=2)
    clock.advance(seconds=55)
    assert client.get(path).headers["Cache-Status"] == KEPT
    clock.advance(seconds=1)
    response = client.get(path)
    assert response.headers["Cache-Status"].startswith("weather; hit; ttl=")
    # Other caches take the Age from the seconds (RFC 9111, 4.2.1).
    assert response.headers["Age"] == "60"
    assert response.headers["Cache-Control"] == "public, max-age=120"


def sent_forms(client: FlaskClient, path: str) -> Iterator[TestResponse]:
    """Plain, compressed, without body, and confirmed."""
    for method, headers in (
        ("GET", {}), ("GET", {"Accept-Encoding": "gzip"}),
        ("HEAD", {}), ("HEAD", {"Accept-Encoding": "gzip"}),
    ):  # fmt: skip
        yield client.open(path, method=method, headers=headers)
    etag = client.get(path).headers["ETag"]
    yield client.get(path, headers={"If-None-Match": etag})


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/weather?q=Paris&units=metric",
        "/api/v1/weather?q=Paris&units=metric&fields=provenance.age",
        "/Paris?format=json&units=metric&fields=current",
        "/api/v1/rain?q=Paris&units=metric",
    ],
)
def test_what_is_sent_minutes_later_has_the_age_of_then_in_all_forms(
    make_app: Callable[..., Flask], clock: Clock, path: str
) -> None:
    settings = {"alert_providers": ()}  # which are fetched every five minutes
    kept = make_app(**settings).test_client()
    fresh = make_app(**settings, answer_megabytes=0).test_client()
    for client in (kept, fresh):
        client.get(path)  # each has fetched the forecast
    clock.advance(seconds=2)
    for _ in sent_forms(kept, path):
        clock.advance(microseconds=1)
    for minutes in (0, 1, 1, 5):
        clock.advance(minutes=minutes)
        for one, other in zip(sent_forms(kept, path), sent_forms(fresh, path), strict=True):
            assert one.headers["Cache-Status"] == KEPT
            assert compared(one) == compared(other)
    assert other.headers["Age"] == "420"
    if path.endswith("age"):
        assert kept.get(path).text == '{"provenance":{"age":420}}\n'


@pytest.mark.parametrize("form", ["%l+%T", "%T"])
def test_what_tells_the_seconds_is_never_kept(client: FlaskClient, clock: Clock, form: str) -> None:
    path = f"/Paris?units=metric&format={form}"
    texts = set()
    for _ in range(4):
        response = client.get(path)
        assert response.headers["Cache-Status"] != KEPT
        texts.add(response.text)
        clock.advance(seconds=1)
    assert len(texts) == 4


def test_a_kept_response_does_not_delay_a_refresh(
    client: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    path = "/Paris?units=metric&format=3"
    for _ in range(3):
        client.get(path)
        clock.advance(seconds=2)
    calls = len(upstreams.calls())
    clock.advance(minutes=15)
    client.get(path)
    until(lambda: len(upstreams.calls()) > calls)
    clock.advance(seconds=2)
    until(lambda: "ttl=-" not in client.get(f"{path}&n=1").headers.get("Cache-Status", "ttl=-"))


def test_responses_of_an_outage_are_kept_for_two_seconds(
    client: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    path = "/Paris?units=metric&format=text"
    client.get(path)
    upstreams.fail("*", faults.down())
    clock.advance(hours=2)
    assert "stale-if-error" in client.get(path).headers["Cache-Status"]
    clock.advance(seconds=1)
    assert client.get(path).headers["Cache-Status"] == KEPT
    clock.advance(seconds=1)
    assert "stale-if-error" in client.get(path).headers["Cache-Status"]


def test_browsers_of_one_language_share_a_response(client: FlaskClient) -> None:
    firsts = ("Mozilla/5.0 Firefox/140.0", "Mozilla/5.0 Chrome/140.0", "Mozilla/5.0 Safari/605")
    path = "/Paris?units=metric&format=html"
    answers = [
        client.get(path, headers={"User-Agent": agent, "Accept-Language": f"de-AT,en;q=0.{n}"})
        for n, agent in enumerate(firsts, start=1)
    ]
    assert [answer.headers["Cache-Status"] == KEPT for answer in answers] == [False, True, True]


def test_visitors_of_one_place_share_a_response_from_any_address(client: FlaskClient) -> None:
    def statuses(visitors: Iterator[str]) -> list[bool]:
        responses = (send(client, visitor, "/", BROWSER) for visitor in visitors)
        return [response.headers["Cache-Status"] == KEPT for response in responses]

    assert statuses(f"81.2.69.{n}" for n in range(1, 100)) == [False] + [True] * 98
    assert statuses(iter(["8.8.8.8"])) == [False]


def test_units_of_this_network_are_known_with_its_first_visitor(
    make_app: Callable[..., Flask], clock: Clock
) -> None:
    """The place of the server is looked up when a page needs it, and its country counts then."""
    kept, fresh = make_app().test_client(), make_app(answer_megabytes=0).test_client()
    for path in ("/Paris?format=text", "/Paris?format=text", "/", "/Paris?format=text"):
        clock.advance(seconds=5)
        one, other = (send(client, "192.168.1.20", path, CURL) for client in (kept, fresh))
        assert one.data == other.data


def test_a_client_with_a_validator_gets_304_from_what_is_kept(client: FlaskClient) -> None:
    path = "/Paris?units=metric&format=json"
    etag = client.get(path).headers["ETag"]
    answers = [client.get(path, headers={"If-None-Match": etag}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [304, 304]
    assert answers[1].headers["Cache-Status"] == KEPT
    assert compared(answers[0]) == compared(answers[1])
    other = client.get(path, headers={"If-None-Match": '"another"'})
    assert (other.status_code, other.headers["Cache-Status"]) == (200, KEPT)
