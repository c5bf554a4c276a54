"""Clients that are slow, silent or malformed delay no other client."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator import Upstreams
from tests.conftest import until
from tests.faults.conftest import serve_cleanly
from tests.faults.visitors import slack, visit
from tests.processes import PATIENCE, Service, workers

PLACES = [f"/{40 + place}.5,8.5" for place in range(10)]
MANY = 100  # connections, more than the service has threads
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
FORM = b"POST /settings HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
# What a client sends before it stops.
CLIENTS = {
    "nothing": b"",
    "half a head": GET,
    "half a second request": GET + b"\r\nGET /healthz HT",
    "no form": FORM + b"Content-Length: 500\r\n\r\n",
    "half a form": FORM + b"Content-Length: 500\r\n\r\nunits=met",
    "a form after 100 Continue": FORM + b"Content-Length: 9\r\nExpect: 100-continue\r\n\r\n",
    "a form in chunks": FORM + b"Transfer-Encoding: chunked\r\n\r\n50\r\nunits=met",
    "a form of a gigabyte": FORM + b"Content-Length: 1000000000\r\n\r\nunits=met",
    "a GET with a body": GET + b"Content-Length: 500\r\n\r\n",
    "a last request without closing": GET + b"Connection: close\r\n\r\n",
    "HTTP/1.0": b"GET /healthz HTTP/1.0\r\n\r\n",
    "HTTP/0.9": b"GET /healthz\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "an endless head": GET + b"X-Long: " + b"x" * 100_000,
}


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for all tests, so that each also tests what the one before has left."""
    folder = tmp_path_factory.mktemp("service")
    with Upstreams() as upstreams:
        upstreams.now = lambda: datetime.now(UTC)
        environment = {**upstreams.environment(), "RATE_LIMIT": "0"}
        cache = {"CACHE_URL": f"{folder}/answers"}
        with serve_cleanly(folder / "log", {**environment, **cache}) as service:
            for path in PLACES:
                assert visit(service.url + path).status == 200
            yield service


@contextmanager
def clients(service: Service, number: int = 1) -> Iterator[list[socket.socket]]:
    """Connections, all closed at the end of the block."""
    with ExitStack() as stack:
        address = "127.0.0.1", service.port
        yield [
            stack.enter_context(socket.create_connection(address, PATIENCE)) for _ in range(number)
        ]


def read_all(client: socket.socket) -> bytes:
    """Everything that the service sends until it closes."""
    received = b""
    with suppress(ConnectionResetError):
        while data := client.recv(65_536):
            received += data
    return received


def assert_service_is_quick(service: Service) -> None:
    """A thread held by a slow client would delay a visit by five seconds or more."""
    visits = [visit(service.url + path) for path in PLACES]
    assert {each.status for each in visits} == {200}
    assert max(each.seconds for each in visits) < slack()


def cpu_seconds(service: Service) -> float:
    """CPU time of the workers (proc(5)), in steps of ten milliseconds."""
    stats = [Path(f"/proc/{process}/stat").read_text().split() for process in workers(service)]
    return sum(int(ticks) for stat in stats for ticks in stat[13:15]) / 100


@pytest.mark.parametrize("sent", CLIENTS.values(), ids=CLIENTS)
def test_a_client_that_stops_sending_delays_no_other(warm: Service, sent: bytes) -> None:
    with clients(warm, MANY) as slow:
        for client in slow:
            client.sendall(sent)
        for _ in range(3):
            assert_service_is_quick(warm)
            time.sleep(0.2)


def test_a_client_that_sends_slowly_delays_no_other_and_is_closed(warm: Service) -> None:
    with clients(warm, MANY) as slow:
        for client in slow:
            client.sendall(GET)
        for number in range(4):
            for client in slow:
                client.sendall(f"X-{number}: y\r\n".encode())
            assert_service_is_quick(warm)
        assert [read_all(client) for client in slow] == [b""] * MANY, "closed without a response"


def test_a_client_that_reads_slowly_delays_no_other(warm: Service) -> None:
    with clients(warm, MANY) as slow:
        for number, client in enumerate(slow):
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            page = f"GET {PLACES[0]}?format=html&n={number} HTTP/1.1\r\nHost: x\r\n\r\n"
            client.sendall(page.encode())
        for _ in range(3):
            for client in slow:
                client.recv(100)
            visits = [visit(warm.url + path) for path in PLACES]
            assert {each.status for each in visits} == {200}
        assert visit(warm.url + PLACES[1]).seconds < slack()


def test_a_closed_connection_uses_no_cpu(warm: Service) -> None:
    with clients(warm, MANY) as closed:
        for client in closed:
            client.sendall(GET)
            client.shutdown(socket.SHUT_WR)
        assert [read_all(client) for client in closed] == [b""] * MANY
        before = cpu_seconds(warm)
        time.sleep(1)
        assert cpu_seconds(warm) - before < 0.2


def test_a_request_may_arrive_in_pieces(warm: Service) -> None:
    body = b"back=%2FParis&units=metric"
    head = FORM + f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
    request = head + body
    pieces = request[:15], request[15:60], request[60:-30], request[-30:-3], request[-3:]
    with clients(warm) as [client]:
        for piece in pieces:
            client.sendall(piece)
            time.sleep(0.1)
        response = read_all(client)
    assert response.startswith(b"HTTP/1.1 303")
    assert b"Location: /Paris\r\n" in response
    assert b"units=metric" in response


def test_requests_may_be_pipelined(warm: Service) -> None:
    last = GET + b"Connection: close\r\n\r\n"
    with clients(warm) as [client]:
        client.sendall((GET + b"\r\n") * 5 + last[:30])
        time.sleep(0.2)
        client.sendall(last[30:])
        assert read_all(client).count(b"HTTP/1.1 200") == 6


def test_a_request_that_is_too_long_is_refused(warm: Service) -> None:
    with clients(warm) as [client]:
        client.sendall(CLIENTS["an endless head"])
        assert read_all(client).startswith(b"HTTP/1.1 431")
    with clients(warm) as [client]:
        client.sendall(CLIENTS["a form of a gigabyte"])
        client.shutdown(socket.SHUT_WR)
        assert read_all(client).startswith(b"HTTP/1.1 413")


FEW_FILES = """
import resource, runpy
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
runpy.run_path("app.py", run_name="__main__")
"""


def test_more_connections_than_file_descriptors(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with serve_cleanly(tmp_path / "log", environment, "-c", FEW_FILES) as service:
        until(lambda: len(workers(service)) == 2)
        before = workers(service)
        with clients(service, 600):
            time.sleep(1)
        until(lambda: visit(f"{service.url}/healthz").status == 200)
        assert workers(service) == before
