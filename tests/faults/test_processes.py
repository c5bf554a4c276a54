"""Signals, kills, slow clients and too many of them."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import until
from tests.faults.conftest import watched
from tests.faults.visitors import coming, together, visit
from tests.processes import Service, workers
from tests.upstreams import Upstreams, faults

PLACES = [f"/{40 + place}.5,8.5" for place in range(10)]


@pytest.fixture
def warm(service: Service) -> Service:
    for path in PLACES:
        assert visit(service.url + path).status == 200
    return service


def places(service: Service) -> Iterator[str]:
    """Known places; each address once, so that nothing but the cache answers."""
    for number in itertools.count():
        yield f"{service.url}{PLACES[number % len(PLACES)]}?n={number}"


def test_a_worker_that_is_killed_is_replaced(warm: Service) -> None:
    urls = places(warm)
    before = workers(warm)
    with coming(lambda: next(urls)) as crowd:
        until(lambda: len(crowd.visits) > 50)
        os.kill(before[0], signal.SIGKILL)
        until(lambda: len(workers(warm)) == 2 and before[0] not in workers(warm))
        seen = len(crowd.visits)
        until(lambda: len(crowd.visits) > seen + 100)
    broken = crowd.statuses()[0]
    assert set(crowd.statuses()) <= {200, 0}
    assert broken <= 16, "only what the killed one had in its hands"


def test_sighup_renews_the_workers_and_loses_nothing(warm: Service) -> None:
    urls = places(warm)
    before = set(workers(warm))
    with coming(lambda: next(urls)) as crowd:
        until(lambda: len(crowd.visits) > 50)
        warm.process.send_signal(signal.SIGHUP)
        until(lambda: len(workers(warm)) == 2 and not before & set(workers(warm)))
        seen = len(crowd.visits)
        until(lambda: len(crowd.visits) > seen + 100)
    assert set(crowd.statuses()) == {200}


def test_sigterm_answers_what_was_accepted(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    upstreams.fail("open-meteo", faults.latency(1.0))
    with watched(tmp_path / "log", environment) as service:
        answers: list[int] = []
        threads = [
            threading.Thread(target=lambda: answers.append(visit(f"{service.url}/48,8").status))
            for _ in range(12)
        ]
        for thread in threads:
            thread.start()
        until(lambda: upstreams.calls("open-meteo"))
        time.sleep(0.3)  # all have been accepted by now
        service.process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join()
        assert service.process.wait(15) == 0
    assert answers == [200] * 12


def test_slow_clients_do_not_starve_others(warm: Service) -> None:
    """More of them than there are threads: silent, or with a head that drips in."""
    with ExitStack() as stack:
        slow = [stack.enter_context(_connection(warm)) for _ in range(80)]
        for each in slow[::2]:
            each.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        for round_ in range(4):
            for each in slow[::2]:
                each.sendall(f"X-{round_}: y\r\n".encode())
            quick = [visit(warm.url + path) for path in PLACES]
            assert {each.status for each in quick} == {200}
            assert max(each.seconds for each in quick) < 2
        time.sleep(6)
        assert [_is_closed(each) for each in slow[::2]] == [True] * 40, "given up after 5 s"


def test_a_head_in_pieces_is_a_request(warm: Service) -> None:
    with _connection(warm) as client:
        head = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        for piece in (head[:15], head[15:30], head[30:-3], head[-3:]):
            client.sendall(piece)
            time.sleep(0.1)
        assert client.recv(100).startswith(b"HTTP/1.1 200")


def _connection(service: Service) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", service.port), 5)
    client.settimeout(5)
    return client


def _is_closed(client: socket.socket) -> bool:
    try:
        client.setblocking(False)
        return client.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_too_many_are_told_so_in_time(warm: Service, upstreams: Upstreams) -> None:
    """Far more than there are threads want places that nobody can tell soon."""
    upstreams.fail("*", faults.timeout())
    urls = [f"{warm.url}/{-60 + number / 10:.1f},20.5" for number in range(300)]
    visits = together(urls)
    assert {each.status for each in visits} <= {503, 504}
    assert max(each.seconds for each in visits) < 5 + 1.5, "and the time this machine takes"
    upstreams.heal()
    assert visit(warm.url + PLACES[0]).status == 200


def test_headers_that_drip_keep_no_thread_and_no_connection(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    upstreams.fail("*", faults.drip_headers(1, 0.2))
    with watched(tmp_path / "log", {**environment, "DEADLINE": "1"}) as service:
        for place in range(6):
            assert visit(f"{service.url}/{40 + place}.5,8.5").status in {503, 504}
        until(lambda: upstreams.connections == 0)
        upstreams.heal()

        def recovered() -> bool:
            time.sleep(0.2)
            return visit(f"{service.url}/60.5,8.5").status == 200

        until(recovered)
