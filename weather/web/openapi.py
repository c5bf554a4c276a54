"""The API as an OpenAPI document (3.1): its paths, with the parameters that requests are read by,
and the schemas of the objects that responses are written of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from weather.core.dataclass import dataclass
from weather.views.json.schema import (
    TEXT,
    Schema,
    list_of,
    record,
    reference,
    schemas,
)
from weather.views.question import TOPICS
from weather.web.endpoint import Endpoint
from weather.web.parameters import Parameter

PATH, DOCS, PROBLEMS = "/openapi.json", "/docs", "/problems"
VERSION = "1"  # of the API, as in its paths

_JSON, _HTML, _TEXT = "application/json", "text/html", "text/plain"
_PROBLEM = "application/problem+json"
_SECONDS: Schema = {"type": "integer", "minimum": 0}
_WEATHER: Schema = {"anyOf": [reference("Weather"), reference("WeatherPart")]}
_REFUSALS = (414, 431)  # of what is longer than 8 kB, or with too many headers
_FAILURES = (400, 404, 405, 429, 500, 502, 503, 504)
_DESCRIPTION = (
    "The weather of a place: now, by the hour and by the day, with sun and moon, air quality, "
    "official warnings and climate normals. No account, no key. Within /api/v1, fields and "
    "parameters may be added; none is removed and none changes its meaning."
)
_ANSWER: Schema = {"type": "string", "enum": ["yes", "no", "unknown"]}
_HEADERS: Mapping[str, tuple[str, Schema]] = {
    "Cache-Control": ("How long, and by whom, the response may be stored (RFC 9111)", TEXT),
    "Vary": ("The request's headers that the response depends on", TEXT),
    "ETag": ("A validator for If-None-Match (RFC 9110)", TEXT),
    "Age": ("Seconds since the forecast was fetched", _SECONDS),
    "Cache-Status": ("Whether the forecast came from the cache (RFC 9211)", TEXT),
    "RateLimit": ("Requests left in this minute (r), and seconds to its end (t)", TEXT),
    "RateLimit-Policy": ("Requests in each window (q), and its seconds (w)", TEXT),
    "Retry-After": ("Seconds until a retry", _SECONDS),
    "Allow": ("The methods of the address", TEXT),
    "X-Answer": ("The answer", _ANSWER),
    "X-Request-ID": ("What names the request in the log", TEXT),
}
_ALWAYS = frozenset({"Cache-Control", "Vary", "Retry-After", "Allow", "X-Answer", "X-Request-ID"})
_CONDITIONAL = ("Age", "Cache-Status")
_OF_STATUS = {405: ("Allow",), 429: ("Retry-After",), 503: ("Retry-After",)}
_LIMITED = ("RateLimit", "RateLimit-Policy")
_HEADER_PARAMETERS: Mapping[str, str] = {
    "If-None-Match": "Validators of responses that the client has: 304 if one is still right",
    "Accept-Language": "Languages, where lang is not given",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """A GET request of a path: the schema of its content by media type. `failures` are the
    statuses of errors, which are problems, in JSON alone unless they are `negotiated`."""

    path: str
    name: str
    summary: str
    content: Mapping[str, Schema]
    failures: tuple[int, ...] = (405, 429, 500, 503)
    negotiated: bool = False
    conditional: bool = True
    limited: bool = True
    headers: tuple[str, ...] = ()
    forecast: bool = True  # whether it has the headers of one
    unavailable: Schema | None = None  # of a 503 that is no problem


_PAGE: Mapping[str, Any] = {"negotiated": True, "forecast": False}
_PROBE: Mapping[str, Any] = {
    **{"failures": (405, 500), "conditional": False, "limited": False},
    **_PAGE,
}


def _operations() -> list[Operation]:
    return [*_weather(), *_reference(), *_health()]


def _weather() -> Iterable[Operation]:
    version = "/api/v1/"
    yield Operation(
        *(version + "weather", "weather", "The weather of a place", {_JSON: _WEATHER}),
        failures=_FAILURES,
    )
    yield Operation(
        *(version + "batch", "batch", "The weather of several places", _object("SeveralPlaces")),
        failures=(400, 405, 429, 500, 503),
        forecast=False,
    )
    yield Operation(
        *(version + "places", "places", "The places of a name", _object("Places")),
        failures=_FAILURES,
        forecast=False,
    )
    for word, topic in TOPICS.items():
        summary = f"Whether there is {topic.meaning}"
        yield Operation(
            *(version + word, word, summary, _object("Answer")),
            failures=_FAILURES,
            headers=("X-Answer",),
        )


def _reference() -> Iterable[Operation]:
    texts = {_HTML: TEXT, _TEXT: TEXT}
    yield Operation(PATH, "openapi", "This document", {_JSON: {"type": "object"}}, **_PAGE)
    yield Operation(DOCS, "docs", "A page about the API", {_HTML: TEXT}, **_PAGE)
    yield Operation(PROBLEMS, "problems", "The types of problems", texts, **_PAGE)
    yield Operation(
        *(f"{PROBLEMS}/{{name}}", "problem", "The explanation of a type of problem", texts),
        failures=(404, 405, 429, 500, 503),
        **_PAGE,
    )


def _health() -> Iterable[Operation]:
    yield Operation(
        "/healthz", "healthz", "Whether the process is alive", _object("Health"), **_PROBE
    )
    yield Operation(
        *("/readyz", "readyz", "Whether a forecast can be had", _object("Readiness")),
        unavailable=reference("Readiness"),
        **_PROBE,
    )


def _object(name: str) -> Mapping[str, Schema]:
    return {_JSON: reference(name)}


def document(app: Flask, root: str) -> dict[str, Any]:
    """The document; `root` is the path that the service is below."""
    rules = {template(rule.rule): rule for rule in app.url_map.iter_rules()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The weather where you are",
            "version": VERSION,
            "description": _DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": root or "/"}],
        "externalDocs": {"url": f"{root}{DOCS}"},
        "paths": {
            operation.path: {"get": _operation(app, operation, rules[operation.path])}
            for operation in _operations()
        },
        "components": {
            "schemas": schemas() | _probes(),
            "headers": {name: _header(name) for name in _HEADERS},
        },
    }


def _header(name: str) -> dict[str, Any]:
    meaning, schema = _HEADERS[name]
    required = {"required": True} if name in _ALWAYS else {}
    return {"description": meaning, "schema": schema} | required


def template(rule: str) -> str:
    """The path of a rule of Flask, as OpenAPI writes it."""
    return re.sub(r"<(?:[^<>:]+:)?([^<>:]+)>", r"{\1}", rule)


def _operation(app: Flask, operation: Operation, rule: Rule) -> dict[str, Any]:
    handler = app.view_functions[rule.endpoint]
    declared: Endpoint = getattr(handler, "endpoint", Endpoint())
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [
            *([_NAME] if "{name}" in operation.path else []),
            *map(_parameter, declared.parameters),
            *(_header_parameters(operation)),
        ],
        "responses": _responses(operation),
    }


_NAME: Schema = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "The last part of a problem's type",
    "schema": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
    "example": "unknown-location",
}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(parameter.kind.schema())
    declared: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning,
        "required": parameter.required,
    }
    if parameter.most > 1:
        schema = {"type": "array", "items": schema, "minItems": 1, "maxItems": parameter.most}
        declared |= {"style": "form", "explode": True}
    return declared | {"schema": schema}


def _header_parameters(operation: Operation) -> Iterable[dict[str, Any]]:
    if not operation.conditional:
        return
    for name, meaning in _HEADER_PARAMETERS.items():
        yield {
            "name": name,
            "in": "header",
            "description": meaning,
            "required": False,
            "schema": TEXT,
        }


def _responses(operation: Operation) -> dict[str, Any]:
    content = {kind: {"schema": schema} for kind, schema in operation.content.items()}
    responses = {"200": _response(operation, 200) | {"content": content}}
    if operation.conditional:
        responses["304"] = _response(operation, 304)
    if operation.limited:  # not the probes, which have no parameters
        responses |= {str(status): _refusal(status) for status in _REFUSALS}
    for status in operation.failures:
        responses[str(status)] = _response(operation, status) | {"content": _problem(operation)}
    if operation.unavailable:
        unavailable = {_JSON: {"schema": operation.unavailable}}
        responses["503"] = _response(operation, 503) | {"content": unavailable}
        del responses["503"]["headers"]["Retry-After"]
    return responses


def _refusal(status: int) -> dict[str, Any]:
    """A line of text, by the server, which refuses the request before it is read."""
    return {
        "description": HTTPStatus(status).phrase,
        "headers": {"Cache-Control": {"$ref": "#/components/headers/Cache-Control"}},
        "content": {_TEXT: {"schema": TEXT}},
    }


def _problem(operation: Operation) -> dict[str, Any]:
    problem = {_PROBLEM: {"schema": reference("Problem")}}
    if operation.negotiated:
        return problem | {kind: {"schema": TEXT} for kind in (_HTML, _TEXT)}
    return problem


def _response(operation: Operation, status: int) -> dict[str, Any]:
    names = ["Cache-Control", "Vary", *_OF_STATUS.get(status, ())]
    if operation.conditional and status in {200, 304}:
        names += ["ETag", *(_CONDITIONAL if operation.forecast else ())]
    if operation.limited:
        names += _LIMITED
    if status not in {405, 500}:
        names += operation.headers
    if status >= 500:
        names.append("X-Request-ID")
    headers: dict[str, Any] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    if status == 200 and operation.forecast:
        meaning = "Seconds until a retry, where there are climate normals instead of a forecast"
        headers["Retry-After"] = {"description": meaning, "schema": _SECONDS}
    return {"description": HTTPStatus(status).phrase, "headers": headers}


def _probes() -> dict[str, Schema]:
    states = {"type": "string", "enum": ["answers", "fails", "not called yet"]}
    return {
        "Health": record({"status": {"type": "string", "const": "alive"}}, {}),
        "Readiness": record(
            {
                "status": TEXT,
                "providers": {"type": "object", "additionalProperties": states},
                "reasons": list_of(TEXT),
            },
            {},
        ),
    }
