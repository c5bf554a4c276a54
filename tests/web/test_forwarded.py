"""What proxies say of a request, believed from those in TRUSTED_PROXIES alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.web.clients import BROWSER
from weather.web.client_address import TrustedProxies
from weather.web.forwarded import ForwardedClient, forwarded_client

Make = Callable[..., Flask]

LONDON = "81.2.69.160"
PROXY = "10.0.0.1"


def resolved(trusted: str, peer: str | None = PROXY, **headers: str) -> tuple[str, str, str, str]:
    """Address, scheme, host and prefix."""
    environ = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    client = forwarded_client({"REMOTE_ADDR": peer, **environ}, TrustedProxies.parse(trusted))
    return str(client.address), client.scheme, client.host, client.prefix


FORWARDED = f'for={LONDON};proto=https;host="weather.example:8443"'


@pytest.mark.parametrize("trusted", ["", "192.168.0.0/16", "loopback"])
def test_a_peer_that_is_not_trusted_says_nothing(trusted: str) -> None:
    assert resolved(trusted, forwarded=FORWARDED) == (PROXY, "", "", "")
    assert resolved(
        trusted,
        x_forwarded_for=LONDON,
        x_forwarded_proto="https",
        x_forwarded_host="weather.example",
        x_forwarded_prefix="/weather",
    ) == (PROXY, "", "", "")


@pytest.mark.parametrize("trusted", ["1", "private", "10.0.0.0/8"])
def test_a_trusted_proxy_is_believed(trusted: str) -> None:
    assert resolved(trusted, forwarded=FORWARDED) == (LONDON, "https", "weather.example:8443", "")
    assert resolved(
        trusted,
        x_forwarded_for=LONDON,
        x_forwarded_proto="https",
        x_forwarded_host="weather.example",
        x_forwarded_prefix="/weather/",
    ) == (LONDON, "https", "weather.example", "/weather")


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        (f"for={LONDON}", LONDON),
        (f"FOR={LONDON}", LONDON),
        (f'for="{LONDON}:4711"', LONDON),
        ('for="[2a02:1210::1]:4711"', "2a02:1210::1"),
        (f"for=8.8.8.8, for={LONDON}", LONDON),
        (f"for=8.8.8.8,for={LONDON};by=10.0.0.1", LONDON),
        # RFC 7239, 8.1: what the client wrote before it counts for nothing.
        (f'for=", for={LONDON}', LONDON),
        (f'for="8.8.8.8, for="{LONDON}"', LONDON),
        (f'for="\\, for="{LONDON}"', LONDON),
        (f'for="a\\", for={LONDON}', LONDON),
        (f"garbage, for={LONDON}", LONDON),
        (f"for=8.8.8.8;for=9.9.9.9, for={LONDON};for=8.8.4.4", LONDON),
        ("for=_hidden", "None"),
        ("for=unknown", "None"),
        ("proto=https", "None"),
        (f'for="{LONDON}, 8.8.8.8"', "None"),
    ],
)
def test_the_address_in_forwarded(forwarded: str, address: str) -> None:
    """RFC 7239, 4."""
    assert resolved("1", forwarded=forwarded)[0] == address


def test_of_several_proxies_the_outermost_counts() -> None:
    chain = f"for={LONDON};proto=https;host=weather.example, for=10.0.0.2;proto=http;host=inner"
    expected = (LONDON, "https", "weather.example", "")
    assert resolved("2", forwarded=chain) == expected
    assert resolved("private", forwarded=chain) == expected
    assert resolved("1", forwarded=chain) == ("10.0.0.2", "http", "inner", "")
    headers = {
        "x_forwarded_for": f"8.8.8.8, {LONDON}, 10.0.0.2",
        "x_forwarded_proto": "https, http",
        "x_forwarded_host": "evil.example, weather.example, inner",
        "x_forwarded_prefix": "/evil, /outer, /inner",
    }
    assert resolved("private", **headers) == (LONDON, "https", "weather.example", "/outer/inner")
    assert resolved("2", **headers) == (LONDON, "https", "weather.example", "/outer/inner")


def test_forwarded_is_not_read_beside_x_forwarded_for() -> None:
    """Proxies that write X-Forwarded-For pass on a Forwarded that a client made up."""
    lie = "for=8.8.8.8;proto=https;host=evil.example"
    assert resolved("1", forwarded=lie, x_forwarded_for=LONDON) == (LONDON, "", "", "")


def test_a_request_that_came_around_the_proxies_is_not_believed() -> None:
    headers = {"x_forwarded_for": LONDON, "x_forwarded_host": "evil.example"}
    assert resolved("2", **headers) == (PROXY, "", "", "")


@pytest.mark.parametrize(
    "host", ["", "evil example", "a/b", "[", "user@evil.example", "a:99999", "a\tb", "é"]
)
def test_an_impossible_forwarded_host_is_none(host: str) -> None:
    host_of = resolved("1", x_forwarded_for=LONDON, x_forwarded_host=host)[2]
    assert host_of == ""


@pytest.mark.parametrize(
    "prefix",
    [
        *("//evil.example", "/\\evil.example", "evil.example", "https://evil.example", "/a//b"),
        *("/..", "/a/../b", "/.", '/"><script>', "/a b", "/a?b", "/a#b", "/%2e%2e", "/é"),
    ],
)
def test_a_prefix_that_leads_elsewhere_is_none(prefix: str) -> None:
    assert resolved("1", x_forwarded_for=LONDON, x_forwarded_prefix=prefix)[3] == ""


texts = st.text(alphabet='for=;,"\\ []:.0123456789abproto', max_size=60)


@given(forwarded=texts)
def test_any_forwarded_is_survived(forwarded: str) -> None:
    client = forwarded_client(
        {"REMOTE_ADDR": PROXY, "HTTP_FORWARDED": forwarded}, TrustedProxies.parse("private")
    )
    assert isinstance(client, ForwardedClient)


@given(lie=texts)
def test_what_a_client_writes_before_the_proxy_never_counts(lie: str) -> None:
    assert resolved("1", forwarded=f"{lie}, {FORWARDED}") == (
        *(LONDON, "https", "weather.example:8443"),
        "",
    )


BEHIND_A_PREFIX = {
    "X-Forwarded-For": LONDON,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "weather.example",
    "X-Forwarded-Prefix": "/weather",
}


def page(client: FlaskClient, path: str, **headers: str) -> TestResponse:
    return client.get(path, headers={**BROWSER, **headers})


def local_urls(text: str) -> set[str]:
    """The addresses of this host in a page."""
    return set(re.findall(r' (?:href|action|value|content)="(/[^"]*)"', text))


@pytest.mark.parametrize("path", ["/Paris", "/Paris,US", "/Nowhere-at-all", "/compare?q=Paris"])
def test_links_lead_below_the_prefix(make_app: Make, path: str) -> None:
    client = make_app(trusted_proxies="1").test_client(use_cookies=False)
    saved = {"Cookie": "kept=keep=Oslo&keep=Rome"}
    text = page(client, path, **BEHIND_A_PREFIX, **saved).text
    assert "/weather/?q=Oslo" in local_urls(text)
    assert len(local_urls(text)) >= 5
    assert {url for url in local_urls(text) if not url.startswith("/weather/")} == set()


def test_absolute_addresses_are_those_that_the_client_used(make_app: Make) -> None:
    client = make_app(trusted_proxies="1").test_client()
    text = page(client, "/Paris?lang=en", **BEHIND_A_PREFIX).text
    assert "curl &#39;https://weather.example/weather/Paris?lang=en&#39;" in text
    assert 'property="og:url" content="https://weather.example/weather/Paris?lang=en"' in text
    assert 'property="og:image" content="https://weather.example/weather/preview.png?' in text
    assert "localhost" not in text
    direct = page(make_app().test_client(), "/Paris", **BEHIND_A_PREFIX).text
    assert "weather.example" not in direct
    assert "/weather/" not in direct


def test_forwarded_has_the_same_effect(make_app: Make) -> None:
    client = make_app(trusted_proxies="private, loopback").test_client()
    text = page(client, "/Paris", Forwarded=FORWARDED).text
    assert "curl https://weather.example:8443/Paris" in text
    assert "https://weather.example:8443" not in page(make_app().test_client(), "/Paris").text


def test_cookies_and_redirects_are_those_of_the_prefix(make_app: Make) -> None:
    client = make_app(trusted_proxies="1").test_client()
    form: dict[str, Any] = {"units": "ms", "back": "/weather/Paris"}
    saved = client.post("/settings", data=form, headers=BEHIND_A_PREFIX)
    assert saved.headers["Location"] == "/weather/Paris"
    cookie = saved.headers["Set-Cookie"]
    assert "Secure" in cookie
    assert "Path=/weather" in cookie
    elsewhere = client.post("/settings", data={**form, "back": "/other"}, headers=BEHIND_A_PREFIX)
    assert elsewhere.headers["Location"] == "/weather/"
    plain = make_app().test_client().post("/settings", data=form, headers=BEHIND_A_PREFIX)
    assert "Secure" not in plain.headers["Set-Cookie"]


def test_responses_of_two_prefixes_are_not_mixed(make_app: Make) -> None:
    client = make_app(trusted_proxies="1").test_client()
    first = page(client, "/Paris", **BEHIND_A_PREFIX).text
    second = page(client, "/Paris", **{**BEHIND_A_PREFIX, "X-Forwarded-Prefix": "/other"}).text
    assert "/other/" not in first
    assert "/weather/" not in second


@pytest.mark.parametrize(
    ("trusted", "peer", "header", "scheme"),
    [
        ("", "10.0.0.1", "https", ""),
        ("1", "10.0.0.1", None, ""),
        ("1", "10.0.0.1", "https", "https"),
        ("1", "10.0.0.1", "HTTPS", "https"),
        ("1", "10.0.0.1", "http, https", "https"),
        ("1", "10.0.0.1", "https, http", "http"),
        ("2", "10.0.0.1", "https, http", "https"),
        ("2", "10.0.0.1", "gopher, https, http", "https"),
        ("2", "10.0.0.1", "https", "https"),
        ("private", "10.0.0.1", "https", "https"),
        ("private", "81.2.69.160", "https", ""),
        ("loopback", None, "https", "https"),
        ("1", "10.0.0.1", "gopher", ""),
        ("1", "10.0.0.1", " , ", ""),
    ],
)
def test_the_scheme_is_that_of_the_outermost_trusted_proxy(
    trusted: str, peer: str | None, header: str | None, scheme: str
) -> None:
    environ = {"REMOTE_ADDR": peer}
    if header is not None:
        environ["HTTP_X_FORWARDED_PROTO"] = header
    assert forwarded_client(environ, TrustedProxies.parse(trusted)).scheme == scheme
