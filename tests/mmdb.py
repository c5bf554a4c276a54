"""A writer of small databases in MaxMind's format, for tests.

https://maxmind.github.io/MaxMind-DB/
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from ipaddress import IPv4Network, ip_network

_MARKER = b"\xab\xcd\xefMaxMind.com"
_UINT16, _UINT32, _MAP, _UINT64, _ARRAY, _BOOLEAN = 5, 6, 7, 9, 11, 14
_IPV4_MAPPED = 0xFFFF << 32


class Wide(int):
    """A uint64; other integers are written as uint32."""


class Short(int):
    """A uint16."""


def mmdb(
    records: Mapping[str, object],
    *,
    ip_version: int = 6,
    record_size: int = 28,
    database_type: str = "GeoLite2-City",
    build_epoch: int = 1_790_000_000,
    description: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of a database of records by network (`"192.0.2.0/24"`; none within another one).

    With `ip_version` 6 the IPv4 networks are at ::/96, and also at ::ffff:0:0/96.
    """
    data = _Data()
    tree = _Tree(32 if ip_version == 4 else 128)
    for network, record in records.items():
        tree.insert(network, data.add(record))
    if ip_version == 6:
        tree.alias(0, _IPV4_MAPPED, 96)
    metadata = {
        "binary_format_major_version": Short(2),
        "binary_format_minor_version": Short(0),
        "build_epoch": Wide(build_epoch),
        "database_type": database_type,
        "description": dict(description or {}),
        "ip_version": Short(ip_version),
        "languages": ["en"],
        "node_count": len(tree.nodes),
        "record_size": Short(record_size),
    }
    head = tree.packed(record_size) + bytes(16) + bytes(data.section)
    return head + _MARKER + _encoded(metadata, None)


class _Tree:
    """A binary tree. A branch is None, the number of a node, or a `_Leaf`."""

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self.nodes: list[list[int | _Leaf | None]] = [[None, None]]

    def insert(self, text: str, offset: int) -> None:
        network = ip_network(text)
        start = int(network.network_address)
        spare = self.bits - (32 if isinstance(network, IPv4Network) else 128)
        self._put(start, network.prefixlen + spare, _Leaf(offset))

    def alias(self, start: int, to: int, length: int) -> None:
        """Make the network at `to` the same as the one at `start`, unless that is empty."""
        node: int | _Leaf | None = 0
        for bit in self._path(start, length):
            if not isinstance(node, int):
                return
            node = self.nodes[node][bit]
        if isinstance(node, int):
            self._put(to, length, node)

    def packed(self, record_size: int) -> bytes:
        return b"".join(
            _pair(self._number(left), self._number(right), record_size)
            for left, right in self.nodes
        )

    def _put(self, start: int, length: int, branch: int | _Leaf) -> None:
        *path, last = self._path(start, length)
        node = 0
        for bit in path:
            following = self.nodes[node][bit]
            if following is None:
                following = self.nodes[node][bit] = len(self.nodes)
                self.nodes.append([None, None])
            assert isinstance(following, int), "a network lies within another"
            node = following
        assert self.nodes[node][last] is None, "a network lies within another"
        self.nodes[node][last] = branch

    def _path(self, start: int, length: int) -> list[int]:
        return [start >> (self.bits - 1 - depth) & 1 for depth in range(length)]

    def _number(self, branch: int | _Leaf | None) -> int:
        if isinstance(branch, _Leaf):
            return len(self.nodes) + 16 + branch.offset
        return len(self.nodes) if branch is None else branch


class _Leaf:
    def __init__(self, offset: int) -> None:
        self.offset = offset


def _pair(left: int, right: int, record_size: int) -> bytes:
    if record_size == 28:
        middle = (left >> 24) << 4 | right >> 24
        return left.to_bytes(4, "big")[1:] + bytes([middle]) + right.to_bytes(4, "big")[1:]
    return left.to_bytes(record_size // 8, "big") + right.to_bytes(record_size // 8, "big")


class _Data:
    """The data section. A string is stored once and then referred to by pointers."""

    def __init__(self) -> None:
        self.section = bytearray()
        self._offsets: dict[str, int] = {}

    def add(self, record: object) -> int:
        self._add_texts(record)
        offset = len(self.section)
        self.section += _encoded(record, self._offsets)
        return offset

    def _add_texts(self, value: object) -> None:
        if isinstance(value, str) and value not in self._offsets:
            self._offsets[value] = len(self.section)
            self.section += _encoded(value, None)
        for part in _parts(value):
            self._add_texts(part)


def _parts(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else []


def _encoded(value: object, offsets: Mapping[str, int] | None) -> bytes:
    match value:
        case str():
            text = value.encode()
            return _control(2, len(text)) + text if offsets is None else _pointer(offsets[value])
        case bool():
            return _control(_BOOLEAN, int(value))
        case int():
            number = value.to_bytes((value.bit_length() + 7) // 8, "big")
            kind = {Wide: _UINT64, Short: _UINT16}.get(type(value), _UINT32)
            return _control(kind, len(number)) + number
        case float():
            return _control(3, 8) + struct.pack("!d", value)
        case dict():
            parts = [part for pair in value.items() for part in pair]
            return _control(_MAP, len(value)) + b"".join(_encoded(part, offsets) for part in parts)
        case list():
            return _control(_ARRAY, len(value)) + b"".join(
                _encoded(item, offsets) for item in value
            )
    raise TypeError(f"{value!r} cannot be stored in a database")


def _control(kind: int, size: int) -> bytes:
    assert size < 285 + 65_536, "too long for this writer"
    code, more = (size, b"") if size < 29 else (29, bytes([min(size - 29, 255)]))
    if size >= 285:
        code, more = 30, (size - 285).to_bytes(2, "big")
    return (bytes([kind << 5 | code]) if kind < 8 else bytes([code, kind - 7])) + more


def _pointer(offset: int) -> bytes:
    if offset < 2048:
        return bytes([1 << 5 | offset >> 8, offset & 255])
    offset -= 2048
    return bytes([1 << 5 | 1 << 3 | offset >> 16]) + (offset & 0xFFFF).to_bytes(2, "big")
