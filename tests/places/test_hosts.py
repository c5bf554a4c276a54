"""Host names and their addresses."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from simulator import Upstreams
from tests.conftest import Clock
from tests.places.locating import locate, make_locator
from weather.core import expiry
from weather.core.deadline import Deadline
from weather.core.errors import CallDeclined, InvalidLocation, LocationNotFound
from weather.core.ip_address import Address
from weather.core.models import Coordinates
from weather.places.hosts import HostLookup, canonical
from weather.places.query import AddressQuery, CoordinatesQuery, HostQuery, parse


class Resolver:
    """A name server's zone in memory."""

    def __init__(self, **hosts: str) -> None:
        self.hosts = {name.replace("_", "."): addresses for name, addresses in hosts.items()}
        self.questions: list[str] = []

    def resolve(self, host: str, deadline: Deadline) -> tuple[Address, ...]:
        self.questions.append(host)
        return tuple(map(ip_address, self.hosts.get(host, "").split()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@github.com", HostQuery("github.com")),
        ("@GitHub.COM.", HostQuery("github.com")),
        ("@ github.com ", HostQuery("github.com")),
        ("@münchen.de", HostQuery("xn--mnchen-3ya.de")),
        ("@xn--mnchen-3ya.de", HostQuery("xn--mnchen-3ya.de")),
        ("@8.8.8.8", AddressQuery(ip_address("8.8.8.8"))),
        ("@2001:4860:4860::8888", AddressQuery(ip_address("2001:4860:4860::8888"))),
        ("@[2001:4860:4860::8888]", AddressQuery(ip_address("2001:4860:4860::8888"))),
        ("@48.85,2.35,12z", CoordinatesQuery(Coordinates(48.85, 2.35))),
        ("@48.85,2.35", CoordinatesQuery(Coordinates(48.85, 2.35))),
    ],
)
def test_what_follows_an_at_sign(text: str, expected: object) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "name",
    ["", ".", "localhost", "router", "a..b", "-a.com", "a-.com", "a b.com", "a/b.com", "a.com:99x",
     "127.1", "0x7f.1", "0x7f000001", "2130706433", "a.123", "1.2.3.256", "x" * 64 + ".com",
     "a." * 150 + "com", "a@b.com", "a.com\n", "ﬀ..com", "*.com", "a.com?x", "\u200d.com"],
)  # fmt: skip
def test_what_is_no_host_name_is_refused(name: str) -> None:
    with pytest.raises(InvalidLocation):
        canonical(name)


def test_a_host_is_where_its_address_is(upstreams: Upstreams, clock: Clock) -> None:
    hosts = HostLookup(Resolver(bbc_example_com="10.0.0.1 ::1 81.2.69.160 8.8.8.8"), clock)
    locator = make_locator(upstreams, clock, hosts=hosts)
    assert locate(locator, parse("@bbc.example.com")).place.name == "London"


@pytest.mark.parametrize("host", ["db.corp.com", "nothing.com", "nas.lan", "localhost.localdomain"])
def test_a_private_host_is_as_one_that_does_not_exist(
    upstreams: Upstreams, clock: Clock, host: str
) -> None:
    resolver = Resolver(
        db_corp_com="10.0.0.1 192.168.1.1 127.0.0.1 169.254.169.254 fd00::1 100.64.0.1 ::1",
        nas_lan="8.8.8.8",
    )
    locator = make_locator(upstreams, clock, hosts=HostLookup(resolver, clock))
    for _ in range(2):
        with pytest.raises(LocationNotFound) as error:
            locate(locator, parse(f"@{host}"))
        assert error.value.message == "That host has no public address."
    assert resolver.questions == ([host] if host.endswith(".com") else [])
    assert upstreams.calls() == []


def test_a_result_is_remembered_for_some_minutes(clock: Clock) -> None:
    resolver = Resolver(a_com="8.8.8.8")
    hosts = HostLookup(resolver, clock)

    def look_up(host: str) -> None:
        try:
            hosts.address(host, Deadline(5))
        except LocationNotFound:
            assert host == "b.com"

    for minutes, questions in ((0, 1), (4, 1), (2, 2)):
        clock.advance(minutes=minutes)
        look_up("a.com")
        assert len(resolver.questions) == questions
    for seconds, questions in ((0, 3), (59, 3), (2, 4)):
        clock.advance(seconds=seconds)
        look_up("b.com")
        assert len(resolver.questions) == questions


def test_a_response_is_kept_no_longer_than_its_address(clock: Clock) -> None:
    hosts = HostLookup(Resolver(a_com="8.8.8.8"), clock)
    hosts.address("a.com", Deadline(5))
    start = clock()
    clock.advance(minutes=2)
    with expiry.recorded() as recorded:
        hosts.address("a.com", Deadline(5))
    assert recorded.at
    assert (recorded.at - start).total_seconds() == 300


def test_results_are_bounded(clock: Clock) -> None:
    resolver = Resolver(a_com="8.8.8.8")
    hosts = HostLookup(resolver, clock)
    hosts.address("a.com", Deadline(5))
    for number in range(1000):
        with pytest.raises(LocationNotFound):
            hosts.address(f"h{number}.com", Deadline(5))
    hosts.address("a.com", Deadline(5))
    assert resolver.questions.count("a.com") == 2


def test_crawlers_cause_no_lookup(clock: Clock) -> None:
    resolver = Resolver(a_com="8.8.8.8")
    with pytest.raises(CallDeclined):
        HostLookup(resolver, clock).address("a.com", Deadline(5, allow_upstream=False))
    assert resolver.questions == []


def test_without_a_resolver_hosts_have_no_place(upstreams: Upstreams, clock: Clock) -> None:
    with pytest.raises(LocationNotFound, match="not looked up"):
        locate(make_locator(upstreams, clock), parse("@github.com"))
