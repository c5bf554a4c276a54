"""The service behind the real nginx, whose proxy_cache has its default key: without the Host that
a client names ($scheme$proxy_host$request_uri)."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator import Upstreams
from tests.nginx import nginx
from tests.processes import PATIENCE, serve
from tests.web.clients import BROWSER, PROGRAM

CACHE = """
proxy_cache pages; add_header X-Cache $upstream_cache_status;
proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $http_x_visitor;
"""
PASS = CACHE + "location / {{ proxy_pass http://127.0.0.1:{port}; }}"
BELOW = (
    CACHE
    + """
proxy_set_header X-Forwarded-Proto https; proxy_set_header X-Forwarded-Prefix /weather;
location /weather/ {{ proxy_pass http://127.0.0.1:{port}/; }}
"""
)
CACHEABLE = ("/Paris?format=json&units=metric", "/api/v1/places?q=Paris", "/static/favicon.svg")
LONDON, AMERICA = "81.2.69.160", "8.8.8.8"


@dataclass
class Answer:
    status: int
    text: str
    headers: dict[str, str]

    @property
    def cached(self) -> bool:
        return self.headers.get("X-Cache") == "HIT"


def get(port: int, path: str, visitor: str = LONDON, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers={**headers, "X-Visitor": visitor})
    response = connection.getresponse()
    answer = Answer(
        response.status, response.read().decode(errors="replace"), dict(response.getheaders())
    )
    connection.close()
    return answer


@contextmanager
def behind(folder: Path, upstreams: Upstreams, server: str, **settings: str) -> Iterator[int]:
    upstreams.now = lambda: datetime.now(UTC)
    environment = {**upstreams.environment(), "SAMPLE_DATA": "0", "TRUSTED_PROXIES": "1"}
    with (
        serve(folder / "log", environment | settings) as service,
        nginx(folder / "nginx", server.format(port=service.port)) as port,
    ):
        yield port


@pytest.fixture
def port(tmp_path: Path, upstreams: Upstreams) -> Iterator[int]:
    with behind(tmp_path, upstreams, PASS) as port:
        yield port


PAGES = ["/Paris?units=metric", "/Paris?units=metric&format=html", "/48.85,2.35?units=metric"]


def test_a_cache_serves_no_page_with_the_host_of_another_client(port: int) -> None:
    for page in PAGES * 2:
        assert "evil.example" in get(port, page, **BROWSER, Host="evil.example").text
        other = get(port, page, **BROWSER, Host="weather.example")
        assert "evil.example" not in other.text
        assert "http://weather.example/" in other.text


def test_with_a_public_url_pages_are_cached_and_name_that(
    tmp_path: Path, upstreams: Upstreams
) -> None:
    hosts = ("evil.example", "weather.example", "127.0.0.1")
    with behind(tmp_path, upstreams, PASS, PUBLIC_URL="https://weather.example") as port:
        for page in PAGES:
            # Each host twice: subdomains choose a language, so responses vary on the host.
            answers = [get(port, page, **BROWSER, Host=host) for host in hosts for _ in range(2)]
            assert [answer.cached for answer in answers] == [False, True] * len(hosts)
            for answer in answers:
                assert "evil.example" not in answer.text
                assert "curl https://weather.example/" in answer.text.replace("&#39;", "")


def test_an_impossible_host_is_refused_and_not_cached(port: int) -> None:
    for host in ("a b", "a/b", "a@b", "a:99999", "[::"):
        assert get(port, "/Paris?units=metric", **BROWSER, Host=host).status == 400
    assert get(port, "/Paris?units=metric", **BROWSER, Host="weather.example").status == 200


def test_visitors_do_not_get_each_others_place_or_units(port: int) -> None:
    for path in ("/?format=json", "/?format=1", "/", "/Paris?format=json", "/Paris"):
        headers = PROGRAM if "json" in path else BROWSER
        first = get(port, path, LONDON, **headers)
        second = get(port, path, AMERICA, **headers)
        assert not second.cached
        assert first.text != second.text


def test_what_depends_on_nobody_is_cached(port: int) -> None:
    for path in (
        "/Paris?format=json&units=metric",
        "/api/v1/places?q=Paris",
        "/static/favicon.svg",
    ):
        assert not get(port, path, LONDON, **PROGRAM).cached
        assert get(port, path, AMERICA, **PROGRAM).cached


def test_a_cache_keeps_origins_apart(port: int) -> None:
    """Vary: Origin; a script of another origin does not get the units of a visitor's country."""
    foreign = {"Origin": "https://evil.example"}
    visitors = (AMERICA, LONDON)
    texts = {get(port, "/Paris?format=json", who, **PROGRAM, **foreign).text for who in visitors}
    assert len(texts) == 1
    assert "°F" in get(port, "/Paris?format=json", AMERICA, **PROGRAM).text


def test_below_a_path_all_links_lead_there(tmp_path: Path, upstreams: Upstreams) -> None:
    with behind(tmp_path, upstreams, BELOW) as port:
        page = get(port, "/weather/Paris?lang=en", **BROWSER, Host="weather.example")
        assert 'action="/weather/settings"' in page.text
        assert "curl &#39;https://weather.example/weather/Paris?lang=en&#39;" in page.text
        for path in (
            "manifest.webmanifest",
            "sw.js",
            "api/v1/places?q=Paris",
            "preview.png?q=Paris",
        ):
            assert get(port, f"/weather/{path}").status == 200


def test_a_proxy_may_pass_on_the_path_of_the_public_url(
    tmp_path: Path, upstreams: Upstreams
) -> None:
    public = "https://weather.example/weather"
    with behind(tmp_path, upstreams, PASS, PUBLIC_URL=public) as port:
        for path in ("/weather", "/weather/", "/weather/Paris", "/Paris"):
            page = get(port, path, **BROWSER)
            assert page.status == 200
            assert 'action="/weather/settings"' in page.text
