"""The routes' rules, held against werkzeug's own."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Map, Rule

from weather.web.route_rule import RouteRule

RULES = ("/", "/api/v1/weather", "/<prefix>/<path:rest>", "/days/<int:days>")


@pytest.mark.parametrize("path", ["/", "/api/v1/weather", "/a/b/c", "/days/3", "/days/x", "/no"])
def test_a_rule_matches_as_werkzeugs_does(path: str) -> None:
    def matched(kind: type[Rule]) -> Any:
        rules = Map([kind(rule, endpoint=rule) for rule in RULES]).bind("example.org")
        return rules.match(path) if rules.test(path) else None

    assert matched(RouteRule) == matched(Rule)


def test_a_url_can_be_built() -> None:
    rules = Map([RouteRule(rule, endpoint=rule) for rule in RULES]).bind("example.org")
    assert rules.build("/days/<int:days>", {"days": 3}) == "/days/3"
    assert rules.build("/days/<int:days>", {"days": 3, "lang": "de"}) == "/days/3?lang=de"


def test_no_source_is_compiled_for_the_routes(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    trees: list[str] = []
    really = ast.parse

    def parse(source: str, *of: Any, **how: Any) -> Any:
        trees.append(source)
        return really(source, *of, **how)

    monkeypatch.setattr(ast, "parse", parse)
    app = make_app()
    assert len(list(app.url_map.iter_rules())) > 20
    assert not trees
    Map([Rule("/<name>", endpoint="x")])
    assert trees, "this is how werkzeug's own rule compiles"
