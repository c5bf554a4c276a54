"""Runs of /24 blocks of IPv4 and /48 blocks of IPv6, with one city per run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from atlas_build.arrays import Floats, Integers, changes, majority, spread
from atlas_build.mmdb import Networks
from atlas_build.segmentation import NOWHERE, Costs, Globe, Segments, simplify

# The kilometres per bit set the balance of size and error: see the report of `make data`. Weights
# are /24 blocks for IPv4; for IPv6 /48 blocks plus networks, so that many small allocations count
# beside a few vast ones.
_COSTS4 = Costs(kilometres_per_bit=6.9, position=4.0, new_city=9.0)
_COSTS6 = Costs(kilometres_per_bit=2_000.0, position=5.0, new_city=5.0)
_NETWORK_WEIGHT6 = 6.0
_MOST_BLOCKS6 = 65_536.0  # a /32: a larger network is never used in full
_PAGE6 = 128  # segments
_ESCAPE = 255

Sections = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Blocks:
    """Segments of address space in ascending order, with their city and their weights."""

    starts: Integers
    cities: Integers
    blocks: Floats
    networks: Floats


def ipv4(
    networks: Networks, cities: Integers, globe: Globe, tick: Callable[[float], None]
) -> Sections:
    """The sections for IPv4. `cities` is the city of every network."""
    block_cities = _blocks4(networks, cities)
    begins = changes(block_cities)
    begins[::256] = True
    starts = np.flatnonzero(begins)
    weights = np.diff(np.append(starts, len(block_cities))).astype(np.float64)
    segments = Segments(starts, block_cities[starts], weights, starts >> 8)
    assigned = np.repeat(simplify(segments, globe, _COSTS4, tick), weights.astype(np.int64))
    begins = changes(assigned)
    return {
        "ipv4 starts": np.packbits(begins).tobytes(),
        "ipv4 cities": _columns(assigned[begins] + 1, ">u2"),
    }


def _blocks4(networks: Networks, cities: Integers) -> Integers:
    """The city of every /24: that of most of its addresses."""
    blocks = networks.starts.astype(np.int64) >> 8
    large = networks.lengths <= 24
    city_of = np.full(1 << 24, NOWHERE)
    counts = 1 << (24 - networks.lengths[large])
    city_of[spread(blocks[large], counts)] = np.repeat(cities[large], counts)
    small = ~large
    block, city = majority(blocks[small], cities[small], networks.addresses()[small])
    city_of[block] = city
    return city_of


def ipv6(
    networks: Networks, cities: Integers, globe: Globe, tick: Callable[[float], None]
) -> Sections:
    blocks = _merged(_filled(_blocks6(networks, cities)))
    pages = _pages6(blocks.starts)
    weights = blocks.blocks + _NETWORK_WEIGHT6 * blocks.networks
    assigned = simplify(
        Segments(blocks.starts, blocks.cities, weights, pages), globe, _COSTS6, tick
    )
    begins = changes(assigned)
    starts = blocks.starts[begins]
    lengths = _lengths(np.diff(starts))
    return {
        **lengths,
        "ipv6 first": int(starts[0]).to_bytes(8, "big"),
        "ipv6 cities": _columns(assigned[begins] + 1, ">u2"),
    }


def _blocks6(networks: Networks, cities: Integers) -> Blocks:
    """Networks in units of /48. Smaller ones get the city of the largest part of their /48."""
    start = (networks.starts >> np.uint64(16)).astype(np.int64)
    size = np.exp2(48.0 - networks.lengths)
    fine = networks.lengths > 48
    block, city = majority(start[fine], cities[fine], size[fine])
    _, count = np.unique(start[fine], return_counts=True)
    starts = np.concatenate([start[~fine], block])
    order = np.argsort(starts, kind="stable")
    blocks = np.concatenate([size[~fine], np.ones(len(block))])
    networks_in = np.concatenate([np.ones(int((~fine).sum())), count.astype(np.float64)])
    return Blocks(
        starts[order],
        np.concatenate([cities[~fine], city])[order],
        blocks[order],
        networks_in[order],
    )


def _filled(blocks: Blocks) -> Blocks:
    """Adds segments without a city for the gaps between networks and after the last one."""
    ends = blocks.starts + blocks.blocks.astype(np.int64)
    following = np.append(blocks.starts[1:], ends[-1] + 1)
    gap = following > ends
    starts = np.concatenate([blocks.starts, ends[gap]])
    order = np.argsort(starts, kind="stable")
    nothing = np.zeros(int(gap.sum()))
    return Blocks(
        starts[order],
        np.concatenate([blocks.cities, np.full(len(nothing), NOWHERE)])[order],
        np.concatenate([blocks.blocks, following[gap] - ends[gap]])[order],
        np.concatenate([blocks.networks, nothing + 1])[order],
    )


def _merged(blocks: Blocks) -> Blocks:
    first = np.flatnonzero(changes(blocks.cities))
    capped = np.minimum(blocks.blocks, _MOST_BLOCKS6)
    return Blocks(
        blocks.starts[first],
        blocks.cities[first],
        np.add.reduceat(capped, first),
        np.add.reduceat(blocks.networks, first),
    )


def _pages6(starts: Integers) -> Integers:
    """The page of every segment: those that begin in one /32, at most `_PAGE6`."""
    begins = changes(starts >> 16)
    index = np.arange(len(starts))
    within = index - np.maximum.accumulate(np.where(begins, index, 0))
    return np.cumsum(begins | (within % _PAGE6 == 0))


def _lengths(lengths: Integers) -> Sections:
    """One byte for a frequent length; rare lengths in a section of their own."""
    values, counts = np.unique(lengths, return_counts=True)
    frequent = np.sort(values[np.lexsort((values, -counts))][:_ESCAPE])
    index = np.minimum(np.searchsorted(frequent, lengths), len(frequent) - 1)
    known = frequent[index] == lengths
    return {
        "ipv6 lengths": np.where(known, index, _ESCAPE).astype(np.uint8).tobytes(),
        "ipv6 frequent lengths": _columns(frequent, ">u8"),
        "ipv6 rare lengths": _columns(lengths[~known], ">u8"),
    }


def _columns(values: Integers, kind: str) -> bytes:
    return values.astype(kind).tobytes()
