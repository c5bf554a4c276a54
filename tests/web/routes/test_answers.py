"""Answers to questions of yes and no, for scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults, payloads
from simulator.fault import Fault
from tests.conftest import Clock
from tests.web.clients import BROWSER, CURL, FROM_AMERICA, FROM_LONDON, PROGRAM, get
from weather.views.question import TOPICS

ZURICH = "Zurich, CH"  # the place of the server
STORM = {
    **{"precipitation": 3.0, "weather_code": 65, "temperature_2m": -2.0},
    **{"wind_speed_10m": 100.0, "wind_gusts_10m": 130.0},
}
CALM = {
    **{"precipitation": 0.0, "weather_code": 0, "temperature_2m": 12.0},
    **{"wind_speed_10m": 3.0, "wind_gusts_10m": 9.0},
}


def everywhere(values: dict[str, Any], first: int = 0) -> Fault:
    """Open-Meteo's forecast with these values, in the rows from `first` on of each column."""

    def change(value: Any) -> object:
        hourly, current = value.get("hourly", {}), value.get("current", {})
        for name in hourly.keys() & values.keys():
            hourly[name] = [*hourly[name][:first], *[values[name]] * len(hourly[name][first:])]
        for name in current.keys() & values.keys():
            current[name] = values[name]
        return value

    return Fault("everywhere", change=payloads.of_json(change))


@pytest.fixture
def storm(upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", everywhere(STORM))


@pytest.fixture
def calm(upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", everywhere(CALM))


@pytest.mark.usefixtures("storm")
@pytest.mark.parametrize("headers", [CURL, BROWSER, {}])
@pytest.mark.parametrize("word", TOPICS)
def test_yes_in_a_line(client: FlaskClient, word: str, headers: dict[str, str]) -> None:
    for path, place in ((f"/{word}", ZURICH), (f"/London/{word}", "London, England, GB")):
        response = get(client, path, headers=headers)
        assert response.status_code == 200
        assert response.headers["X-Answer"] == "yes"
        assert response.content_type == "text/plain; charset=utf-8"
        assert re.fullmatch(f"yes: {place}: [^\n]+\n", response.text)


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("word", TOPICS)
def test_no_in_a_line_and_in_json(client: FlaskClient, word: str) -> None:
    response = get(client, f"/London/{word}", headers=CURL)
    assert (response.status_code, response.headers["X-Answer"]) == (200, "no")
    assert response.text.startswith("no: London")
    for path in (f"/London/{word}?format=json", f"/api/v1/{word}?q=London"):
        twin = get(client, path, headers=CURL)
        assert (twin.status_code, twin.headers["X-Answer"]) == (200, "no")
        assert twin.content_type == "application/json"
        assert twin.get_json()["answer"] is False
        assert twin.get_json()["text"] + "\n" == response.text
    assert get(client, f"/London/{word}", headers=PROGRAM).get_json()["question"] == word
    assert get(client, f"/London/{word}?output=json", headers=CURL).get_json()["answer"] is False


@pytest.mark.parametrize("word", TOPICS)
@pytest.mark.parametrize("headers", [CURL, BROWSER, PROGRAM])
def test_unknown_without_a_forecast(
    client: FlaskClient, upstreams: Upstreams, word: str, headers: dict[str, str]
) -> None:
    """Where a page has climate normals, a script would take them for a forecast."""
    upstreams.fail("*", faults.down())
    response = get(client, f"/Oslo/{word}", headers=headers)
    assert response.status_code == 503
    assert response.headers["X-Answer"] == "unknown"
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.text.startswith(("yes", "no"))
    if headers is PROGRAM:
        assert response.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("word", "name"),
    [("rain", "precipitation"), ("umbrella", "precipitation"), ("frost", "temperature_2m"),
     ("wind", "wind_speed_10m"), ("gusts", "wind_gusts_10m")],
)  # fmt: skip
def test_unknown_without_the_values(
    client: FlaskClient, upstreams: Upstreams, word: str, name: str
) -> None:
    half = everywhere(CALM | {name: None}, first=16)  # from the afternoon on
    upstreams.fail("open-meteo", everywhere(CALM), half)
    response = get(client, f"/Oslo/{word}?within=12h", headers=CURL)
    assert (response.status_code, response.headers["X-Answer"]) == (503, "unknown")
    assert response.text.startswith("The forecast does not say: ")
    problem = get(client, f"/api/v1/{word}?q=Oslo&within=12h").get_json()
    assert problem["type"] == "/problems/answer-unknown"
    assert problem["status"] == 503


@pytest.mark.usefixtures("calm")
def test_a_stale_forecast_answers_and_says_so(
    client: FlaskClient, upstreams: Upstreams, clock: Clock
) -> None:
    assert "stale" not in get(client, "/London/frost").text
    upstreams.fail("*", faults.down())
    clock.advance(hours=3)
    response = get(client, "/London/frost")
    assert response.headers["X-Answer"] == "no"
    assert response.text.endswith("(stale: 3 h old)\n")
    assert response.headers["Age"] == "10800"
    assert get(client, "/api/v1/frost?q=London").get_json()["provenance"]["stale"] is True
    # The forecast ends before the sixteenth day that is asked for.
    clock.advance(days=1)
    assert get(client, "/London/frost?within=16d").headers["X-Answer"] == "unknown"
    assert get(client, "/London/frost?within=13d").headers["X-Answer"] == "no"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        *((f"/London/rain?within={text}", "within")
          for text in ("", "3", "0h", "385h", "17d", "-3h", "3.5h", "h", "90m", "3h,4h", "٣h")),
        *((f"/London/wind?above={text}", "above")
          for text in ("", "x", "-1", "50lightyears", "501", "1e3", "13bft", "7.5bft", "5000",
                       "NaN", "½")),
        ("/London/wind?above=50&units=bft", "above"),
        ("/London/rain?format=3", "format"),
        ("/London/rain?format=png", "format"),
        ("/London/rain?units=kelvin", "units"),
        ("/api/v1/wind?q=London&above=x", "above"),
        *((f"/London/{word}?above=5", "above") for word in ("rain", "umbrella", "frost")),
        ("/frost?above=0&within=3h", "above"),
        ("/api/v1/rain?q=London&above=5", "above"),
        ("/api/v1/rain?q=London&within=17d", "within"),
        ("/api/v1/rain?q=London&withn=3h", "withn"),
        ("/api/v1/rain?q=London&within=3h&within=4h", "within"),
        ("/api/v1/rain?q=London&lat=1&lon=2", "lat"),
    ],
)  # fmt: skip
def test_an_impossible_option_is_named(client: FlaskClient, path: str, name: str) -> None:
    for headers in (CURL, PROGRAM):
        response = get(client, path, headers=headers)
        assert (response.status_code, response.headers["X-Answer"]) == (400, "unknown")
        problem = response.get_json()["detail"] if response.is_json else response.text
        assert name in problem
        if response.is_json:
            assert response.get_json()["parameter"] == name


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("within", ["1h", "384h", "1d", "16d", "3H", "2D", "%203h%20", "03h"])
@pytest.mark.parametrize("place", ["London", "LA", "27.7,85.3"])
def test_times_ahead(client: FlaskClient, clock: Clock, place: str, within: str) -> None:
    """Also of a place that is behind UTC, and of one whose hours do not begin with those of UTC."""
    for hour in (8, 23, 0):
        clock.moment = clock.moment.replace(hour=hour)
        for word in TOPICS:
            response = get(client, f"/{place}/{word}?within={within}")
            assert response.headers["X-Answer"] == "no", (hour, word, response.text)


