from __future__ import annotations

import os
from ipaddress import ip_address

import pytest

from weather.web.rate_limit import Allowance, RateLimit

CLIENT = ip_address("81.2.69.160")


class Seconds:
    now = 1_800_000_000.0 - 1_800_000_000 % 60 + 10

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def test_a_client_has_so_many_a_minute(seconds: Seconds) -> None:
    limit = RateLimit(3, seconds)
    allowances = [limit.take(CLIENT) for _ in range(4)]
    assert allowances == [Allowance(3, used, 50) for used in (1, 2, 3, 4)]
    exceeded = [allowance.exceeded for allowance in allowances if allowance]
    assert exceeded == [False, False, False, True]
    seconds.now += 50
    assert limit.take(CLIENT) == Allowance(3, 1, 60)


def test_others_are_not_counted_with_it(seconds: Seconds) -> None:
    limit = RateLimit(600, seconds)
    addresses = [ip_address(f"81.2.{n // 250}.{n % 250}") for n in range(5000)]
    allowances = [limit.take(address) for address in addresses]
    alone = sum(allowance is not None and allowance.used == 1 for allowance in allowances)
    assert alone > 4900, "but for the few that share a slot in both rows"
    assert max(allowance.used for allowance in allowances if allowance) < 10


def test_of_ipv6_a_network_is_one_client(seconds: Seconds) -> None:
    limit = RateLimit(2, seconds)
    limit.take(ip_address("2a02:1210::1"))
    limit.take(ip_address("2a02:1210::2"))
    assert limit.take(ip_address("2a02:1210::3")) == Allowance(2, 3, 50)
    assert limit.take(ip_address("2a02:1210:0:1::1")) == Allowance(2, 1, 50)


@pytest.mark.parametrize("client", [None, ip_address("127.0.0.1"), ip_address("::1")])
def test_this_machine_is_not_limited(client: object) -> None:
    limit = RateLimit(1)
    assert [limit.take(client) for _ in range(3)] == [None] * 3  # type: ignore[arg-type]


def test_without_a_quota_nobody_is() -> None:
    assert [RateLimit(0).take(CLIENT) for _ in range(3)] == [None] * 3


def test_the_headers(seconds: Seconds) -> None:
    allowance = RateLimit(600, seconds).take(CLIENT)
    assert allowance
    assert allowance.headers() == [
        ("RateLimit-Policy", '"minute";q=600;w=60'),
        ("RateLimit", '"minute";r=599;t=50'),
    ]


def test_processes_count_together(seconds: Seconds) -> None:
    limit = RateLimit(10, seconds)
    for _ in range(3):
        if os.fork() == 0:
            limit.take(CLIENT)
            os._exit(0)
        os.wait()
    allowance = limit.take(CLIENT)
    assert allowance
    assert allowance.used == 4
