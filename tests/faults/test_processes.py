"""Signals, kills, slow clients and too many of them."""

from __future__ import annotations

import itertools
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator import Upstreams, faults
from tests.conftest import until
from tests.faults.conftest import watched
from tests.faults.visitors import coming, slack, together, visit
from tests.processes import Service, workers

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


def test_sigterm_under_load_hangs_up_on_nobody(warm: Service) -> None:
    """Nor on those who stood at the door, whom no worker had let in yet."""
    urls = places(warm)
    with coming(lambda: next(urls), visitors=64) as crowd:
        until(lambda: len(crowd.visits) > 200)
        warm.process.send_signal(signal.SIGTERM)
        assert warm.process.wait(15) == 0
    broken = [each.body for each in crowd.visits if each.status != 200]
    assert broken, "they went on coming"
    assert [each for each in broken if "refused" not in each] == []


def test_workers_do_not_outlive_their_master(warm: Service) -> None:
    orphans = workers(warm)
    warm.process.kill()
    warm.process.wait()
    until(lambda: not any(Path(f"/proc/{each}").exists() for each in orphans))


def test_too_many_are_told_so_in_time(warm: Service, upstreams: Upstreams) -> None:
    """Far more than there are threads want places that nobody can tell soon."""
    upstreams.fail("*", faults.timeout())
    urls = [f"{warm.url}/{-60 + number / 10:.1f},20.5" for number in range(300)]
    visits = together(urls)
    assert {each.status for each in visits} <= {503, 504}
    assert max(each.seconds for each in visits) < 5 + slack()
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
