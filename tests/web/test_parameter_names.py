"""Parameters that no one knows, and those that exclude each other, on the API."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from simulator import Upstreams
from tests.web.clients import FROM_LONDON, get
from weather.web.parameters import COMPATIBLE, LETTERS, LONG_NAMES

WEATHER, PLACES = "/api/v1/weather", "/api/v1/places"
OF_THE_API = {"q", "location"}
OTHERS = {*(entry.letter for entry in LETTERS), *LONG_NAMES, *(entry.name for entry in COMPATIBLE)}


@pytest.mark.parametrize(
    ("path", "name", "meant"),
    [
        (f"{WEATHER}?city=Bergen", "city", "q"),
        (f"{WEATHER}?query=Bergen", "query", "q"),
        (f"{WEATHER}?Q=Bergen", "Q", "q"),
        (f"{WEATHER}?latitude=60&longitude=5", "latitude", "lat"),
        (f"{WEATHER}?lat=60&lng=5", "lng", "lon"),
        (f"{WEATHER}?q=Bergen&forecast_days=3", "forecast_days", "days"),
        (f"{WEATHER}?q=Bergen&language=no", "language", "lang"),
        (f"{WEATHER}?q=Bergen&unit=metric", "unit", "units"),
        (f"{WEATHER}?q=Bergen&hurs=3", "hurs", "hours"),
        (f"{WEATHER}?q=Bergen&m", "m", "units"),
        (f"{WEATHER}?q=Bergen&foo=1", "foo", None),
        (f"{WEATHER}?q=Bergen&{quote('größe')}=1", "größe", None),
        (f"{WEATHER}?q=Bergen&{'x' * 300}=1", f"{'x' * 50}…", None),
        (f"{WEATHER}?=1", "", None),
        (f"{PLACES}?city=Bergen", "city", "q"),
        ("/api/v1/rain?city=Bergen", "city", "q"),
        ("/api/v1/wind?q=Bergen&abve=5bft", "abve", "above"),
        ("/api/v1/frost?q=Bergen&within=3h&colour=1", "colour", None),
        ("/api/v1/rain?q=Bergen&hours=3", "hours", "within"),
        ("/api/v1/gusts?q=Bergen&days=2", "days", "within"),
        ("/api/v1/umbrella?q=Bergen&above=5", "above", None),
        (f"{PLACES}?q=Bergen&lat=60", "lat", None),
        (f"{PLACES}?q=Bergen&units=metric", "units", None),
    ],
)
def test_an_unknown_parameter_is_named_with_the_right_one(
    client: FlaskClient, upstreams: Upstreams, path: str, name: str, meant: str | None
) -> None:
    response = get(client, path, environ_overrides=FROM_LONDON)
    problem = response.get_json()
    assert (response.status_code, problem["status"]) == (400, 400)
    assert problem["type"] == "/problems/unknown-parameter"
    assert problem.get("parameter", "") == name
    assert problem.get("did_you_mean") == meant
    assert name in problem["detail"]
    if meant:
        assert f"Did you mean {meant}?" in problem["detail"]
    assert upstreams.calls() == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("q=Paris&lat=48&lon=2", "lat"),
        ("q=Paris&lat=48", "lat"),
        ("q=Paris&ip=8.8.8.8", "ip"),
        ("q=Paris&location=Oslo", "location"),
        ("ip=8.8.8.8&lat=48&lon=2", "lat"),
        ("lat=48&lon=2&lon=3", "lon"),
        ("q=Paris&q=Oslo", "q"),
        ("q=Paris&days=3&days=4", "days"),
    ],
)
def test_parameters_that_exclude_each_other_are_refused(
    client: FlaskClient, upstreams: Upstreams, query: str, name: str
) -> None:
    response = get(client, f"{WEATHER}?{query}", environ_overrides=FROM_LONDON)
    problem = response.get_json()
    assert response.status_code == 400
    assert problem["type"] == "/problems/conflicting-parameters"
    assert problem["parameter"] == name
    assert name in problem["detail"]
    assert upstreams.calls() == []


@pytest.mark.parametrize(
    "query",
    ["q=Paris&location=", "q=&lat=48&lon=2", "location=Paris", "q=Paris&format=json", "q=Paris&"],
)
def test_what_is_empty_or_has_the_same_meaning_is_no_conflict(
    client: FlaskClient, query: str
) -> None:
    response = get(client, f"{WEATHER}?{query}", environ_overrides=FROM_LONDON)
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("hours=999", "hours"),
        ("days=x", "days"),
        ("units=kelvin", "units"),
        ("strict=maybe", "strict"),
        ("clock=13", "clock"),
        ("hours=", "hours"),
        ("days", "days"),
        ("fields=", "fields"),
        ("format=html", "format"),
        ("format=3", "format"),
        ("format=", "format"),
        ("lang=klingon!", "lang"),
        ("lang=de,en", "lang"),
        ("lang=1", "lang"),
    ],
)
def test_a_wrong_value_names_its_parameter(client: FlaskClient, query: str, name: str) -> None:
    response = get(client, f"{WEATHER}?q=Paris&{query}")
    problem = response.get_json()
    assert response.status_code == 400
    assert problem["type"] == "/problems/invalid-parameter"
    assert problem["parameter"] == name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"{PLACES}?q=Paris&limit=", "limit"),
        (f"{PLACES}?q=Paris&limit=21", "limit"),
        (f"{PLACES}?q=Paris&format=text", "format"),
        (f"{PLACES}?q=Paris&lang=französisch", "lang"),
        ("/api/v1/batch?q=Paris&q=Oslo&format=html", "format"),
        ("/api/v1/batch?q=Paris&fields=,", "fields"),
        ("/api/v1/rain?q=Paris&format=text", "format"),
        ("/api/v1/rain?q=Paris&within=", "within"),
        ("/api/v1/wind?q=Paris&above=", "above"),
    ],
)
def test_every_route_of_the_api_refuses_impossible_values(
    client: FlaskClient, upstreams: Upstreams, path: str, name: str
) -> None:
    response = get(client, path)
    problem = response.get_json()
    assert response.status_code == 400
    assert problem["type"] == "/problems/invalid-parameter"
    assert (problem["parameter"], name in problem["detail"]) == (name, True)
    assert upstreams.calls() == []


@pytest.mark.parametrize("name", sorted(OTHERS - OF_THE_API))
def test_the_api_takes_no_option_of_text_and_pictures(client: FlaskClient, name: str) -> None:
    problem = get(client, f"{WEATHER}?q=Paris&{name}=1").get_json()
    assert problem["type"] == "/problems/unknown-parameter"
    assert problem.get("parameter") == name


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ("", "fields is empty."),
        (",,", "fields has a comma without a field beside it."),
        ("place,,", "fields has a comma without a field beside it."),
        (",place", "fields has a comma without a field beside it."),
    ],
)
def test_fields_without_a_name_say_what_is_wrong(
    client: FlaskClient, fields: str, detail: str
) -> None:
    problem = get(client, f"{WEATHER}?q=Paris&fields={fields}").get_json()
    assert problem["detail"].startswith(detail)
    assert "current.temperature" in problem["detail"]


@pytest.mark.parametrize(
    "query", ["format=JSON", "lang=", "lang=pt_BR", "lang=zh-Hant-TW", "units="]
)
def test_the_api_takes_values_in_their_forms(client: FlaskClient, query: str) -> None:
    assert get(client, f"{WEATHER}?q=Paris&{query}").status_code == 200


@pytest.mark.parametrize("path", ["/Paris?format=xml", "/Paris?city=Oslo&hours=999&format=json"])
def test_the_other_views_ignore_what_they_do_not_know(client: FlaskClient, path: str) -> None:
    problem = get(client, path, headers={"Accept": "application/json"}).get_json()
    assert problem["type"] == "/problems/invalid-parameter"
