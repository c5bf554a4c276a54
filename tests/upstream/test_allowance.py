"""The share of a provider's calls that one client and its network may cause."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from tests.conftest import Clock
from weather.core.errors import AllowanceSpent, CallDeclined, CallSkipped
from weather.core.payer import Payer, Purpose
from weather.stores.memory import Memory
from weather.upstream.limit import Limit, per_minute_hour_day
from weather.upstream.quota import Quota

LIMITS = per_minute_hour_day((100, 1000, 3000))


@pytest.fixture
def store() -> Memory:
    return Memory()


def quota(store: Memory, clock: Clock, *limits: Limit, share: float = 0.1) -> Quota:
    return Quota("Open-Meteo", limits or LIMITS, store, clock, visitor_share=share)


def payer(address: str, purpose: Purpose = Purpose.PLACE) -> Payer:
    return Payer(ip_address(address), purpose)


def calls(quota: Quota, *addresses: str, purpose: Purpose = Purpose.PLACE, tries: int = 300) -> int:
    """How many of so many calls are made, by each address in turn."""
    made = 0
    for number in range(tries):
        try:
            quota.charge(1, payer(addresses[number % len(addresses)], purpose))
        except CallSkipped:
            continue
        made += 1
    return made


def test_an_address_causes_its_share_of_each_window(store: Memory, clock: Clock) -> None:
    own = quota(store, clock)
    assert calls(own, "81.2.69.160") == 10
    by_hour = []
    for _ in range(5):
        made = 0
        for _ in range(60):
            made += calls(own, "81.2.69.160", tries=11)
            clock.advance(minutes=1)
        by_hour.append(made)
    assert by_hour[1] == 100, "a tenth of the hour's"
    assert sum(by_hour) + 10 == 300, "a tenth of the day's"


def test_a_network_causes_twice_as_much(store: Memory, clock: Clock) -> None:
    own = quota(store, clock)
    assert calls(own, *(f"81.2.69.{host}" for host in range(1, 200))) == 20
    assert calls(own, "81.2.70.1") == 10, "another network"


def test_of_ipv6_a_64_is_an_address_and_a_48_a_network(store: Memory, clock: Clock) -> None:
    own = quota(store, clock)
    assert calls(own, *(f"2a02:1210::{host:x}" for host in range(1, 200))) == 10
    assert calls(own, *(f"2a02:1210:0:{net:x}::1" for net in range(1, 200))) == 10
    assert calls(own, "2a02:1210:1::1") == 10


def test_others_get_calls_when_one_has_spent_its_share(store: Memory, clock: Clock) -> None:
    own = quota(store, clock)
    assert calls(own, "81.2.69.160", tries=10) == 10
    with pytest.raises(AllowanceSpent) as error:
        own.charge(1, payer("81.2.69.160"))
    assert error.value.retry_after == 60 - clock().second
    own.charge(1, payer("8.8.8.8"))
    own.charge(1, payer("81.2.69.160", Purpose.OWN_PLACE))


def test_the_rest_of_the_quota_is_for_refreshing_and_for_own_places(
    store: Memory, clock: Clock
) -> None:
    own = quota(store, clock)
    many = [f"{net}.1.1.1" for net in range(1, 100)]
    assert calls(own, *many) == 70
    with pytest.raises(CallDeclined) as error:
        own.charge(1, payer("200.1.1.1"))
    assert not isinstance(error.value, AllowanceSpent), "this client has caused nothing"
    assert calls(own, *many, purpose=Purpose.REFRESH) == 20
    assert calls(own, *many, purpose=Purpose.OWN_PLACE) == 10
    with pytest.raises(CallSkipped) as spent:
        own.charge(1, payer("200.1.1.1", Purpose.OWN_PLACE))
    assert not isinstance(spent.value, CallDeclined)


def test_a_small_quota_grants_one_call_at_least(store: Memory, clock: Clock) -> None:
    own = quota(store, clock, Limit(5, 60))
    own.charge(2.4, payer("81.2.69.160"))
    with pytest.raises(AllowanceSpent):
        own.charge(2.4, payer("81.2.69.160"))
    own.charge(2.4, payer("8.8.8.8"))


def test_a_declined_call_is_not_counted(store: Memory, clock: Clock) -> None:
    own = quota(store, clock)
    assert calls(own, "81.2.69.160", tries=1000) == 10
    assert calls(own, "81.2.69.161") == 10, "nothing of it was counted in the network"
    many = [f"{net}.1.1.1" for net in range(1, 100)]
    assert calls(own, *many) == 50, "nor in the quota"
    last = "200.1.1.1"
    assert calls(own, last, tries=50) == 0
    clock.advance(minutes=1)
    assert calls(own, last) == 10


def test_a_failed_call_counts_as_one(store: Memory, clock: Clock) -> None:
    own = quota(store, clock)
    client = payer("81.2.69.160")
    for _ in range(10):
        own.charge(4, client)
        own.refund(4, client)
    with pytest.raises(AllowanceSpent):
        own.charge(4, client)


def test_processes_share_the_allowance(store: Memory, clock: Clock) -> None:
    first, second = quota(store, clock), quota(store, clock)
    assert calls(first, "81.2.69.160", tries=6) == 6
    assert calls(second, "81.2.69.160") == 4


class CountingMemory(Memory):
    trips = 0

    def get(self, key: str) -> bytes | None:
        self.trips += 1
        return super().get(key)

    def count(self, name: str, amount: float, timeout: int) -> float:
        self.trips += 1
        return super().count(name, amount, timeout)


def test_a_client_past_its_share_costs_the_store_nothing(clock: Clock) -> None:
    store = CountingMemory()
    own = quota(store, clock)
    calls(own, "81.2.69.160", tries=11)
    before = store.trips
    for _ in range(100):
        with pytest.raises(AllowanceSpent):
            own.check(payer("81.2.69.160"))
    assert store.trips == before
    own.check(payer("81.2.69.161"))
    own.check(payer("81.2.69.160", Purpose.OWN_PLACE))
    own.check(None)
    clock.advance(minutes=1)
    own.check(payer("81.2.69.160"))


def test_a_share_that_is_spent_ends_when_the_clock_is_set_back(store: Memory, clock: Clock) -> None:
    own = quota(store, clock)
    calls(own, "81.2.69.160", tries=11)
    clock.advance(days=-3)
    own.check(payer("81.2.69.160"))


def test_without_a_limit_nobody_is_declined(store: Memory, clock: Clock) -> None:
    assert calls(quota(store, clock, share=1.0), "81.2.69.160", tries=80) == 70
    unlimited = Quota("Open-Meteo", (), store, clock, key="own", visitor_share=0.1)
    assert calls(unlimited, "81.2.69.160") == 300


@pytest.mark.parametrize("client", [None, "127.0.0.1", "::1"])
def test_this_machine_pays_for_nothing(client: str | None) -> None:
    assert Payer.of(ip_address(client) if client else None) is None


def test_no_key_of_the_store_tells_an_address(clock: Clock) -> None:
    names: list[str] = []

    class Recorder(Memory):
        def count(self, name: str, amount: float, timeout: int) -> float:
            names.append(name)
            return super().count(name, amount, timeout)

    own = quota(Recorder(), clock)
    for number in range(256):
        own.charge(0.01, payer(f"81.2.{number}.160"))
    slots = [int(name.split()[3]) for name in names if " address " in name]
    assert slots
    assert max(slots) < 1 << 20, "some 4,000 addresses share a slot"
    assert not any("81.2" in name for name in names)
