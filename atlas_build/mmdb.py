"""Reads all networks of a database in MaxMind's format at once.

The search tree is an array of pairs, so one step walks a whole level of it. https://maxmind.github.io/MaxMind-DB/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import maxminddb
import numpy as np
from maxminddb.decoder import Decoder

from atlas_build.arrays import Floats, Integers

_SEPARATOR = 16  # zero bytes between the tree and the data
_V4_BITS = 96  # the depth of IPv4 in a tree of IPv6
_TOP = 64  # the leading bits of an IPv6 address, which the table uses


@dataclass(frozen=True, slots=True)
class Record:
    country: str
    region: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Networks:
    """Networks in ascending order. `starts` counts in addresses (IPv4) or in /64s (IPv6)."""

    bits: int  # 32 or 64: the width of `starts`
    starts: Integers
    lengths: Integers  # of the prefixes, up to 128
    record_of: Integers
    records: list[Record]
    date: date

    def addresses(self) -> Floats:
        """The size of every network in units of `starts`; a fraction for IPv6 below /64."""
        units: Floats = np.exp2(float(self.bits) - self.lengths)
        return units


def read(paths: list[Path], version: int) -> Networks:
    """The IPv4 or IPv6 networks of the first file that has them. Raises `ValueError`."""
    for path in paths:
        with maxminddb.open_database(path, maxminddb.MODE_MEMORY) as reader:
            metadata = reader.metadata()
        if metadata.ip_version == version:
            return _networks(path.read_bytes(), metadata, version, root=0)
    for path in paths:
        with maxminddb.open_database(path, maxminddb.MODE_MEMORY) as reader:
            metadata = reader.metadata()
        if metadata.ip_version == 6:
            data = path.read_bytes()
            return _networks(
                data, metadata, version, _ipv4_root(_tree(data, metadata), metadata.node_count)
            )
    raise ValueError(f"None of the databases holds IPv{version}.")


def _networks(
    data: bytes, metadata: maxminddb.reader.Metadata, version: int, root: int
) -> Networks:
    tree = _tree(data, metadata)
    width, depth = (32, 32) if version == 4 else (_TOP, 128)
    levels = list(_walk(tree, metadata.node_count, root, width, depth))
    starts, lengths, pointers = (np.concatenate(parts) for parts in zip(*levels, strict=True))
    # In a tree of both versions, IPv4 and its aliases are outside 2000::/3, which is all of IPv6.
    keep = (starts >> np.uint64(61) == 1) if version == 6 else np.ones(len(starts), bool)
    order = np.argsort(starts[keep], kind="stable")
    starts, lengths, pointers = (x[keep][order] for x in (starts, lengths, pointers))
    unique, record_of = np.unique(pointers, return_inverse=True)
    base = metadata.search_tree_size + _SEPARATOR
    decode = Decoder(data, base).decode
    records = [_record(decode(int(at) + base - _SEPARATOR)[0]) for at in unique]
    day = datetime.fromtimestamp(metadata.build_epoch, UTC).date()
    return Networks(width, starts, lengths.astype(np.int64), record_of, records, day)


def _tree(data: bytes, metadata: maxminddb.reader.Metadata) -> Integers:
    """(node, side) → the index of the next node, or, beyond the number of nodes, of a record."""
    count, size = metadata.node_count, metadata.record_size
    raw = np.frombuffer(data, np.uint8, count * size // 4).reshape(count, size // 4)
    b = raw.astype(np.int64).T
    if size == 24:
        sides = b[0] << 16 | b[1] << 8 | b[2], b[3] << 16 | b[4] << 8 | b[5]
    elif size == 28:
        left = (b[3] >> 4) << 24 | b[0] << 16 | b[1] << 8 | b[2]
        sides = left, (b[3] & 15) << 24 | b[4] << 16 | b[5] << 8 | b[6]
    else:
        left = b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3]
        sides = left, b[4] << 24 | b[5] << 16 | b[6] << 8 | b[7]
    return np.stack(sides, axis=1)


def _ipv4_root(tree: Integers, count: int) -> int:
    node = 0
    for _ in range(_V4_BITS):
        node = int(tree[node, 0])
        if node >= count:
            raise ValueError("The database holds no IPv4.")
    return node


def _walk(
    tree: Integers, count: int, root: int, width: int, depth: int
) -> Iterator[tuple[Integers, Integers, Integers]]:
    """The starts, prefix lengths and data pointers of every level."""
    nodes, starts = np.array([root]), np.array([0], np.uint64)
    for length in range(1, depth + 1):
        children = np.concatenate([tree[nodes, 0], tree[nodes, 1]])
        bit = np.uint64(1 << width - length if length <= width else 0)
        starts = np.concatenate([starts, starts | bit])
        leaf, inner = children > count, children < count
        yield starts[leaf], np.full(int(leaf.sum()), length), children[leaf] - count
        nodes, starts = children[inner], starts[inner]


def _record(raw: object) -> Record:
    """Reads the flat schema of ip-location-db or the nested one of DB-IP's own file."""
    if not isinstance(raw, dict):
        raise TypeError("A record of the database is no map.")
    if "country_code" in raw:
        region = raw.get("state1") or ""
        return Record(raw["country_code"] or "", region, raw["latitude"], raw["longitude"])
    regions = raw.get("subdivisions") or [{}]
    region = regions[0].get("names", {}).get("en", "")
    point = raw.get("location", {})
    country = raw.get("country", {}).get("iso_code", "")
    return Record(country, region, point.get("latitude", 0.0), point.get("longitude", 0.0))
