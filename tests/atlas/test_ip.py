"""The IP table: special ranges, the boundaries of every run, and the full database."""

from __future__ import annotations

import math
import os
import random
from array import array
from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from itertools import pairwise

import maxminddb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weather.atlas import cities, container, ip
from weather.atlas.container import Container
from weather.atlas.runs import runs
from weather.core.ip_address import is_public
from weather.core.models import Place

_DATABASES = os.environ.get("TEST_GEOIP_DATABASES", "")
_SAMPLE = 100_000
TABLE = ip.IPTable()


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.1.1", "172.16.0.1",
        "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
        "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:8.8.8.8", "::ffff:10.0.0.1", "64:ff9b::808:808", "100::1", "fc00::1",
        "fe80::1", "fec0::1", "ff02::1", "2001:db8::1", "2001::1", "2001:10::1", "2002:808:808::1",
        "3fff::1", "4000::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ],
)  # fmt: skip
def test_special_ranges_give_no_place(text: str) -> None:
    assert TABLE.locate(ip_address(text)) is None


def test_no_address_gives_no_place() -> None:
    assert TABLE.locate(None) is None


def test_it_is_a_local_locator_with_a_dated_source() -> None:
    assert (TABLE.name, TABLE.local) == ("atlas", True)
    assert "DB-IP" in TABLE.source
    assert date(2026, 1, 1) < TABLE.date <= date.today()


def test_a_place_has_all_its_fields() -> None:
    """An address of the university of Cambridge's network, in use there since 1988."""
    place = TABLE.locate(ip_address("131.111.8.46"))
    assert place is not None
    assert (place.name, place.country_code) == ("Cambridge", "GB")
    assert (place.country, place.timezone) == ("United Kingdom", "Europe/London")


def _made(runs4: dict[int, int], runs6: dict[int, int]) -> ip.Table:
    """A table from the first blocks of runs and their cities; written as the format's text says,
    without the builder."""
    bitmap = bytearray(1 << 21)
    for block in runs4:
        bitmap[block >> 3] |= 0x80 >> (block & 7)
    starts = sorted(runs6)
    lengths = [after - start for start, after in pairwise(starts)]
    sections = {
        "cities known": (9).to_bytes(4, "big"),
        "ipv4 starts": bytes(bitmap),
        "ipv4 cities": _packed("H", [runs4[block] for block in sorted(runs4)]),
        "ipv6 cities": _packed("H", [runs6[block] for block in starts]),
        "ipv6 first": starts[0].to_bytes(8, "big"),
        "ipv6 frequent lengths": _packed("Q", lengths[:1]),
        "ipv6 lengths": bytes(0 if length == lengths[0] else 255 for length in lengths),
        "ipv6 rare lengths": _packed("Q", [length for length in lengths if length != lengths[0]]),
    }
    return ip.decode(Container(date(2026, 6, 5), sections), 9)


def _packed(kind: str, numbers: list[int]) -> bytes:
    size = array(kind).itemsize
    return b"".join(number.to_bytes(size, "big") for number in numbers)


_blocks4 = st.dictionaries(st.integers(1, (1 << 24) - 1), st.integers(0, 9), max_size=9)
_blocks6 = st.dictionaries(
    st.integers(0x2000_0000_0000, 0x3FFF_FFFF_FFFF), st.integers(0, 9), min_size=2, max_size=12
)


@given(_blocks4, _blocks6)
@settings(max_examples=40, deadline=None)
def test_runs_begin_and_end_at_their_boundaries(
    later: dict[int, int], runs6: dict[int, int]
) -> None:
    """Against the definition: the city of the last run that begins at or before a block."""
    runs4 = {0: 0} | later
    table = _made(runs4, runs6)
    for blocks, bits, kind in ((runs4, 8, IPv4Address), (runs6, 80, IPv6Address)):
        make: Callable[[int], IPv4Address | IPv6Address] = kind
        for block in blocks:
            for number in ((block << bits) - 1, block << bits, ((block + 1) << bits) - 1):
                if number < 0 or not is_public(make(number)):
                    continue
                first = max((b for b in blocks if b <= number >> bits), default=None)
                city = blocks[first] if first is not None else 0
                assert table.city(make(number)) == (city - 1 if city else None)


def test_every_run_is_found_by_its_first_and_last_address() -> None:
    """IPv4: the whole bitmap, walked bit by bit beside the look-ups."""
    table = ip.load()
    bits = bin(int.from_bytes(table.bitmap))[2:]
    starts = [block for block, bit in enumerate(bits) if bit == "1"]
    assert len(starts) == len(table.cities4)
    chosen = random.Random(4).sample(range(1, len(starts) - 1), 20_000)
    for run in chosen:
        for number in (starts[run] << 8, (starts[run + 1] << 8) - 1):
            address = IPv4Address(number)
            if is_public(address):
                assert table.city(address) == (
                    table.cities4[run] - 1 if table.cities4[run] else None
                )


