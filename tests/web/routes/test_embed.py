"""The card for pages of other sites."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.web.clients import BROWSER, FROM_AMERICA, FROM_LONDON, get
from weather.views.html import assets


def test_the_card_of_a_place_may_be_framed_by_all_sites_and_has_no_script(
    client: FlaskClient,
) -> None:
    for path in ("/embed/London", "/embed?q=London", "/embed?lat=51.5&lon=-0.12"):
        card = get(client, path, headers=BROWSER)
        assert card.status_code == 200
        assert card.content_type == "text/html; charset=utf-8"
        policy = card.headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert not re.search("<script|<form|<input", card.text)
        assert "X-Frame-Options" not in card.headers
        assert "Access-Control-Allow-Origin" not in card.headers
        assert "Open-Meteo" in card.text


def test_other_pages_may_be_framed_by_no_site(client: FlaskClient) -> None:
    for path in ("/London", "/compare?q=London", "/docs", "/Xyzzyville", "/embedded"):
        policy = get(client, path, headers=BROWSER).headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy, path


@pytest.mark.parametrize("path", ["/embed", "/embed/", "/embed?q=", "/embed/me", "/embed/moon"])
def test_the_card_shows_no_place_of_its_visitor(client: FlaskClient, path: str) -> None:
    card = get(client, path, headers=BROWSER, environ_overrides=FROM_LONDON, follow_redirects=True)
    assert card.status_code == 404
    assert "London</" not in card.text


def test_the_card_is_the_same_for_all_visitors(make_app: Callable[..., Flask]) -> None:
    """Neither the country of their address nor their cookie changes it."""
    cards = set()
    for visitor in (FROM_LONDON, FROM_AMERICA):
        client = make_app().test_client()
        client.set_cookie("kept", "units=fahrenheit&keep=Oslo&lang=de")
        card = get(client, "/embed/London", headers=BROWSER, environ_overrides=visitor)
        assert "private" not in card.headers["Cache-Control"]
        cards.add(card.text)
    assert len(cards) == 1
    assert " mph" in cards.pop(), "the units of the place's country"


def test_errors_and_normals_are_cards_too(client: FlaskClient, upstreams: Upstreams) -> None:
    unknown = get(client, "/embed/Xyzzyville", headers=BROWSER)
    assert unknown.status_code == 404
    upstreams.fail("open-meteo", faults.status(503))
    upstreams.fail("met-norway", faults.status(503))
    normals = get(client, "/embed/Oslo", headers=BROWSER)
    assert "NO FORECAST" in normals.text
    for card in (unknown, normals):
        assert "<script" not in card.text
        assert card.headers["Content-Security-Policy"] == assets.EMBED_POLICY


def test_links_lead_below_the_prefix_of_the_service(make_app: Callable[..., Flask]) -> None:
    client = make_app(public_url="https://weather.example/weather").test_client()
    card = client.get("/embed/London", headers=BROWSER)
    assert 'href="/weather/?q=London' in card.text
