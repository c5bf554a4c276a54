"""The OpenAPI document is that of the code: paths, parameters, statuses, headers and schemas."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from werkzeug.test import TestResponse

from simulator import Upstreams, faults
from simulator.fault import Fault
from tests.conftest import Clock
from tests.contract.schemas import Schemas
from tests.web.clients import BROWSER, FROM_LONDON, PROGRAM
from weather.views.json import meanings
from weather.web.openapi import template
from weather.web.problem_types import MEANINGS, problem_types

ROOT = Path(__file__).parent.parent.parent
# Pages, texts and files, whose form is no promise, and their settings.
NOT_OF_THE_API = re.compile(
    r"/|/maps(/.*)?|/[{<].*|/compare|/preview\.png|/settings|/static/.*|/robots\.txt|/favicon\.ico|/embed(/.*)?"
    r"|/sw\.js|/manifest\.webmanifest|/(rain|umbrella|frost|wind|gusts)"
)
# Of all responses, or of HTTP.
COMMON_HEADERS = {
    *("Content-Type", "Content-Length", "Content-Encoding", "Content-Security-Policy"),
    *("Referrer-Policy", "X-Content-Type-Options", "Permissions-Policy"),
    *("Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"),
    *("Access-Control-Allow-Origin", "Access-Control-Expose-Headers"),
}
WEATHER, BATCH, PLACES = "/api/v1/weather", "/api/v1/batch", "/api/v1/places"


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    content: dict[str, Any] = client.get("/openapi.json").get_json()
    return content


def operation_of(document: dict[str, Any], path: str) -> dict[str, Any]:
    path = path.partition("?")[0]
    paths = document["paths"]
    matching = (key for key in paths if re.fullmatch(re.sub(r"\{.*?\}", "[^/]+", key), path))
    operation: dict[str, Any] = paths[path if path in paths else next(matching)]["get"]
    return operation


def check(document: dict[str, Any], path: str, response: TestResponse) -> None:
    """A response is one that the document describes."""
    operation = operation_of(document, path)
    status = str(response.status_code)
    assert status in operation["responses"], f"{path}: {status}"
    described = operation["responses"][status]
    headers = {
        name: document["components"]["headers"][name] if "$ref" in header else header
        for name, header in described.get("headers", {}).items()
    }
    missing = {name for name, header in headers.items() if header.get("required")}
    assert missing <= set(response.headers.keys()), (path, status)
    assert set(response.headers.keys()) <= set(headers) | COMMON_HEADERS, (path, status)
    if status == "304":
        assert not response.data
        return
    kind = response.mimetype or ""
    assert kind in described["content"], (path, status, kind)
    if "json" in kind:
        schema = described["content"][kind]["schema"]
        assert Schemas(document).problems(response.get_json(), schema) == [], path


def test_every_route_of_the_api_is_described_and_no_other(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    routes = {template(rule.rule) for rule in client.application.url_map.iter_rules()}
    assert set(document["paths"]) == {
        route for route in routes if not NOT_OF_THE_API.fullmatch(route)
    }
    assert {route for route in routes if route.startswith("/api/")} <= set(document["paths"])


def test_every_parameter_is_described_and_no_other(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    for rule in client.application.url_map.iter_rules():
        if rule.rule not in document["paths"]:
            continue
        handler: Any = client.application.view_functions[rule.endpoint]
        declared = getattr(handler, "endpoint", None)
        names = [parameter.name for parameter in declared.parameters] if declared else []
        described = document["paths"][rule.rule]["get"]["parameters"]
        assert [p["name"] for p in described if p["in"] == "query"] == names
        if rule.rule.startswith("/api/"):
            assert declared is not None
            assert declared.refuses_others


def test_every_schema_is_one(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for item in document["paths"].values():
        for parameter in item["get"]["parameters"]:
            Draft202012Validator.check_schema(parameter["schema"])
            assert parameter["description"]
    names = [item["get"]["operationId"] for item in document["paths"].values()]
    assert len(set(names)) == len(names)


def test_every_reference_is_to_a_component(document: dict[str, Any]) -> None:
    for reference in set(re.findall(r'"\$ref": "#/(.*?)"', json.dumps(document))):
        target: Any = document
        for name in reference.split("/"):
            target = target[name]
    assert document["openapi"] == "3.1.0"


@pytest.mark.parametrize(
    "path",
    [
        f"{WEATHER}?q=Paris",
        f"{WEATHER}?q=Paris&units=imperial&lang=de&hours=384&days=16",
        f"{WEATHER}?lat=-89.9&lon=180&units=metric,kn,inhg",
        f"{WEATHER}?lat=78.2&lon=15.6",
        f"{WEATHER}?q=48.1,8.1&hours=0&days=0",
        f"{WEATHER}?ip=8.8.8.8",
        f"{WEATHER}",
        f"{WEATHER}?q=Paris&fields=place,current.temperature,hourly.valid_at,alerts.event",
        f"{WEATHER}?q=Xyzzyville",
        f"{WEATHER}?q=91,0",
        f"{WEATHER}?city=Paris",
        f"{WEATHER}?q=Paris&lat=1",
        f"{WEATHER}?ip=10.0.0.1",
        f"{PLACES}?q=Paris",
        f"{PLACES}?q=Xyzzyville",
        f"{PLACES}?q=Paris&limit=1&lang=fr",
        f"{PLACES}",
        f"{BATCH}?q=Paris&q=Xyzzyville&q=91,0&units=metric",
        f"{BATCH}?q=Paris&q=Oslo&fields=daily.date",
        f"{BATCH}",
        *(f"/api/v1/{word}?q=Paris" for word in ("rain", "umbrella", "frost", "wind", "gusts")),
        "/api/v1/wind?q=Paris&above=50km/h&within=2d",
        "/api/v1/wind?q=Paris&above=many",
        "/api/v1/rain?q=Xyzzyville",
        *("/openapi.json", "/docs", "/problems", "/problems/none"),
        *("/healthz", "/readyz"),
    ],
)
@pytest.mark.parametrize("headers", [PROGRAM, BROWSER], ids=["program", "browser"])
def test_a_response_is_as_described(
    client: FlaskClient, document: dict[str, Any], path: str, headers: dict[str, str]
) -> None:
    for visitor in ({}, FROM_LONDON):
        response = client.get(path, headers=headers, environ_overrides=visitor)
        check(document, path, response)
        etag = response.headers.get("ETag")
        if etag:
            again = client.get(
                path, headers=headers | {"If-None-Match": etag}, environ_overrides=visitor
            )
            assert again.status_code == 304
            check(document, path, again)
        check(document, path, client.post(path, headers=headers, environ_overrides=visitor))


@pytest.mark.parametrize(
    "fault",
    [faults.down(), faults.status(429), faults.invalid_json()],
    ids=["down", "429", "no json"],
)
def test_a_response_of_an_outage_is_as_described(
    client: FlaskClient,
    upstreams: Upstreams,
    document: dict[str, Any],
    clock: Clock,
    fault: Fault,
) -> None:
    client.get(f"{WEATHER}?q=48.2,8.2")
    clock.advance(hours=2)
    upstreams.fail("*", fault)
    statuses = set()
    for path in (
        *(f"{WEATHER}?q=48.1,8.1", f"{WEATHER}?q=48.1,8.1&strict=1", f"{WEATHER}?q=48.2,8.2"),
        *(f"{PLACES}?q=Xyzzyville", f"{BATCH}?q=48.1,8.1&q=48.2,8.2"),
        *(f"{BATCH}?q=48.1,8.1&q=48.2,8.2&strict=1", "/api/v1/rain?q=48.1,8.1", "/readyz"),
    ):
        response = client.get(path)
        statuses.add(response.status_code)
        check(document, path, response)
    assert {200, 503} <= statuses


def test_a_response_to_a_client_past_its_rate_limit_is_as_described(
    make_app: Callable[..., Flask], document: dict[str, Any]
) -> None:
    client = make_app(rate_limit=1).test_client()
    client.get("/", environ_overrides=FROM_LONDON)
    for path in (f"{WEATHER}?q=Paris", f"{BATCH}?q=Paris", f"{PLACES}?q=Paris", "/docs"):
        response = client.get(path, headers=PROGRAM, environ_overrides=FROM_LONDON)
        assert response.status_code == 429
        check(document, path, response)


def test_a_response_of_a_fault_is_as_described(
    make_app: Callable[..., Flask], document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weather.web.routes.weather._located_response", lambda *_: 1 / 0)
    response = make_app().test_client().get(f"{WEATHER}?q=Paris")
    assert response.status_code == 500
    check(document, WEATHER, response)


def test_a_report_without_fields_is_whole(client: FlaskClient, document: dict[str, Any]) -> None:
    whole = {"$ref": "#/components/schemas/Weather"}
    report = client.get(f"{WEATHER}?q=Paris").get_json()
    assert Schemas(document).problems(report, whole) == []
    del report["daily"][0]["date"]
    report["more"] = 1
    assert len(Schemas(document).problems(report, whole)) == 2


def test_every_type_of_problem_has_a_page(client: FlaskClient) -> None:
    assert problem_types().keys() == MEANINGS.keys()
    for name, kind in problem_types().items():
        text = client.get(f"/problems/{name}").text
        assert kind.meaning in text
        assert f"{kind.name} ({kind.status})" in text
        page = client.get(f"/problems/{name}", headers=BROWSER)
        assert page.content_type == "text/html; charset=utf-8"
        assert name in page.text
        assert name in client.get("/problems", headers=BROWSER).text
    problem = client.get(f"{WEATHER}?q=Xyzzyville").get_json()
    assert client.get(problem["type"]).status_code == 200


def test_the_page_of_the_api_needs_no_script_and_no_other_host(client: FlaskClient) -> None:
    page = client.get("/docs", headers=BROWSER).text
    assert 'href="/openapi.json"' in page
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    for path in client.get("/openapi.json").get_json()["paths"]:
        assert f"GET {path}" in page


def test_addresses_are_below_the_prefix_of_the_service(make_app: Callable[..., Flask]) -> None:
    client = make_app(public_url="https://host.example/weather").test_client()
    document = client.get("/weather/openapi.json").get_json()
    assert document["servers"] == [{"url": "/weather"}]
    assert 'href="/weather/openapi.json"' in client.get("/weather/docs").text
    assert (
        'href="/weather/problems"'
        in client.get("/weather/problems/overloaded", headers=BROWSER).text
    )


def test_the_meanings_of_fields_are_those_of_the_documentation() -> None:
    text = (ROOT / "docs" / "json.md").read_text()
    tables = {
        "Response": meanings.WEATHER, "Places": meanings.PLACE, "Conditions": meanings.CONDITIONS,
        "Days": meanings.DAY, "Sun and moon": meanings.SUN_AND_MOON, "Air": meanings.AIR_QUALITY,
        "Climate": meanings.CLIMATE, "Warnings": meanings.ALERT, "Batch": meanings.BATCH,
        "Provenance": meanings.PROVENANCE, "Errors": meanings.PROBLEM,
    }  # fmt: skip
    for heading, expected in tables.items():
        section = re.split(r"^##+ ", text.partition(f"# {heading}\n")[2], flags=re.MULTILINE)[0]
        rows = re.findall(r"^\| (`.*?) \| (.*) \|$", section, re.MULTILINE)
        documented = {
            name: meaning for cell, meaning in rows for name in re.findall(r"`([a-z0-9_.]+)`", cell)
        }
        assert documented == dict(expected), heading


def test_a_service_loads_the_description_at_its_first_request() -> None:
    """Few requests need it, and it takes memory and time at the start of each process."""
    code = (
        "import sys; from weather import create_app; from weather.settings import Settings; "
        "client = create_app(Settings.from_environment({'CACHE_URL': 'memory'})).test_client(); "
        "modules = {'weather.web.openapi', 'weather.views.json.schema'}; "
        "print(sorted(modules & set(sys.modules))); client.get('/openapi.json'); "
        "print(sorted(modules & set(sys.modules)))"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert output == ["[]", "['weather.views.json.schema', 'weather.web.openapi']"]
