"""The largest answers that the limits allow, which SECURITY.md states."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from simulator import Upstreams
from simulator.faults import Fault
from simulator.messages import Response
from tests import reports
from tests.attack.hostile_text import LARGEST_COMPARISON, LARGEST_OTHER, LARGEST_PAGE
from weather.core import boundary
from weather.core.models import Alert, AlertText, LocatedBy, LocatedPlace, Report
from weather.views import html, registry
from weather.views.options import ViewOptions
from weather.views.question import Question

# Five bytes each in a page, and four or twelve.
LETTERS = ('"', "𝒫")


@cache
def largest(letter: str) -> Report:
    """As many warnings as there can be, names and texts as long as they can be."""
    long = letter * 20_000
    text = AlertText("en", long, long, long, long)
    alert = Alert((text, replace(text, language="de")), reports.CREDIT, 3)
    alerts = boundary.alerts((alert,) * 1000)
    place = boundary.PLACE(replace(reports.WINDHAVEN, name=long, region=long, country=long))
    others = tuple(replace(place, region=f"{n} {letter * 90}") for n in range(4))
    located = LocatedPlace(place, LocatedBy.NAME, "x" * 100, others)
    return reports.report(place, located=located, alerts=alerts)


@pytest.mark.parametrize("letter", LETTERS)
def test_no_answer_is_larger_than_stated(letter: str) -> None:
    report = largest(letter)
    assert sum(len(alert.texts[0].description or "") for alert in report.alerts) > 20_000
    for view in registry.VIEWS:
        body = view.render(report, ViewOptions(question=Question.of("umbrella", None, None)))
        size = len(body if isinstance(body, bytes) else body.encode())
        assert size < (LARGEST_PAGE if view is registry.HTML else LARGEST_OTHER), (view.name, size)


@pytest.mark.parametrize("letter", LETTERS)
def test_no_comparison_is_larger_than_stated(letter: str) -> None:
    page = html.render_comparison([(letter * 100, largest(letter))] * 6, ViewOptions())
    assert len(page.encode()) < LARGEST_COMPARISON


def test_an_answer_repeats_little_of_a_long_request(make_app: Callable[..., Flask]) -> None:
    """As long as the server takes them: 4 kB of a URL, 8 kB of a cookie."""
    client = make_app().test_client()
    cookie = "kept=" + "&".join(f"keep={n}" + "%22" * 110 for n in range(20))
    headers = {"Accept": "text/html", "Cookie": cookie, "Accept-Language": "de," * 2000}
    for query in (
        "x=" + "%22" * 1300,
        "&".join(f"{n}=%22" for n in range(500)),
        "lang=" + "%22" * 1300,
    ):
        response = client.get(f"/Paris?{query}", headers=headers)
        assert len(response.data) < LARGEST_PAGE, query[:20]
    places = "&".join("q=" + "%22" * 90 + str(n) for n in range(14))
    assert len(client.get(f"/compare?{places}", headers=headers).data) < LARGEST_COMPARISON


def test_a_search_with_long_names_is_bounded(
    make_app: Callable[..., Flask], upstreams: Upstreams
) -> None:
    def change(response: Response) -> Response:
        entry = {"name": "𝒫" * 200, "admin1": "𝒫" * 200, "country": "𝒫" * 200}
        entries = [{**entry, "latitude": n / 9, "longitude": 8} for n in range(60)]
        return response.with_body(json.dumps({"results": entries}).encode())

    upstreams.fail("geocoding", Fault("long", change=change))
    response = make_app().test_client().get("/api/v1/places?q=Paris")
    assert response.status_code == 200
    assert 1000 < len(response.data) < LARGEST_OTHER


def test_the_stated_sizes_are_those_of_the_attacks() -> None:
    text = (Path(__file__).parents[2] / "SECURITY.md").read_text()
    sizes = re.findall(r"([0-9.]+) MB", " ".join(text.split()).partition("A page has at most")[2])
    stated = [LARGEST_PAGE, LARGEST_COMPARISON, LARGEST_OTHER]
    assert [float(size) * 1_000_000 for size in sizes[:3]] == stated
