"""Clients that are slow, mute, deaf or wrong: they hold up nobody but themselves."""

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
from tests.faults.conftest import watched
from tests.faults.visitors import slack, visit
from tests.processes import Service, workers

PLACES = [f"/{40 + place}.5,8.5" for place in range(10)]
MANY = 100  # more than there are threads
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
FORM = b"POST /settings HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
# What they send, after which they wait.
CLIENTS = {
    "nothing": b"",
    "half a head": GET,
    "half a second request": GET + b"\r\nGET /healthz HT",
    "no form": FORM + b"Content-Length: 500\r\n\r\n",
    "half a form": FORM + b"Content-Length: 500\r\n\r\nunits=met",
    "a form that waits to be asked for": FORM
    + b"Content-Length: 9\r\nExpect: 100-continue\r\n\r\n",
    "a form in chunks": FORM + b"Transfer-Encoding: chunked\r\n\r\n50\r\nunits=met",
    "a form of a gigabyte": FORM + b"Content-Length: 1000000000\r\n\r\nunits=met",
    "a GET with a body": GET + b"Content-Length: 500\r\n\r\n",
    "a last request, and it stays": GET + b"Connection: close\r\n\r\n",
    "HTTP/1.0": b"GET /healthz HTTP/1.0\r\n\r\n",
    "HTTP/0.9": b"GET /healthz\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "an endless head": GET + b"X-Long: " + b"x" * 100_000,
}


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One for all of them: each finds it as the one before has left it."""
    folder = tmp_path_factory.mktemp("service")
    with Upstreams() as upstreams:
        upstreams.now = lambda: datetime.now(UTC)
        environment = {**upstreams.environment(), "RATE_LIMIT": "0"}
        with watched(folder / "log", {**environment, "CACHE_URL": f"{folder}/answers"}) as service:
            for path in PLACES:
                assert visit(service.url + path).status == 200
            yield service


@contextmanager
def clients(service: Service, number: int = 1) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        address = "127.0.0.1", service.port
        come = [stack.enter_context(socket.create_connection(address, 5)) for _ in range(number)]
        yield come


def said(client: socket.socket) -> bytes:
    """All that the service says until it closes."""
    told = b""
    with suppress(ConnectionResetError):
        while data := client.recv(65_536):
            told += data
    return told


def cpu_seconds(service: Service) -> float:
    """Of its workers (proc(5)), in steps of ten milliseconds."""
    stats = [Path(f"/proc/{each}/stat").read_text().split() for each in workers(service)]
    return sum(int(ticks) for stat in stats for ticks in stat[13:15]) / 100


@pytest.mark.parametrize("sent", CLIENTS.values(), ids=CLIENTS)
def test_who_waits_holds_up_nobody(warm: Service, sent: bytes) -> None:
    with clients(warm, MANY) as slow:
        for each in slow:
            each.sendall(sent)
        for _ in range(3):
            quick = [visit(warm.url + path) for path in PLACES]
            assert {each.status for each in quick} == {200}
            assert max(each.seconds for each in quick) < slack()
            time.sleep(0.2)


def test_who_sends_drop_by_drop_holds_up_nobody_and_is_given_up(warm: Service) -> None:
    with clients(warm, MANY) as slow:
        for each in slow:
            each.sendall(GET)
        for round_ in range(4):
            for each in slow:
                each.sendall(f"X-{round_}: y\r\n".encode())
            quick = [visit(warm.url + path) for path in PLACES]
            assert {each.status for each in quick} == {200}
            assert max(each.seconds for each in quick) < slack()
        time.sleep(6)
        assert [said(each) for each in slow] == [b""] * MANY, "given up after 5 s"


def test_who_reads_drop_by_drop_holds_up_nobody(warm: Service) -> None:
    with clients(warm, MANY) as slow:
        for number, each in enumerate(slow):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            page = f"GET {PLACES[0]}?format=html&n={number} HTTP/1.1\r\nHost: x\r\n\r\n"
            each.sendall(page.encode())
        for _ in range(3):
            for each in slow:
                each.recv(100)
            quick = [visit(warm.url + path) for path in PLACES]
            assert {each.status for each in quick} == {200}
        assert visit(warm.url + PLACES[1]).seconds < slack()


def test_who_has_closed_costs_nothing(warm: Service) -> None:
    with clients(warm, MANY) as gone:
        for each in gone:
            each.sendall(GET)
            each.shutdown(socket.SHUT_WR)
        assert [said(each) for each in gone] == [b""] * MANY
        before = cpu_seconds(warm)
        time.sleep(1)
        assert cpu_seconds(warm) - before < 0.2


def test_a_request_in_pieces_is_a_request(warm: Service) -> None:
    body = b"back=%2FParis&units=metric"
    head = FORM + f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
    whole = head + body
    with clients(warm) as [client]:
        for piece in (whole[:15], whole[15:60], whole[60:-30], whole[-30:-3], whole[-3:]):
            client.sendall(piece)
            time.sleep(0.1)
        told = said(client)
    assert told.startswith(b"HTTP/1.1 303")
    assert b"Location: /Paris\r\n" in told
    assert b"units=metric" in told


def test_requests_one_after_the_other_without_a_wait(warm: Service) -> None:
    last = GET + b"Connection: close\r\n\r\n"
    with clients(warm) as [client]:
        client.sendall((GET + b"\r\n") * 5 + last[:30])
        time.sleep(0.2)
        client.sendall(last[30:])
        assert said(client).count(b"HTTP/1.1 200") == 6


def test_too_long_is_told(warm: Service) -> None:
    with clients(warm) as [client]:
        client.sendall(CLIENTS["an endless head"])
        assert said(client).startswith(b"HTTP/1.1 431")
    with clients(warm) as [client]:
        client.sendall(CLIENTS["a form of a gigabyte"])
        client.shutdown(socket.SHUT_WR)
        assert said(client).startswith(b"HTTP/1.1 413")


FEW_FILES = """
import resource, runpy
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
runpy.run_path("app.py", run_name="__main__")
"""


def test_more_connections_than_there_may_be_files(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with watched(tmp_path / "log", environment, "-c", FEW_FILES) as service:
        until(lambda: len(workers(service)) == 2)
        before = workers(service)
        with clients(service, 600):
            time.sleep(1)
        until(lambda: visit(f"{service.url}/healthz").status == 200)
        assert workers(service) == before