def test_runs_of_ipv6_ascend_and_neighbours_differ() -> None:
    table = ip.load()
    assert all(before < after for before, after in pairwise(table.runs6.starts()))
    assert all(before != after for before, after in pairwise(table.cities6))


def test_an_ipv6_address_is_that_of_the_run_around_it() -> None:
    table, starts = ip.load(), [*ip.load().runs6.starts()]
    assert len(starts) == len(table.runs6) == len(table.cities6)
    chance = random.Random(6)
    for run in (0, 1, 126, 127, 128, 129, len(starts) - 1, *chance.sample(range(len(starts)), 500)):
        assert table.runs6.run_at(starts[run]) == run
        assert table.runs6.run_at(starts[run] - 1) == (run - 1 if run else None)
    assert table.runs6.run_at((1 << 48) - 1) == len(starts) - 1
    assert table.runs6.run_at(0) is None


@pytest.mark.parametrize("count", [0, 1, 127, 128, 129, 256, 300])
def test_runs_are_found_whatever_their_number(count: int) -> None:
    chance = random.Random(count)
    codes = bytes(chance.choice((0, 1, 2, 255)) for _ in range(count))
    rare = [chance.randrange(1, 1000) for _ in range(codes.count(255))]
    made = runs(5, codes, [1, 2, 7], rare)
    starts = [*made.starts()]
    for block in range(starts[-1] + 3):
        run = bisect_right(starts, block) - 1
        assert made.run_at(block) == (None if run < 0 else run)


@pytest.mark.parametrize("rare", [[], [1], [1, 2, 3]])
def test_lengths_that_do_not_fit_together_are_refused(rare: list[int]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        runs(0, bytes([255, 0, 255]), [1], rare)


@pytest.mark.geoip
@pytest.mark.parametrize(
    ("version", "median", "p90", "abroad"), [(4, 4.6, 14.0, 0.001), (6, 5.5, 30.0, 0.02)]
)
def test_cities_are_near_the_points_of_the_full_database(
    version: int, median: float, p90: float, abroad: float
) -> None:
    """100,000 random addresses that the database knows: near its point and in its country."""
    path = _database(version)
    chance = random.Random(version)
    errors: list[float] = []
    foreign = 0
    with maxminddb.open_database(path) as database:
        while len(errors) < _SAMPLE:
            address = _random_address(version, chance)
            record = database.get(address)
            if not isinstance(record, dict) or ip.load().city(address) is None:
                continue
            place = TABLE.locate(address)
            assert place is not None
            errors.append(_distance(place, record))
            foreign += place.country_code != record["country_code"]
    errors.sort()
    assert errors[_SAMPLE // 2] <= median
    assert errors[_SAMPLE * 9 // 10] <= p90
    assert foreign / _SAMPLE < abroad


@pytest.mark.geoip
def test_the_table_knows_the_addresses_that_the_database_knows() -> None:
    chance = random.Random(46)
    with maxminddb.open_database(_database(4)) as database:
        pairs = [
            (database.get(address) is not None, ip.load().city(address) is not None)
            for address in (_random_address(4, chance) for _ in range(_SAMPLE))
        ]
    assert sum(known != found for known, found in pairs) / _SAMPLE < 0.002


def _database(version: int) -> str:
    found = [path for path in _DATABASES.split(",") if f"ipv{version}" in path]
    if not found:
        pytest.skip("TEST_GEOIP_DATABASES names no database; tests/fetch_geoip fetches one")
    return found[0]


@cache
def _starts_of_ipv6() -> list[int]:
    return [*ip.load().runs6.starts()]


def _random_address(version: int, chance: random.Random) -> IPv4Address | IPv6Address:
    """IPv6: of /32 networks, evenly, as the address space itself is mostly placeholders."""
    while True:
        if version == 4:
            address: IPv4Address | IPv6Address = IPv4Address(chance.getrandbits(32))
        else:
            start = chance.choice(_starts_of_ipv6())
            address = IPv6Address(start << 80 | chance.getrandbits(80))
        if is_public(address):
            return address


def _distance(place: Place, record: dict[str, object]) -> float:
    latitude, longitude = record["latitude"], record["longitude"]
    assert isinstance(latitude, float)
    assert isinstance(longitude, float)
    distance = cities.kilometres(place.coordinates, latitude, longitude)
    assert math.isfinite(distance)
    return distance


def test_the_shipped_table_has_its_measured_facts() -> None:
    facts = container.read("ip").facts
    assert facts["IPv4 per address"]["p90"] <= 14.0
    assert facts["IPv4 per address"]["foreign"] <= 0.04