@pytest.mark.parametrize("word", TOPICS)
def test_the_second_provider_answers_as_far_as_its_forecast_goes(
    make_app: Callable[..., Flask], word: str
) -> None:
    client = make_app(forecast_providers=("met-norway",), contact="me@example.com").test_client()
    above = "&above=200" if TOPICS[word].above else ""
    answers = [
        get(client, f"/London/{word}?within={within}{above}").headers["X-Answer"]
        for within in ("24h", "2d", "16d")
    ]
    assert answers[0] in {"yes", "no"}
    assert set(answers[1:]) <= {"yes", "no", "unknown"}
    assert answers[2] != "no"


@pytest.mark.parametrize(
    ("above", "answer"),
    [
        ("99", "yes"), ("100", "no"), ("99.9", "yes"), ("99,9", "yes"), ("100km/h", "no"),
        ("99kmh", "yes"), ("27.7m/s", "yes"), ("27.8ms", "no"), ("62mph", "yes"), ("63mph", "no"),
        ("53kn", "yes"), ("54kt", "no"), ("9bft", "yes"), ("10bft", "no"), ("50+km/h", "yes"),
        ("50%20Knots", "yes"), ("0", "yes"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("storm")
def test_speeds(client: FlaskClient, above: str, answer: str) -> None:
    """Of a wind of 100 km/h."""
    path = f"/London/wind?above={above}&units=metric"
    assert get(client, path).headers["X-Answer"] == answer


@pytest.mark.usefixtures("storm")
def test_a_number_alone_is_in_the_unit_of_the_visitor(client: FlaskClient) -> None:
    """62.1 mph in America and Britain, 100 km/h elsewhere."""
    answers = [
        get(client, "/Paris/wind?above=80", environ_base=environ).headers["X-Answer"]
        for environ in ({}, FROM_AMERICA, FROM_LONDON, {}, FROM_AMERICA)
    ]
    assert answers == ["yes", "no", "no", "yes", "no"]
    assert get(client, "/Paris/wind?above=80&u").headers["X-Answer"] == "no"
    assert get(client, "/Paris/wind?above=20&M").headers["X-Answer"] == "yes"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/Xyzzyville/rain", 404), ("/91,0/rain", 400), ("/10.0.0.1/rain", 404), ("/moon/rain", 404),
     ("/:help/rain", 404), ("/London.png/rain", 404), ("/api/v1/rain?q=Xyzzyville", 404)],
)  # fmt: skip
def test_no_such_place(client: FlaskClient, path: str, status: int) -> None:
    response = get(client, path)
    assert (response.status_code, response.headers["X-Answer"]) == (status, "unknown")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/frost", ZURICH),
        ("/~/frost", ZURICH),
        ("/frost/", ZURICH),
        ("/London/frost", "London, England, GB"),
        ("/de/London/frost", "London, England, GB"),
        ("/us/London/frost", "London, England, GB"),
        ("/48.85,2.35/frost", "near Paris, Ile-de-France, FR"),
        ("/81.2.69.160/frost", "London, England, GB"),
        ("/de/frost", ZURICH),
        ("/pt-br/frost", ZURICH),
        ("/us/frost", ZURICH),
        ("/LA/frost", "Los Angeles, California, US"),  # no Latin
        ("/la/frost", "Los Angeles, California, US"),
        ("/frost?q=London", "London, England, GB"),
        ("/api/v1/frost?q=London&format=json", "London, England, GB"),
        ("/api/v1/frost", ZURICH),
    ],
)
def test_the_place_of_an_answer(client: FlaskClient, path: str, place: str) -> None:
    response = get(client, path, headers=CURL)
    text = response.get_json()["text"] if response.is_json else response.text
    assert text.startswith((f"no: {place}:", f"yes: {place}:"))


