"""HTTP on the wire: request lines, Host, Expect and cross-origin requests.

Rules: RFC 9112 (HTTP/1.1), RFC 9110 (HTTP semantics), RFC 3986 (URI), the Fetch Standard (CORS).
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from simulator import Upstreams
from tests.processes import PATIENCE, Service, serve

HOST = b"Host: localhost\r\n"
CLOSE = b"Connection: close\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Upstreams() as upstreams:
        upstreams.now = lambda: datetime.now(UTC)
        log: Path = tmp_path_factory.mktemp("http") / "log"
        with serve(log, {**upstreams.environment(), "WEB_CONCURRENCY": "1"}) as running:
            yield running


def connect(service: Service) -> socket.socket:
    return socket.create_connection(("127.0.0.1", service.port), PATIENCE)


def exchange(service: Service, request: bytes) -> bytes:
    """Everything that the service sends until it closes the connection."""
    with connect(service) as client:
        client.sendall(request)
        return read_all(client)


def read_all(client: socket.socket) -> bytes:
    received = b""
    while data := client.recv(1 << 16):
        received += data
    return received


def status(response: bytes) -> int:
    return int(response.split(b" ", 2)[1])


@pytest.mark.parametrize(
    ("raw", "encoded"),
    [
        ("/Zürich?0T".encode(), b"/Z%C3%BCrich?0T"),
        ("/東京?0T".encode(), b"/%E6%9D%B1%E4%BA%AC?0T"),
        ("/Paris?format=%l:é".encode(), b"/Paris?format=%l:%C3%A9"),
        ("//Zürich?0T".encode(), b"//Z%C3%BCrich?0T"),
    ],
)
def test_raw_bytes_of_a_url_are_percent_encoded(
    service: Service, raw: bytes, encoded: bytes
) -> None:
    """RFC 3986, 2.1, and RFC 3629 for the bytes themselves."""
    bodies = [
        exchange(service, b"GET " + url + b" HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n")
        for url in (raw, encoded)
    ]
    assert [status(body) for body in bodies] == [200, 200]
    assert bodies[0].partition(b"\r\n\r\n")[2] == bodies[1].partition(b"\r\n\r\n")[2]


def test_raw_bytes_are_encoded_in_each_request_of_a_connection(service: Service) -> None:
    """Also where the second came with the first (RFC 9112, 9.3.2)."""
    url = "GET /Zürich?0T HTTP/1.1\r\n".encode() + HOST
    received = exchange(service, url + b"\r\n" + url + CLOSE + b"\r\n")
    assert received.count(b"HTTP/1.1 200 OK") == 2


@pytest.mark.parametrize(
    ("request_line", "expected"),
    [
        (b"GET /Pa ris HTTP/1.1", 400),
        (b"GET /Par\x7fis HTTP/1.1", 400),
        (b"GET /Paris", 400),
        (b"get /Paris HTTP/1.1", 400),
        (b"G\xc3\xa9T /Paris HTTP/1.1", 400),
        (b"GET /Paris HTTP/1.1\r\nHost", 400),
        (b"GET /Paris HTTP/1.1\r\nExpect: magic", 417),
        (b"GET /" + b"x" * 9000 + b" HTTP/1.1", 414),
        (b"GET /" + "é".encode() * 2000 + b" HTTP/1.1", 414),
        (b"GET /Paris HTTP/1.1\r\nX: " + b"x" * 9000, 431),
        (b"GET /Paris HTTP/1.1\r\nTransfer-Encoding: magic", 501),
    ],
)
def test_a_request_that_cannot_be_parsed_is_refused_in_plain_text(
    service: Service, request_line: bytes, expected: int
) -> None:
    response = exchange(service, request_line + b"\r\n" + HOST + b"\r\n")
    assert status(response) == expected
    head, _, body = response.partition(b"\r\n\r\n")
    assert b"Content-Type: text/plain; charset=utf-8" in head
    assert b"<" not in body
    assert b"Paris" not in body


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (b"", 400),
        (b"Host: a\r\nHost: b\r\n", 400),
        (b"Host: a\r\nHost: a\r\n", 400),
        (b"Host:\r\n", 400),
        (b"Host: a b\r\n", 400),
        (b"Host: a/b\r\n", 400),
        (b"Host: user@a\r\n", 400),
        (b"Host: a,b\r\n", 400),
        (b"Host: a..b\r\n", 400),
        (b"Host: a:http\r\n", 400),
        (b"Host: a:65536\r\n", 400),
        (b"Host: a:1:2\r\n", 400),
        (b"Host: [::1\r\n", 400),
        (b"Host: [::g]\r\n", 400),
        (b"Host: ::1\r\n", 400),
        (b"Host: <a>\r\n", 400),
        (b"Host: \xff\r\n", 400),
        (b"Host: http://a\r\n", 400),
        (b"Host: " + b"a" * 64 + b".b\r\n", 400),
        (b"Host: a\r\n", 200),
        (b"Host: A-1.example.:8080\r\n", 200),
        (b"Host: my_service:80\r\n", 200),
        (b"Host: 127.0.0.1:\r\n", 200),
        (b"Host: [::1]:8000\r\n", 200),
        (b"hOST:a\r\n", 200),
    ],
)
@pytest.mark.parametrize("path", [b"/Paris?0T", b"/healthz"])
def test_a_request_names_its_host_once(
    service: Service, path: bytes, lines: bytes, expected: int
) -> None:
    """RFC 9112, 3.2; RFC 9110, 4.2.1 for an empty host."""
    request = b"GET " + path + b" HTTP/1.1\r\n" + lines + CLOSE + b"\r\n"
    assert status(exchange(service, request)) == expected


def test_http_1_0_needs_no_host(service: Service) -> None:
    """Nor does its cached response answer HTTP/1.1 without a Host."""
    for version, expected in ((b"1.0", 200), (b"1.1", 400), (b"1.0", 200)):
        request = b"GET /Oslo?0T HTTP/" + version + b"\r\n" + CLOSE + b"\r\n"
        assert status(exchange(service, request)) == expected


def test_a_client_that_expects_100_is_told_to_continue(service: Service) -> None:
    """RFC 9110, 10.1.1: before any of the body was sent, and once."""
    with connect(service) as client:
        head = b"POST /settings HTTP/1.1\r\n" + HOST + CLOSE + FORM + b"Content-Length: 11\r\n"
        client.sendall(head + b"Expect: 100-Continue\r\n\r\n")
        assert client.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"units=")
        client.sendall(b"metri")
        assert status(read_all(client)) == 303


def test_each_request_of_a_connection_is_told_to_continue(service: Service) -> None:
    with connect(service) as client:
        for _ in range(2):
            head = b"POST /settings HTTP/1.1\r\n" + HOST + FORM + b"Content-Length: 7\r\n"
            client.sendall(head + b"Expect: 100-continue\r\n\r\n")
            assert client.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
            client.sendall(b"units=m")
            assert client.recv(1000).startswith(b"HTTP/1.1 303")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (b"Content-Length: 20000\r\n", b"HTTP/1.1 413 "),
        (b"Content-Length: 7\r\n\r\nunits=m", b"HTTP/1.1 303 "),
        (b"Content-Length: 0\r\n", b"HTTP/1.1 303 "),
    ],
)
def test_the_final_status_replaces_100(service: Service, lines: bytes, expected: bytes) -> None:
    """RFC 9110, 10.1.1: where the body is not read, or has been sent already."""
    head = b"POST /settings HTTP/1.1\r\nExpect: 100-continue\r\n" + HOST + CLOSE + FORM
    ending = b"" if b"\r\n\r\n" in lines else b"\r\n"
    assert exchange(service, head + lines + ending).startswith(expected)


def test_an_expectation_of_http_1_0_is_ignored(service: Service) -> None:
    with connect(service) as client:
        head = b"POST /settings HTTP/1.0\r\n" + HOST + FORM + b"Content-Length: 7\r\n"
        client.sendall(head + b"Expect: 100-continue\r\n\r\n")
        client.settimeout(0.3)
        with pytest.raises(TimeoutError):
            client.recv(1)
        client.settimeout(PATIENCE)
        client.sendall(b"units=m")
        assert status(read_all(client)) == 303


@pytest.mark.parametrize("path", ["/Paris?format=json", "/api/v1/weather?q=Paris", "/"])
@pytest.mark.parametrize("header", ["if-none-match", "accept, if-none-match", "cache-control"])
def test_a_preflight_allows_conditional_requests(
    client: FlaskClient, path: str, header: str
) -> None:
    """Fetch Standard, 4.8 (CORS-preflight fetch)."""
    response = client.options(
        path,
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": header,
        },
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    allowed = response.headers["Access-Control-Allow-Headers"].lower().split(", ")
    assert set(header.split(", ")) <= set(allowed)
    assert "GET" in response.headers["Access-Control-Allow-Methods"]
    assert int(response.headers["Access-Control-Max-Age"]) > 0


def test_a_preflight_allows_no_changes_of_settings(client: FlaskClient) -> None:
    response = client.options("/settings", headers={"Access-Control-Request-Method": "POST"})
    assert "POST" not in response.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("path", ["/Paris?format=json", "/nowhere/at/all?format=json"])
def test_scripts_of_other_origins_may_read_the_headers(client: FlaskClient, path: str) -> None:
    """Fetch Standard, 3.2.6: only safelisted headers are exposed otherwise."""
    headers = client.get(path, headers={"Accept": "application/json"}).headers
    exposed = headers["Access-Control-Expose-Headers"].lower().split(", ")
    assert {"etag", "cache-status", "age", "ratelimit", "retry-after"} <= set(exposed)
