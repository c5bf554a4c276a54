"""Requests of busy clients, counted over replicas that share a store."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from ipaddress import ip_address

import pytest

from tests.conftest import until
from tests.web.test_rate_limit import CLIENT, Seconds
from weather.core.ip_address import Address
from weather.stores.memory import Memory
from weather.web import shared_requests
from weather.web.rate_limit import RateLimit
from weather.web.shared_requests import SharedRequests

OTHER = ip_address("203.0.113.9")


class Replicas:
    """Rate limits of several machines, whose threads exchange nothing by themselves."""

    def __init__(self, quota: int, number: int, seconds: Seconds) -> None:
        self.store = Memory()
        self.calls = 0
        self.limits = [RateLimit(quota, seconds, self.count) for _ in range(number)]

    def count(self, name: str, amount: float, timeout: int) -> float:
        self.calls += 1
        return self.store.count(name, amount, timeout)

    def exchange(self) -> None:
        for _ in range(2):  # what the last one adds, the first one reads
            for limit in self.limits:
                assert limit._shared
                limit._shared.exchange()

    def used(self, replica: int, client: Address = CLIENT, times: int = 1) -> int:
        allowance = None
        for _ in range(times):
            allowance = self.limits[replica].take(client)
        assert allowance
        return allowance.used


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def replicas(seconds: Seconds, monkeypatch: pytest.MonkeyPatch) -> Replicas:
    monkeypatch.setattr(SharedRequests, "_start", lambda _: None)
    return Replicas(80, 3, seconds)


def test_a_client_that_spreads_its_requests_is_refused_by_all_replicas(replicas: Replicas) -> None:
    for replica in range(3):
        assert replicas.used(replica, times=30) == 30
        replicas.exchange()
    assert [replicas.used(replica) for replica in range(3)] == [31, 61, 91]
    replicas.exchange()
    replicas.used(0)
    replicas.exchange()
    assert replicas.used(0) == 95
    assert [replicas.used(replica, OTHER) for replica in range(3)] == [1, 1, 1]


def test_no_request_waits_for_the_store(replicas: Replicas) -> None:
    for _ in range(500):
        replicas.used(0)
    assert replicas.calls == 0
    replicas.exchange()
    assert replicas.calls == 1, "one for each client, however many requests it has made"


def test_clients_with_few_requests_are_not_counted_in_the_store(replicas: Replicas) -> None:
    for number in range(200):
        replicas.used(0, ip_address(f"198.51.100.{number}"), times=9)
    replicas.exchange()
    assert replicas.calls == 0


def test_a_new_minute_is_counted_anew(replicas: Replicas, seconds: Seconds) -> None:
    for replica in range(3):
        replicas.used(replica, times=50)
    replicas.exchange()
    seconds.now += 60
    replicas.exchange()
    assert [replicas.used(replica) for replica in range(3)] == [1, 1, 1]


def test_busy_clients_are_forgotten_when_their_minute_is_over(
    replicas: Replicas, seconds: Seconds
) -> None:
    shared = replicas.limits[0]._shared
    assert shared
    replicas.used(0, times=20)
    assert shared.exchange()
    seconds.now += 120
    assert not shared.exchange()


def test_a_store_that_has_lost_its_counts_does_not_lower_those_of_a_replica(
    replicas: Replicas,
) -> None:
    replicas.used(0, times=40)
    replicas.exchange()
    replicas.store = Memory()
    replicas.used(0)
    replicas.exchange()
    assert replicas.used(0) == 42


def test_a_name_in_the_store_has_no_address() -> None:
    names = {shared_requests._name(ip_address(f"10.0.{n // 250}.{n % 250}").packed, 5)
             for n in range(5000)}  # fmt: skip
    assert {name.rpartition(" ")[0] for name in names} == {"requests 5"}
    assert all(len(name.rpartition(" ")[2]) <= 5 for name in names), "20 bits"
    assert len(names) > 4900


def test_threads_exchange_by_themselves_and_end_without_busy_clients(seconds: Seconds) -> None:
    store = Memory()
    limits = [RateLimit(10, seconds, store.count) for _ in range(2)]

    def used(limit: RateLimit) -> int:
        allowance = limit.take(CLIENT)
        assert allowance
        return allowance.used

    for _ in range(8):
        used(limits[0])
    until(lambda: used(limits[1]) > 8)
    seconds.now += 180
    threads = [limit._shared._thread for limit in limits if limit._shared]
    until(lambda: not any(thread and thread.is_alive() for thread in threads))


def test_a_forked_process_has_a_thread_of_its_own(seconds: Seconds) -> None:
    store = Memory()
    limit = RateLimit(8, seconds, store.count)
    limit.take(CLIENT)
    name = shared_requests._name(CLIENT.packed, int(seconds.now // 60))
    until(lambda: store.count(name, 0, 60) == 1)
    child = os.fork()
    if child == 0:
        limit.take(CLIENT)
        until(lambda: store.count(name, 0, 60) == 2)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def test_many_threads_lose_no_request(seconds: Seconds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SharedRequests, "_start", lambda _: None)
    total = Memory()
    shared = SharedRequests(total.count, 1, seconds)
    minute = int(seconds.now // 60)

    def work(task: Callable[[], object]) -> None:
        for _ in range(300):
            task()

    tasks: list[Callable[[], object]] = [lambda: shared.add(b"a", minute, 1, 1)] * 4
    threads = [threading.Thread(target=work, args=(task,)) for task in [*tasks, shared.exchange]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shared.exchange()
    assert total.count(shared_requests._name(b"a", minute), 0, 60) == 1200
