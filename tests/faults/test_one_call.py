"""The number of upstream calls, whatever the number of visitors."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections import Counter
from datetime import timedelta
from math import ceil
from pathlib import Path

from benchmarks.clock import Clock
from simulator import Upstreams, faults
from tests.conftest import until
from tests.faults.conftest import serve_cleanly
from tests.faults.visitors import slack, visit, visit_at_once
from tests.processes import Service, workers
from tests.redis_server import RedisServer
from weather.providers import open_meteo

VISITORS = 200


def test_200_first_visitors_of_a_place_cost_one_call(
    service: Service, upstreams: Upstreams
) -> None:
    upstreams.fail("*", faults.latency(0.5))
    visits = visit_at_once([f"{service.url}/48.1,8.1"] * VISITORS)
    assert Counter(each.status for each in visits) == {200: VISITORS}
    assert len(upstreams.calls("open-meteo")) == 1
    assert len(upstreams.calls("met-norway")) == 0
    assert len(upstreams.calls("air-quality")) == 1
    assert max(each.seconds for each in visits) < 5 + slack()


def test_200_first_visitors_of_two_replicas_cost_one_call(
    environment: dict[str, str], upstreams: Upstreams, redis: RedisServer, tmp_path: Path
) -> None:
    upstreams.fail("*", faults.latency(0.5))
    shared = {**environment, "CACHE_URL": redis.url}
    with serve_cleanly(tmp_path / "1", shared) as one, serve_cleanly(tmp_path / "2", shared) as two:
        urls = [f"{each.url}/48.1,8.1" for each in (one, two)] * (VISITORS // 2)
        visits = visit_at_once(urls)
    assert Counter(each.status for each in visits) == {200: VISITORS}
    assert len(upstreams.calls("open-meteo")) == 1


def test_a_failure_is_shared_and_the_next_visit_tries_again(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    upstreams.fail("open-meteo", faults.latency(0.5), faults.server_error())
    alone = {**environment, "FORECAST_PROVIDERS": "open-meteo"}
    with serve_cleanly(tmp_path / "log", alone) as service:
        visits = visit_at_once([f"{service.url}/48.1,8.1"] * 12)
        assert Counter(each.status for each in visits) == {503: 12}
        assert len(upstreams.calls("open-meteo")) == 1
        upstreams.heal()
        assert visit(f"{service.url}/48.1,8.1").status == 200


def test_a_killed_worker_does_not_block_its_waiters(service: Service, upstreams: Upstreams) -> None:
    """One worker makes the call and is killed; a visitor of the other gets a response in time."""
    upstreams.fail("open-meteo", faults.timeout(), first=1)
    first = threading.Thread(target=visit, args=(f"{service.url}/48.1,8.1",))
    first.start()
    until(lambda: upstreams.calls("open-meteo"))
    (leader,) = [process for process in workers(service) if _is_connected(process, upstreams.port)]
    os.kill(leader, signal.SIGKILL)
    after = visit(f"{service.url}/48.1,8.1")
    first.join()
    assert after.status == 200
    assert after.seconds < 5 + slack()


def test_a_stopped_worker_does_not_block_its_waiters(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    """It holds its lock and its slot for as long as it lives."""
    upstreams.fail("open-meteo", faults.timeout(), first=1)
    alone = {**environment, "FORECAST_PROVIDERS": "open-meteo"}
    with serve_cleanly(tmp_path / "log", alone) as service:
        first = threading.Thread(target=visit, args=(f"{service.url}/48.1,8.1",))
        first.start()
        until(lambda: upstreams.calls("open-meteo"))
        (leader,) = [
            process for process in workers(service) if _is_connected(process, upstreams.port)
        ]
        os.kill(leader, signal.SIGSTOP)
        try:
            after = visit(f"{service.url}/48.1,8.1")
        finally:
            os.kill(leader, signal.SIGKILL)
        first.join()
    assert after.status == 200
    assert after.seconds < 5 + slack()


def _is_connected(process: int, port: int) -> bool:
    """Whether the process has a connection to that port on this machine (proc(5))."""
    targets = [os.readlink(entry) for entry in Path(f"/proc/{process}/fd").iterdir()]
    sockets = {target[8:-1] for target in targets if target.startswith("socket:")}
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(line[2].endswith(f":{port:04X}") and line[9] in sockets for line in lines)


def test_a_provider_gets_at_most_two_calls_at_once(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    length = 0.3
    upstreams.fail("open-meteo", faults.latency(length))
    with serve_cleanly(tmp_path / "log", {**environment, "DEADLINE": "30"}) as service:
        visits = visit_at_once(f"{service.url}/{40 + place}.5,8.5" for place in range(12))
    assert {each.status for each in visits} == {200}
    times = sorted(call.time for call in upstreams.calls("open-meteo"))
    assert len(times) == 12
    for first, third in zip(times, times[2:], strict=False):
        assert third - first > timedelta(seconds=length * 0.9)


def test_workers_share_one_quota(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    calls = 6
    quota = f"1000,1000,{ceil(calls * open_meteo.FORECAST_WEIGHT)}"
    settings = {**environment, "OPEN_METEO_BUDGET": quota, "OPEN_METEO_AIR_QUALITY_URL": ""}
    settings["FORECAST_PROVIDERS"] = "open-meteo"
    with serve_cleanly(tmp_path / "log", settings) as service:
        for place in range(calls):
            assert visit(f"{service.url}/{40 + place}.5,8.5").status == 200
        refused = [visit(f"{service.url}/{60 + place}.5,8.5") for place in range(8)]
        assert {each.status for each in refused} == {503}
        assert {visit(f"{service.url}/40.5,8.5").status for _ in range(8)} == {200}
    assert len(upstreams.calls("open-meteo")) == calls


def test_all_workers_respect_a_refusal_for_the_day(service: Service, upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.rate_limited("daily"), first=1)
    for place in range(10):
        response = visit(f"{service.url}/{40 + place}.5,8.5")
        assert response.status == 200
        assert json.loads(response.body)["provenance"]["provider"] == "met-norway"
    assert len(upstreams.calls("open-meteo")) == 1


def test_calls_grow_with_places_and_not_with_visitors(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    """With a clock just after a quarter of an hour: each quarter has new values, and new calls."""
    clock = upstreams.now = Clock(tmp_path / "ahead")
    clock.set(clock.after_a_quarter())
    shifted = ("-m", "tests.faults.shifted", str(clock.file))
    with serve_cleanly(tmp_path / "log", environment, *shifted) as service:
        for _ in range(3):
            visit_at_once(f"{service.url}/{40 + number % 5}.5,8.5" for number in range(40))
        assert len(upstreams.calls("open-meteo")) == 5
        visit_at_once(f"{service.url}/{50 + number % 5}.5,8.5" for number in range(40))
        assert len(upstreams.calls("open-meteo")) == 10
