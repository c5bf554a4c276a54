"""Lists of places of which one is shown at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Clock
from tests.web.clients import BROWSER, CURL, PROGRAM, get
from weather.web import cycle

LIST = "/London:Paris:Oslo"
KEPT = "weather-microcache; hit"
NOON = datetime(2026, 5, 15, 12, tzinfo=UTC)


def place(client: FlaskClient, path: str) -> str:
    return get(client, path, headers=CURL).text.strip()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("A:B", ("A", "B")),
        ("London:Paris, Texas:Oslo", ("London", "Paris, Texas", "Oslo")),
        ("London:", ("London",)),
        ("London:48.85,2.35", ("London", "48.85,2.35")),
        ("48.85,2.35:52.5,13.4", ("48.85,2.35", "52.5,13.4")),
        ("~Eiffel Tower:~Big Ben", ("~Eiffel Tower", "~Big Ben")),
        ("GRU:JFK", ("GRU", "JFK")),
        ("moon:Oslo", ("moon", "Oslo")),
        ("Москва:東京", ("Москва", "東京")),
        ("x" * 99 + ":" + "y" * 99, ("x" * 99, "y" * 99)),
    ],
)  # fmt: skip
def test_places_with_colons_between_are_a_list(text: str, places: tuple[str, ...]) -> None:
    assert cycle.split(text) == places


@pytest.mark.parametrize(
    "text",
    ["", "London", ":help", ":", "2001:db8::1", "::1", "2a00:1450:4001:0:0:0:0:1", "[::1]:80",
     "geo:48.85,2.35", "GEO:48.85,2.35", "geo:95,2", "geo:0,0?q=48.85,2.35(a:b)", "48:51N 2:21E",
     "48:51:24N 2:21:3E", "lat: 48.85, lon: 2.35", "https://osm.org/#map=12/48.85/2.35",
     "fe80::1%eth0", "1.5:200.5", "moon@2026-05-31"],
)  # fmt: skip
def test_other_texts_with_colons_are_no_list(text: str) -> None:
    assert cycle.split(text) == ()


@pytest.mark.parametrize(
    ("period", "seconds"),
    [("", 1), ("1", 1), ("60", 60), ("604800", 604800), ("0", 1), ("-5", 1), ("x", 1), ("1.5", 1),
     ("604801", 1), ("9" * 5000, 1), ("٣", 1)],
)  # fmt: skip
def test_a_period_is_a_number_of_seconds(period: str, seconds: int) -> None:
    turn = cycle.turn("A:B", period, NOON)
    assert turn
    start = int(NOON.timestamp()) // seconds
    assert turn.where == "AB"[start % 2]
    assert turn.until.timestamp() == (start + 1) * seconds


@given(st.text(alphabet="AB: ,.0123456789~@+_é", max_size=30))
def test_any_text_is_a_list_or_none(text: str) -> None:
    turn = cycle.turn(text, "60", NOON)
    assert turn is None or (turn.where in text and turn.until > NOON)


def test_a_list_shows_its_places_in_turn(client: FlaskClient, clock: Clock) -> None:
    names = []
    for _ in range(7):
        names.append(place(client, f"{LIST}?format=%l"))
        clock.advance(seconds=1)
    first = int(clock().timestamp() - 7) % 3
    expected = ["London", "Paris", "Oslo"]
    assert names == [expected[(first + n) % 3] for n in range(7)]


def test_a_place_is_shown_for_its_period(client: FlaskClient, clock: Clock) -> None:
    start = clock().timestamp()
    for seconds in range(0, 125, 4):
        expected = ("Oslo", "Rome")[int((start + seconds) // 60) % 2]
        assert place(client, "/Oslo:Rome?format=%l&period=60") == expected
        clock.advance(seconds=4)


@pytest.mark.parametrize("path", ["/Oslo:Rome?period=60", "/?location=Oslo:Rome&period=60"])
@pytest.mark.parametrize("headers", [CURL, BROWSER, PROGRAM])
def test_every_view_shows_the_same_place(
    client: FlaskClient, clock: Clock, path: str, headers: dict[str, str]
) -> None:
    name = ("Oslo", "Rome")[int(clock().timestamp()) // 60 % 2]
    response = get(client, path, headers=headers)
    assert (response.status_code, name in response.text) == (200, True)


def test_names_of_a_line_are_right_justified(client: FlaskClient, clock: Clock) -> None:
    lines = set()
    for _ in range(3):
        lines.add(get(client, "/London:Rome:東京?format=%l|", headers=CURL).text)
        clock.advance(seconds=1)
    assert lines == {"London|", "  Rome|", "  東京|"}


def test_programs_get_the_name_as_it_is(client: FlaskClient, clock: Clock) -> None:
    for _ in range(2):
        document = get(client, "/London:Rome?format=j1", headers=CURL).get_json(force=True)
        assert document["request"][0]["query"] in {"London", "Rome"}
        clock.advance(seconds=1)


@pytest.mark.parametrize("view", ["format=3", "format=j1", "format=text", "format=html", "A"])
@pytest.mark.parametrize("period", [1, 7, 60, 3600])
def test_no_cache_keeps_a_place_past_its_period(
    client: FlaskClient, clock: Clock, view: str, period: int
) -> None:
    clock.moment = clock().replace(minute=59, second=10)
    path = f"/Oslo:Rome?{view}&period={period}"
    kept = False
    for _ in range(40):
        response = get(client, path, headers=CURL)
        name = ("Oslo", "Rome")[int(clock().timestamp()) // period % 2]
        text = response.text.replace("Oslo%3ARome", "")  # the page's own address
        assert name in text
        assert ("Rome" if name == "Oslo" else "Oslo") not in text
        max_age = re.fullmatch(
            r"(?:private|public), max-age=(\d+)", response.cache_control.to_header()
        )
        assert max_age
        assert int(max_age[1]) <= period - clock().timestamp() % period
        assert "Age" not in response.headers
        kept = kept or response.headers.get("Cache-Status") == KEPT
        clock.advance(seconds=1.5)
    assert kept or period < 7 or view != "format=text"


def test_a_client_that_has_the_last_place_gets_the_next_one(
    client: FlaskClient, clock: Clock
) -> None:
    first = get(client, "/Oslo:Rome?A&period=60", headers=CURL)
    headers = {**CURL, "If-None-Match": first.headers["ETag"]}
    assert get(client, "/Oslo:Rome?A&period=60", headers=headers).status_code == 304
    clock.advance(seconds=60)
    other = get(client, "/Oslo:Rome?A&period=60", headers=headers)
    assert other.status_code == 200
    assert other.text != first.text


def test_a_place_of_a_list_that_is_unknown_is_404_in_its_turn(
    client: FlaskClient, clock: Clock
) -> None:
    statuses = set()
    for _ in range(2):
        statuses.add(get(client, "/Oslo:Xyzzyville?format=3", headers=CURL).status_code)
        clock.advance(seconds=1)
    assert statuses == {200, 404}


def test_the_own_place_can_be_in_a_list(make_app: Callable[..., Flask], clock: Clock) -> None:
    client = make_app().test_client()
    for _ in range(2):
        here = int(clock().timestamp()) % 2
        response = get(client, "/Oslo:MyLocation?format=%l&m", headers=CURL)
        assert response.text.strip() == ("Zurich, CH" if here else "Oslo")
        assert ("private" in response.headers["Cache-Control"]) == bool(here)
        clock.advance(seconds=1)


def test_colons_in_the_api_are_part_of_a_name(client: FlaskClient) -> None:
    assert get(client, "/api/v1/weather?q=Oslo:Rome", headers=PROGRAM).status_code == 404


def test_a_picture_of_a_list_has_its_period_in_its_name(client: FlaskClient, clock: Clock) -> None:
    for _ in range(2):
        name = ("Oslo", "Rome")[int(clock().timestamp()) // 3600 % 2]
        picture = get(client, "/Oslo:Rome_0_period=3600.png", headers=CURL)
        assert picture.data == get(client, f"/{name}_0.png", headers=CURL).data
        assert int(picture.headers["Cache-Control"].partition("max-age=")[2]) <= 3600
        clock.advance(hours=1)