@pytest.mark.parametrize(
    "text", ["Rain", "RAIN", "~rain", "?q=rain", "Rain,DE", "de/Rain", "Frost"]
)
def test_a_town_with_the_name_of_a_question_is_a_place(
    client: FlaskClient, upstreams: Upstreams, text: str
) -> None:
    """The simulated geocoder has none: it is asked for one."""
    response = get(client, f"/{text}", headers=CURL)
    assert response.status_code == 404
    assert "X-Answer" not in response.headers
    (*_, search) = upstreams.calls("geocoding")
    assert search.query["name"].lower() in {"rain", "frost"}


def test_a_question_is_in_lower_case(client: FlaskClient) -> None:
    for path in ("/London/Rain", "/London/RAIN", "/London/rain/x", "/a/London/rain"):
        assert get(client, path).status_code == 404


@pytest.mark.usefixtures("calm")
def test_the_place_of_a_list_that_is_shown_now(client: FlaskClient, clock: Clock) -> None:
    response = get(client, "/London:Paris/frost?period=60")
    assert response.headers["Cache-Control"].endswith("max-age=60")
    clock.advance(minutes=1)
    assert get(client, "/London:Paris/frost?period=60").text != response.text


@pytest.mark.usefixtures("calm")
def test_kept_answers_keep_their_header_and_their_visitor(
    make_app: Callable[..., Flask], clock: Clock
) -> None:
    client = make_app().test_client()
    path = "/frost?units=metric"
    for environ, place in ((FROM_LONDON, "London"), (FROM_AMERICA, "Palo Alto")) * 2:
        clock.advance(seconds=1)
        response = get(client, path, environ_base=environ)
        assert place in response.text
        assert response.headers["X-Answer"] == "no"
        assert "private" in response.headers["Cache-Control"]
        assert "Access-Control-Allow-Origin" not in response.headers
    clock.advance(seconds=5)
    get(client, path, environ_base=FROM_LONDON)
    clock.advance(seconds=5)
    kept = get(client, path, environ_base=FROM_LONDON)
    assert kept.headers["Cache-Status"] == "weather-microcache; hit"
    assert kept.headers["X-Answer"] == "no"
    etag = kept.headers["ETag"]
    again = get(client, path, environ_base=FROM_LONDON, headers={"If-None-Match": etag})
    assert (again.status_code, again.headers["X-Answer"]) == (304, "no")
    # Another question of the same report is no match for its validator.
    other = get(client, "/wind?units=metric", environ_base=FROM_LONDON,
                headers={"If-None-Match": etag})  # fmt: skip
    assert other.status_code == 200


@pytest.mark.usefixtures("calm")
def test_pages_of_other_origins_may_read_the_answer_of_a_named_place(client: FlaskClient) -> None:
    response = get(client, "/London/rain", headers={"Origin": "https://other.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "X-Answer" in response.headers["Access-Control-Expose-Headers"]


def test_head_has_the_answer_too(client: FlaskClient) -> None:
    response = client.head("/London/frost")
    assert response.headers["X-Answer"] == "no"
    assert not response.data


def test_a_request_past_the_rate_limit_is_no_answer(make_app: Callable[..., Flask]) -> None:
    client = make_app(rate_limit=1).test_client()
    get(client, "/London/frost", environ_base=FROM_LONDON)
    response = get(client, "/London/frost", environ_base=FROM_LONDON)
    assert (response.status_code, response.headers["X-Answer"]) == (429, "unknown")
