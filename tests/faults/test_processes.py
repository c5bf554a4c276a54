"""Signals, killed processes, and more visitors than the service has threads."""

from __future__ import annotations

import itertools
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from simulator import Upstreams, faults
from tests.conftest import until
from tests.faults.conftest import serve_cleanly
from tests.faults.visitors import slack, steady_load, visit, visit_at_once
from tests.processes import PATIENCE, Service, workers

PLACES = [f"/{40 + place}.5,8.5" for place in range(10)]


@pytest.fixture
def warm(service: Service) -> Service:
    for path in PLACES:
        assert visit(service.url + path).status == 200
    return service


def places(service: Service) -> Iterator[str]:
    """Known places; every URL once, so that the cache answers and not the microcache."""
    for number in itertools.count():
        yield f"{service.url}{PLACES[number % len(PLACES)]}?n={number}"


def test_a_killed_worker_is_replaced(warm: Service) -> None:
    urls = places(warm)
    before = workers(warm)
    with steady_load(lambda: next(urls)) as load:
        until(lambda: len(load.visits) > 50)
        os.kill(before[0], signal.SIGKILL)
        until(lambda: len(workers(warm)) == 2 and before[0] not in workers(warm))
        counted = len(load.visits)
        until(lambda: len(load.visits) > counted + 100)
    broken = load.statuses()[0]
    assert set(load.statuses()) <= {200, 0}
    assert broken <= 16, "only the requests of the killed worker"


def test_sighup_replaces_the_workers_and_loses_no_request(warm: Service) -> None:
    urls = places(warm)
    before = set(workers(warm))
    with steady_load(lambda: next(urls)) as load:
        until(lambda: len(load.visits) > 50)
        warm.process.send_signal(signal.SIGHUP)
        until(lambda: len(workers(warm)) == 2 and not before & set(workers(warm)))
        counted = len(load.visits)
        until(lambda: len(load.visits) > counted + 100)
    assert set(load.statuses()) == {200}


def test_sigterm_completes_the_requests_that_have_arrived(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    """Twelve requests are in the sockets of the service when the signal arrives."""
    upstreams.fail("open-meteo", faults.latency(1.0))
    request = b"GET /48,8 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with serve_cleanly(tmp_path / "log", environment) as service, ExitStack() as stack:
        address = "127.0.0.1", service.port
        clients = [
            stack.enter_context(socket.create_connection(address, PATIENCE)) for _ in range(12)
        ]
        for client in clients:
            client.sendall(request)
        until(lambda: upstreams.calls("open-meteo"))
        service.process.send_signal(signal.SIGTERM)
        responses = [client.makefile("rb").read() for client in clients]
        assert service.process.wait(PATIENCE) == 0
    assert {response.partition(b"\r\n")[0] for response in responses} == {b"HTTP/1.1 200 OK"}


def test_sigterm_under_load_resets_no_connection(warm: Service) -> None:
    """Not even on connections that no worker has accepted yet."""
    urls = places(warm)
    with steady_load(lambda: next(urls), visitors=64) as load:
        until(lambda: len(load.visits) > 200)
        warm.process.send_signal(signal.SIGTERM)
        assert warm.process.wait(PATIENCE) == 0
    errors = [each.body for each in load.visits if each.status != 200]
    assert errors, "the visitors did not stop"
    assert [error for error in errors if "refused" not in error] == []


def test_workers_do_not_outlive_their_master(warm: Service) -> None:
    orphans = workers(warm)
    warm.process.kill()
    warm.process.wait()
    until(lambda: not any(Path(f"/proc/{process}").exists() for process in orphans))


def test_too_many_visitors_are_refused_in_time(warm: Service, upstreams: Upstreams) -> None:
    """Many more visitors than threads, for places that no provider answers for."""
    upstreams.fail("*", faults.timeout())
    urls = [f"{warm.url}/{-60 + number / 10:.1f},20.5" for number in range(300)]
    # Seconds that so many visitors at once take on this machine, even for the quickest path.
    baseline = max(each.seconds for each in visit_at_once([f"{warm.url}/healthz"] * len(urls)))
    visits = visit_at_once(urls)
    assert {each.status for each in visits} <= {503, 504}
    assert max(each.seconds for each in visits) < 5 + baseline + slack()
    upstreams.heal()
    assert visit(warm.url + PLACES[0]).status == 200


def test_slow_headers_of_a_provider_hold_no_connection(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    upstreams.fail("*", faults.drip_headers(1, 0.2))
    with serve_cleanly(tmp_path / "log", {**environment, "DEADLINE": "1"}) as service:
        for place in range(6):
            assert visit(f"{service.url}/{40 + place}.5,8.5").status in {503, 504}
        until(lambda: upstreams.connections == 0)
        upstreams.heal()

        until(lambda: visit(f"{service.url}/60.5,8.5").status == 200)
