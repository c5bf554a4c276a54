"""Visitors from addresses that no router of the internet forwards are on the server's network.

Rules: RFC 6598 (100.64.0.0/10 behind a provider's or an overlay's NAT), IANA's special-purpose
registries (RFC 6890): "Source" is true and "Globally Reachable" false.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.clients import PROGRAM

ADDRESSES = [
    "100.64.0.1",  # RFC 6598
    "100.127.255.254",
    "192.0.0.2",  # DS-Lite, RFC 6333
    "198.18.0.1",  # test networks, RFC 2544
    "64:ff9b:1::7",  # local NAT64, RFC 8215
    "fec0::7",  # site-local, RFC 3879
    "10.0.0.7",
    "fd00::7",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_on_the_network_gets_the_servers_place(client: FlaskClient, address: str) -> None:
    response = client.get("/", headers=PROGRAM, environ_overrides={"REMOTE_ADDR": address})
    assert response.status_code == 200, response.text
    assert response.get_json()["place"]["found_by"] == "server"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_on_the_network_gets_the_default_location(
    make_app: Callable[..., Flask], address: str
) -> None:
    client = make_app(default_location="Oslo").test_client()
    response = client.get("/", headers=PROGRAM, environ_overrides={"REMOTE_ADDR": address})
    assert response.get_json()["place"]["name"] == "Oslo"


@pytest.mark.parametrize("address", ["192.0.2.1", "203.0.113.9", "240.0.0.1", "2001:db8::1"])
def test_an_address_that_no_host_has_is_unknown(client: FlaskClient, address: str) -> None:
    response = client.get("/", headers=PROGRAM, environ_overrides={"REMOTE_ADDR": address})
    assert response.status_code == 404
