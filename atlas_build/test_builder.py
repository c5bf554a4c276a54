"""`python -m pytest atlas_build`, with requirements/data.txt installed."""

from __future__ import annotations

from datetime import date
from ipaddress import ip_network
from itertools import pairwise, product
from pathlib import Path

import maxminddb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas_build import accuracy, areas, mmdb
from atlas_build.arrays import majority, quantiles, spread
from atlas_build.pack import pack
from atlas_build.segmentation import NOWHERE, Costs, Globe, Segments, simplify
from atlas_build.snap import kilometres, nearest, unit_vectors
from tests.mmdb import mmdb as write_mmdb
from weather.atlas import container

_GLOBE = Globe(
    np.vstack(
        [
            unit_vectors(np.array([50.0, 50.1, 51.0, -30.0]), np.array([8.0, 8.3, 9.0, 150.0])),
            [0] * 3,
        ]
    ),
    np.array([0, 0, 1, 2, -1]),
)
_COSTS = Costs(kilometres_per_bit=10.0, position=4.0, new_city=0.0)


def _cost(truth: np.ndarray, assigned: tuple[int, ...], weights: np.ndarray) -> float:
    """The cost that `simplify` minimises in its first round: bits by the share of a city."""
    share = {city: np.mean(truth == city) for city in set(truth.tolist())}
    runs = [assigned[0], *(b for a, b in pairwise(assigned) if a != b)]
    bits = sum(_COSTS.position - np.log2(share[city]) for city in runs)
    errors = _GLOBE.error(truth, np.array(assigned))
    return float(_COSTS.kilometres_per_bit * bits + (weights * errors).sum())


@given(
    st.lists(st.tuples(st.integers(NOWHERE, 3), st.integers(1, 40)), min_size=2, max_size=6).filter(
        lambda rows: all(a[0] != b[0] for a, b in pairwise(rows))
    )
)
@settings(max_examples=60, deadline=None)
def test_simplify_returns_the_cheapest_segmentation(rows: list[tuple[int, int]]) -> None:
    truth = np.array([city for city, _ in rows])
    weights = np.array([float(weight) for _, weight in rows])
    pages = np.zeros(len(rows), np.int64)
    segments = Segments(np.arange(len(rows)), truth, weights, pages)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("atlas_build.segmentation._ROUNDS", 1)
        assigned = simplify(segments, _GLOBE, _COSTS, lambda share: None)
    candidates = product(sorted(set(truth.tolist())), repeat=len(rows))
    best = min(_cost(truth, candidate, weights) for candidate in candidates)
    assert _cost(truth, tuple(assigned.tolist()), weights) == pytest.approx(best, rel=1e-4)


@pytest.mark.parametrize("size", [24, 28, 32])
def test_the_networks_are_those_of_the_maxminddb_library(tmp_path: Path, size: int) -> None:
    flat = {"latitude": 1.5, "longitude": 2.5, "state1": "R"}
    records = {
        network: {**flat, "country_code": code}
        for network, code in [("1.0.0.0/24", "AU"), ("1.0.2.0/23", "DE"), ("2001:4::/48", "FR")]
    }
    path = tmp_path / "made.mmdb"
    path.write_bytes(write_mmdb(records, record_size=size))
    for version in (4, 6):
        networks = mmdb.read([path], version)
        rows = [
            (int(start), int(length), networks.records[record].country)
            for start, length, record in zip(
                networks.starts, networks.lengths, networks.record_of, strict=True
            )
        ]
        shift = 0 if version == 4 else 64
        expected = [
            (int(ip_network(name).network_address) >> shift, ip_network(name).prefixlen, code)
            for name, code in [(name, row["country_code"]) for name, row in records.items()]
            if ip_network(name).version == version
        ]
        assert rows == expected
    with maxminddb.open_database(path) as reader:
        assert reader.get("1.0.3.7")["country_code"] == "DE"  # type: ignore[index, call-overload]


def test_packing_is_reproducible_and_reversible() -> None:
    sections = {"one": bytes(range(256)) * 40, "two": b""}
    first = pack(date(2026, 6, 5), sections, {"a": "1"}, {"t": {"p90": 1.5}})
    assert first == pack(date(2026, 6, 5), sections, {"a": "1"}, {"t": {"p90": 1.5}})
    file = container.parse(first, "made")
    assert (file.sections, file.date) == (sections, date(2026, 6, 5))
    assert file.facts == {"t": {"p90": 1.5}}


def test_worse_tables_are_reported() -> None:
    good = {"temperature": {"median": 0.2, "p90": 0.5}}
    assert accuracy.complaints(good, good) == []
    assert accuracy.complaints({"temperature": {"median": 0.23}}, {})  # above the ceiling
    worse = {"IPv4 per network": {"p90": 80.0}}
    assert accuracy.complaints(worse, {"IPv4 per network": {"p90": 60.0}})
    assert not accuracy.complaints(worse, {"IPv4 per network": {"p90": 79.0}})


def test_a_point_gets_the_nearest_city_of_its_country() -> None:
    points = unit_vectors(np.array([50.06, 50.9, 50.9]), np.array([8.2, 9.0, 9.0]))
    indices = nearest(points, np.array([0, 0, 7]), _GLOBE.points[:4], _GLOBE.countries[:4])
    assert indices.tolist() == [1, 1, 2]
    assert kilometres(_GLOBE.points[0], _GLOBE.points[0]) == 0


def test_operations_on_runs() -> None:
    assert spread(np.array([5, 9]), np.array([2, 3])).tolist() == [5, 6, 9, 10, 11]
    keys, values = majority(
        np.array([1, 1, 1, 2]), np.array([7, 8, 8, 3]), np.array([3.0, 1, 1, 1])
    )
    assert (keys.tolist(), values.tolist()) == ([1, 2], [7, 3])
    assert quantiles(np.array([1.0, 2, 30]), np.array([1.0, 8, 1]), (0.5, 0.99)) == [2.0, 30.0]


def test_a_country_has_its_codes_and_names_and_the_country_that_it_belongs_to() -> None:
    countries = {
        "US": {"iso3": "USA", "name": "United States"},
        "PR": {"iso3": "PRI", "name": "Puerto Rico"},
    }
    regions = [
        areas.Subdivision("Puerto Rico", "US-PR", "", "", (), "1"),
        areas.Subdivision("Texas", "US-TX", "US.TX", "4736286", ("State of Texas",), "1"),
        areas.Subdivision("Knox", "", "US.TX.1", "9", (), "2"),
    ]
    section = areas.sections(
        countries, {"US": ("America",)}, regions, {"es": {"US": "Estados Unidos"}}, {"US": ("es",)}
    )["areas"].decode()
    lines = {
        line.split("\t")[0]: line.split("\t")[1:-1] for line in section.strip("\n").split("\n")
    }
    assert set(lines) == {"US", "PR>US", "US.TX 4736286"}
    assert {"us", "usa", "united states", "estados unidos", "america"} <= set(lines["US"])
    assert lines["US.TX 4736286"] == ["tx", "texas", "tex"]
