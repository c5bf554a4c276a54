"""However many come: the calls that it costs."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from datetime import timedelta
from math import ceil
from pathlib import Path

from simulator import Upstreams, faults
from tests.conftest import until
from tests.faults.conftest import watched
from tests.faults.visitors import slack, together, visit
from tests.processes import Service, workers
from tests.redis_server import RedisServer
from weather.providers import open_meteo

VISITORS = 200


def test_200_first_visitors_of_a_place_cost_one_call(
    service: Service, upstreams: Upstreams
) -> None:
    upstreams.fail("*", faults.latency(0.5))
    visits = together([f"{service.url}/48.1,8.1"] * VISITORS)
    assert Counter(each.status for each in visits) == {200: VISITORS}
    assert len(upstreams.calls("open-meteo")) == 1
    assert len(upstreams.calls("met-norway")) == 0
    assert len(upstreams.calls("air-quality")) == 1
    assert max(each.seconds for each in visits) < 5 + slack()


def test_also_over_two_replicas_with_one_redis(
    environment: dict[str, str], upstreams: Upstreams, redis: RedisServer, tmp_path: Path
) -> None:
    upstreams.fail("*", faults.latency(0.5))
    shared = {**environment, "CACHE_URL": redis.url}
    with watched(tmp_path / "1", shared) as one, watched(tmp_path / "2", shared) as two:
        urls = [f"{each.url}/48.1,8.1" for each in (one, two)] * (VISITORS // 2)
        visits = together(urls)
    assert Counter(each.status for each in visits) == {200: VISITORS}
    assert len(upstreams.calls("open-meteo")) == 1


def test_a_failure_is_shared_and_the_next_visit_tries_again(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    upstreams.fail("open-meteo", faults.latency(0.5), faults.server_error())
    alone = {**environment, "FORECAST_PROVIDERS": "open-meteo"}
    with watched(tmp_path / "log", alone) as service:
        visits = together([f"{service.url}/48.1,8.1"] * 12)
        assert Counter(each.status for each in visits) == {503: 12}
        assert len(upstreams.calls("open-meteo")) == 1
        upstreams.heal()
        assert visit(f"{service.url}/48.1,8.1").status == 200


def test_a_leader_that_is_killed_does_not_strand_the_rest(
    service: Service, upstreams: Upstreams
) -> None:
    """One worker leads and is killed; a visitor of the other has its answer in time."""
    upstreams.fail("open-meteo", faults.timeout(), first=1)
    first = threading.Thread(target=visit, args=(f"{service.url}/48.1,8.1",))
    first.start()
    until(lambda: upstreams.calls("open-meteo"))
    (leader,) = [each for each in workers(service) if _talks_to(each, upstreams.port)]
    os.kill(leader, signal.SIGKILL)
    after = visit(f"{service.url}/48.1,8.1")
    first.join()
    assert after.status == 200
    assert after.seconds < 5 + slack()


def test_a_leader_that_hangs_does_not_strand_the_rest(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    """It keeps its lock and its seat for as long as it lives."""
    upstreams.fail("open-meteo", faults.timeout(), first=1)
    alone = {**environment, "FORECAST_PROVIDERS": "open-meteo"}
    with watched(tmp_path / "log", alone) as service:
        first = threading.Thread(target=visit, args=(f"{service.url}/48.1,8.1",))
        first.start()
        until(lambda: upstreams.calls("open-meteo"))
        (leader,) = [each for each in workers(service) if _talks_to(each, upstreams.port)]
        os.kill(leader, signal.SIGSTOP)
        try:
            after = visit(f"{service.url}/48.1,8.1")
        finally:
            os.kill(leader, signal.SIGKILL)
        first.join()
    assert after.status == 200
    assert after.seconds < 5 + slack()


def _talks_to(process: int, port: int) -> bool:
    """Whether the process has a connection to that port on this machine (proc(5))."""
    sockets = {
        os.readlink(each)[8:-1]
        for each in Path(f"/proc/{process}/fd").iterdir()
        if os.readlink(each).startswith("socket:")
    }
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(line[2].endswith(f":{port:04X}") and line[9] in sockets for line in lines)


def test_two_calls_are_on_their_way_to_a_provider_at_most(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    length = 0.3
    upstreams.fail("open-meteo", faults.latency(length))
    with watched(tmp_path / "log", {**environment, "DEADLINE": "30"}) as service:
        visits = together(f"{service.url}/{40 + place}.5,8.5" for place in range(12))
    assert {each.status for each in visits} == {200}
    times = sorted(call.time for call in upstreams.calls("open-meteo"))
    assert len(times) == 12
    for first, third in zip(times, times[2:], strict=False):
        assert third - first > timedelta(seconds=length * 0.9)


def test_workers_spend_one_budget(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    calls = 6
    budget = f"1000,1000,{ceil(calls * open_meteo.FORECAST_WEIGHT)}"
    spending = {**environment, "OPEN_METEO_BUDGET": budget, "OPEN_METEO_AIR_QUALITY_URL": ""}
    spending["FORECAST_PROVIDERS"] = "open-meteo"
    with watched(tmp_path / "log", spending) as service:
        for place in range(calls):
            assert visit(f"{service.url}/{40 + place}.5,8.5").status == 200
        refused = [visit(f"{service.url}/{60 + place}.5,8.5") for place in range(8)]
        assert {each.status for each in refused} == {503}
        assert {visit(f"{service.url}/40.5,8.5").status for _ in range(8)} == {200}
    assert len(upstreams.calls("open-meteo")) == calls


def test_a_refusal_of_the_day_is_obeyed_by_all_workers(
    service: Service, upstreams: Upstreams
) -> None:
    upstreams.fail("open-meteo", faults.rate_limited("daily"), first=1)
    for place in range(10):
        told = visit(f"{service.url}/{40 + place}.5,8.5")
        assert told.status == 200
        assert '"provider": "met-norway"' in told.body.replace('":"', '": "')
    assert len(upstreams.calls("open-meteo")) == 1


def test_calls_grow_with_places_and_not_with_visitors(
    service: Service, upstreams: Upstreams
) -> None:
    _away_from_a_quarter()
    for _ in range(3):
        together(f"{service.url}/{40 + number % 5}.5,8.5" for number in range(40))
    assert len(upstreams.calls("open-meteo")) == 5
    together(f"{service.url}/{50 + number % 5}.5,8.5" for number in range(40))
    assert len(upstreams.calls("open-meteo")) == 10


def _away_from_a_quarter() -> None:
    """New values come with the quarter of an hour, and with them calls."""
    past = time.time() % 900
    if past > 870 or past < 60:
        time.sleep((930 - past) % 900)
