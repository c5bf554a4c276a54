"""Clients in a network of their own that do not read, or open too many connections."""

from __future__ import annotations

import select
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator import Upstreams
from tests.conftest import until
from tests.faults.conftest import serve_cleanly
from tests.faults.network import SERVER, ClientNetwork, addresses, client_network, many_files
from tests.faults.test_clients import GET, PLACES, assert_service_is_quick, read_all
from tests.faults.visitors import slack, visit
from tests.processes import PATIENCE, Service, workers

SLOW = 64  # clients, more than the service has threads
TINY = 2048  # bytes of a receive buffer
# The page with the chart of all hours has more than 80 kB without compression.
PAGE = f"GET {PLACES[0]}?format=html&hours=384 HTTP/1.1\r\nHost: x\r\n".encode()
HALF = GET + b"X-Half: "


@pytest.fixture(scope="module")
def network() -> Iterator[ClientNetwork]:
    with client_network() as made:
        yield made


@contextmanager
def warm_service(folder: Path, **settings: str) -> Iterator[Service]:
    with Upstreams() as upstreams:
        upstreams.now = lambda: datetime.now(UTC)
        environment = {**upstreams.environment(), "RATE_LIMIT": "0", "HOST": "0.0.0.0"}
        cache = {"CACHE_URL": f"{folder}/answers"}
        with serve_cleanly(folder / "log", {**environment, **cache, **settings}) as service:
            for path in PLACES:
                assert visit(service.url + path).status == 200
            yield service


@contextmanager
def all_closed(connections: list[socket.socket]) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        yield [stack.enter_context(connection) for connection in connections]


