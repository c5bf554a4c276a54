"""Within version 1 of the API nothing is removed and no type changes."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.contract.promise import FILE, lines


def test_what_is_promised_is_there_and_what_is_there_is_promised(client: FlaskClient) -> None:
    promised = set(FILE.read_text().splitlines())
    current = lines(client.get("/openapi.json").get_json())
    assert promised - current == set(), "removed or changed within version 1"
    assert current - promised == set(), "new: python -m tests.contract.promise"


def test_no_parameter_has_become_required(client: FlaskClient) -> None:
    current = lines(client.get("/openapi.json").get_json())
    assert {line for line in current if " needs " in line} == {
        "GET /api/v1/batch needs q",
        "GET /api/v1/places needs q",
        "GET /problems/{name} needs name",
    }


def test_a_removed_field_and_a_changed_type_are_noticed(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    before = lines(document)
    fields = document["components"]["schemas"]["Conditions"]["properties"]
    del fields["temperature"]
    fields["weather_code"] = {"type": "string"}
    assert before - lines(document) == {
        "GET /api/v1/weather 200 hourly[] temperature: number|null",
        "GET /api/v1/weather 200 hourly[] weather_code: integer|null",
    }
