"""Three replicas behind Debian's nginx, which share Redis."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulator import Upstreams, faults
from tests.conftest import until
from tests.faults.visitors import Load, steady_load, visit, visit_at_once
from tests.redis_server import RedisServer
from tests.replicas import Cluster, cluster

VISITORS = 150
PLACES = 8


@pytest.fixture
def replicas(environment: dict[str, str], redis: RedisServer, tmp_path: Path) -> Iterator[Cluster]:
    settings = {**environment, "CACHE_URL": redis.url, "WEB_CONCURRENCY": "1"}
    with cluster(tmp_path, settings) as running:
        yield running
    for replica in running.replicas:
        assert "Traceback" not in replica.log.read_text()


def urls(replicas: Cluster) -> Callable[[], str]:
    """Of requests that nginx has not stored, for places that all replicas know."""
    numbers = itertools.count()
    for replica in replicas.replicas:
        for number in range(PLACES):
            assert visit(f"http://127.0.0.1:{replica.port}/{40 + number}.5,8.5").status == 200

    def url() -> str:
        number = next(numbers)
        return f"{replicas.url}/{40 + number % PLACES}.5,8.5?n={number}"

    return url


def await_visits(load: Load, number: int = 60) -> None:
    before = len(load.visits)
    until(lambda: len(load.visits) > before + number)


def test_the_first_visitors_of_a_place_cost_one_call_over_all_replicas(
    replicas: Cluster, upstreams: Upstreams
) -> None:
    upstreams.fail("*", faults.latency(0.5))
    visits = visit_at_once(f"{replicas.url}/48.1,8.1?n={n}" for n in range(VISITORS))
    assert Counter(each.status for each in visits) == {200: VISITORS}
    assert len(upstreams.calls("open-meteo")) == 1
    # The second provider's turn comes after half of the deadline, which a busy machine may take.
    assert len(upstreams.calls("met-norway")) <= 1


def test_a_replica_that_is_killed_costs_no_request(replicas: Cluster) -> None:
    with steady_load(urls(replicas)) as load:
        await_visits(load)
        replicas.replicas[0].kill()
        await_visits(load)
        replicas.replicas[0].start()
        await_visits(load)
    assert set(load.statuses()) == {200}


def test_a_rolling_restart_costs_no_request(replicas: Cluster) -> None:
    with steady_load(urls(replicas)) as load:
        for replica in replicas.replicas:
            await_visits(load)
            replica.stop()
            replica.start()
        await_visits(load)
    assert set(load.statuses()) == {200}


def test_redis_may_die_and_return_behind_all_replicas(
    replicas: Cluster, redis: RedisServer, upstreams: Upstreams
) -> None:
    with steady_load(urls(replicas)) as load:
        await_visits(load)
        redis.kill()
        await_visits(load)
        assert visit(f"{replicas.url}/60.5,8.5").status == 200, "a place that is in no memory"
        redis.start()
        await_visits(load)
    assert set(load.statuses()) == {200}
    calls = len(upstreams.calls("open-meteo"))
    most = (PLACES + 1) * (1 + len(replicas.replicas))
    assert calls <= most, "once, and once by each replica without Redis"