def established(service: Service) -> int:
    """The service's connections that neither end has closed (proc_net(5))."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    local_and_state = [(line.split()[1], line.split()[3]) for line in lines]
    return local_and_state.count((_address(service.port), "01"))


def _address(port: int) -> str:
    packed = socket.inet_aton(SERVER)[::-1]  # in the byte order of the host
    return f"{packed.hex().upper()}:{port:04X}"


def is_closed(connection: socket.socket) -> bool:
    """Whether the service has closed a connection on which it has sent nothing."""
    poller = select.poll()
    poller.register(connection, select.POLLIN)
    return bool(poller.poll(0))


def bodies(received: bytes) -> list[bytes]:
    """The bodies of whole responses with status 200."""
    nothing, *responses = received.split(b"HTTP/1.1 200 OK\r\n")
    assert not nothing
    found: list[bytes] = []
    for response in responses:
        head, _, body = response.partition(b"\r\n\r\n")
        assert f"\r\nContent-Length: {len(body)}\r\n".encode() in head + b"\r\n"
        found.append(body)
    return found


def test_clients_that_do_not_read_delay_no_other(network: ClientNetwork, tmp_path: Path) -> None:
    with (
        warm_service(tmp_path, SEND_TIMEOUT="60") as service,
        all_closed(network.connect(service.port, SLOW, receive_buffer=TINY)) as slow,
    ):
        for client in slow:
            client.sendall((PAGE + b"\r\n") * 5)
        for _ in range(5):
            assert_service_is_quick(service)
        # What they get is right, and the connection goes on.
        first = slow[0]
        first.sendall(GET + b"Connection: close\r\n\r\n")
        *pages, health = bodies(read_all(first))
    assert [len(page) > 50_000 for page in pages] == [True] * 5
    assert b"alive" in health


def test_a_client_that_reads_a_little_is_closed_after_the_time_for_sending(
    network: ClientNetwork, tmp_path: Path
) -> None:
    """However often it reads."""
    with (
        warm_service(tmp_path, SEND_TIMEOUT="1") as service,
        all_closed(network.connect(service.port, SLOW, receive_buffer=TINY)) as slow,
    ):
        for client in slow:
            client.sendall((PAGE + b"\r\n") * 5)
        for client in slow:
            assert client.recv(12) == b"HTTP/1.1 200"

        def all_are_closed() -> bool:
            for client in slow:
                client.recv(20)
            return established(service) == 0

        until(all_are_closed)
        received = [read_all(client) for client in slow]
        assert max(map(len, received)) < 4 * 55_000, "closed before the end"
    assert "Error" not in (tmp_path / "log").read_text()


@pytest.mark.parametrize("request_head", [PAGE, PAGE.replace(b"1.1", b"1.0"), GET])
def test_a_slow_reader_gets_the_whole_response(
    network: ClientNetwork, tmp_path: Path, request_head: bytes
) -> None:
    with (
        warm_service(tmp_path) as service,
        all_closed(network.connect(service.port, 1, receive_buffer=TINY)) as [client],
    ):
        client.sendall(request_head + b"Connection: close\r\n\r\n")
        received = b""
        while data := client.recv(4000):
            received += data
            time.sleep(0.001)
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"Connection: close" in head
    assert f"\r\nContent-Length: {len(body)}\r\n".encode() in head + b"\r\n"


def test_a_response_that_is_being_sent_is_completed_when_the_service_stops(
    network: ClientNetwork, tmp_path: Path
) -> None:
    with (
        warm_service(tmp_path, GRACEFUL_TIMEOUT="60", WEB_CONCURRENCY="1") as service,
        all_closed(network.connect(service.port, 8, receive_buffer=TINY)) as slow,
    ):
        for client in slow:
            client.sendall((PAGE + b"\r\n") * 4 + PAGE + b"Connection: close\r\n\r\n")
        for client in slow:
            assert client.recv(12) == b"HTTP/1.1 200"
        before = workers(service)
        service.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        assert workers(service) == before, "they are still sending"
        for client in slow:
            received = b"HTTP/1.1 200" + read_all(client)
            assert min(map(len, bodies(received))) > 50_000
            # The last response says that the connection closes, if it began after the signal.
            assert received.count(b"\r\nConnection: close\r\n") == 1
        assert service.process.wait(PATIENCE) == 0


def test_a_service_stops_in_time_although_clients_do_not_read(
    network: ClientNetwork, tmp_path: Path
) -> None:
    with (
        warm_service(tmp_path, GRACEFUL_TIMEOUT="2") as service,
        all_closed(network.connect(service.port, SLOW, receive_buffer=TINY)) as slow,
    ):
        for client in slow:
            client.sendall((PAGE + b"\r\n") * 5)
        until(lambda: all(client.recv(1, socket.MSG_PEEK) for client in slow))
        start = time.monotonic()
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(PATIENCE) == 0
        assert time.monotonic() - start < 2 + slack()


def test_one_address_has_a_bounded_number_of_connections(
    network: ClientNetwork, tmp_path: Path
) -> None:
    settings = {"CONNECTIONS_PER_ADDRESS": "20", "WEB_CONCURRENCY": "1"}
    attacker, other = addresses(2)
    with (
        warm_service(tmp_path, **settings) as service,
        all_closed(network.connect(service.port, 10, addresses=[other])) as others,
        all_closed(network.connect(service.port, 200, addresses=[attacker])) as many,
    ):
        for client in many:
            client.sendall(HALF)
        until(lambda: [is_closed(client) for client in many] == [True] * 180 + [False] * 20)
        assert not any(map(is_closed, others))
        [client] = network.connect(service.port, 1, addresses=[attacker])
        with client:
            client.sendall(GET + b"\r\n")
            assert client.recv(12) == b"HTTP/1.1 200"


def test_a_trusted_proxy_has_any_number_of_connections(
    network: ClientNetwork, tmp_path: Path
) -> None:
    for trusted in ("1", "198.18.0.0/15"):
        settings = {"CONNECTIONS_PER_ADDRESS": "20", "TRUSTED_PROXIES": trusted}
        with (
            warm_service(tmp_path, **settings) as service,
            all_closed(network.connect(service.port, 100)) as many,
        ):
            for client in many:
                client.sendall(GET + b"\r\n")
            assert [client.recv(12) for client in many] == [b"HTTP/1.1 200"] * 100


@pytest.mark.parametrize("clients", [1, 60])
def test_thousands_of_half_sent_requests_delay_no_other(
    network: ClientNetwork, tmp_path: Path, clients: int
) -> None:
    """From one address, and from so many that each has less than its limit."""
    with (
        many_files(),
        warm_service(tmp_path, CONNECTIONS="200", THREADS="4") as service,
        ExitStack() as stack,
    ):
        for _ in range(60):
            half_sent = network.connect(service.port, 100, addresses=addresses(clients))
            stack.enter_context(all_closed(half_sent))
            for client in half_sent:
                client.setblocking(False)
                client.send(HALF)
        assert visit(f"{service.url}/healthz").seconds < slack()
        assert_service_is_quick(service)
