"""The system's resolver: its deadline, its bounds and its errors. Name servers cannot be simulated
on a socket, as the system chooses them, so that its function is replaced."""

from __future__ import annotations

import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from threading import Event
from typing import Any

import pytest

from tests.conftest import until
from weather.core.deadline import Deadline
from weather.core.errors import SearchUnavailable
from weather.upstream.resolver import SystemResolver


class NameServer:
    """Answers with an address, an error, or nothing until it is released."""

    def __init__(self) -> None:
        self.questions: list[str] = []
        self.released = Event()
        self.hosts: dict[str, str | int] = {}

    def __call__(self, host: str, port: object, **options: Any) -> list[tuple[object, ...]]:
        self.questions.append(host)
        answer = self.hosts.get(host)
        if answer is None:
            self.released.wait(60)
            answer = "192.0.2.1"
        if isinstance(answer, int):
            raise socket.gaierror(answer, "in words")
        return [(0, 0, 0, "", (address, 0)) for address in answer.split()]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Any:
    server = NameServer()
    monkeypatch.setattr(socket, "getaddrinfo", server)
    yield server
    server.released.set()


def test_the_addresses_of_a_host(server: NameServer) -> None:
    server.hosts["dns.example."] = "8.8.8.8 2001:4860:4860::8888 ::ffff:8.8.4.4"
    addresses = SystemResolver().resolve("dns.example", Deadline(5))
    assert [str(address) for address in addresses] == ["8.8.8.8", "2001:4860:4860::8888", "8.8.4.4"]


@pytest.mark.parametrize("code", [socket.EAI_NONAME, socket.EAI_SERVICE])
def test_a_host_that_does_not_exist_has_no_address(server: NameServer, code: int) -> None:
    server.hosts["nothing.example."] = code
    assert SystemResolver().resolve("nothing.example", Deadline(5)) == ()


@pytest.mark.parametrize("code", [socket.EAI_AGAIN, socket.EAI_FAIL])
def test_a_failing_name_server_is_no_missing_host(server: NameServer, code: int) -> None:
    server.hosts["host.example."] = code
    resolver = SystemResolver()
    for _ in range(10):  # each gives its slot back
        with pytest.raises(SearchUnavailable, match="name server"):
            resolver.resolve("host.example", Deadline(5))


def test_a_silent_name_server_holds_no_response_past_its_deadline(server: NameServer) -> None:
    with pytest.raises(SearchUnavailable, match="name server"):
        SystemResolver().resolve("host.example", Deadline(0.1))


def test_a_silent_name_server_holds_four_threads_at_most(server: NameServer) -> None:
    server.hosts["other.example."] = "8.8.8.8"
    resolver = SystemResolver()
    for number in range(20):
        with pytest.raises(SearchUnavailable):
            resolver.resolve(f"host{number}.example", Deadline(0.02))
    assert len(server.questions) == 4
    with pytest.raises(SearchUnavailable, match="Too many"):
        resolver.resolve("other.example", Deadline(5))
    server.released.set()
    until(lambda: _resolves(resolver))


def test_requests_for_a_host_share_a_lookup(server: NameServer) -> None:
    resolver = SystemResolver()
    with ThreadPoolExecutor(8) as threads:
        deadline = Deadline(120)
        futures = [threads.submit(_wait, resolver, deadline) for _ in range(8)]
        until(lambda: server.questions)
        server.released.set()
        assert {future.result() for future in futures} <= {(ip_address("192.0.2.1"),), ()}
    # Those that came after the result ask again.
    assert 1 <= len(server.questions) <= 8


def _wait(resolver: SystemResolver, deadline: Deadline) -> tuple[object, ...]:
    return resolver.resolve("shared.example", deadline)


def _resolves(resolver: SystemResolver) -> bool:
    find: Callable[..., object] = resolver.resolve
    try:
        return bool(find("other.example", Deadline(5)))
    except SearchUnavailable:
        return False
