"""The atlas's file format: named sections of bytes, each packed, and checked as it is packed: a
server can say at its start that nothing is damaged, before anything is unpacked.

    8 bytes   b"\\x89ATLAS\\r\\n", so that a transfer as text is detected
    4 + 4     length and CRC-32 of the header, big-endian
    header    JSON: version, date, sources, codec, facts,
              sections [name, size, packed size, CRC-32 of the packed bytes]
    sections  one after the other, in the header's order

`unpack` has all compressions; a build without liblzma adds one there.
"""

from __future__ import annotations

import json
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from datetime import date
from importlib import resources
from typing import Any

from weather.core.dataclass import dataclass

MAGIC = b"\x89ATLAS\r\n"
VERSION = 2
_HEAD = len(MAGIC) + 8

Unpack = Callable[[bytes | memoryview], bytes]
unpack: Mapping[str, Unpack] = {"xz": lzma.decompress, "zlib": zlib.decompress}


class CorruptAtlas(ValueError):
    """A data file is missing, cut off, damaged or of another version. Raised at load or check."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says of itself. `sizes` are those of the unpacked sections, in bytes."""

    date: date
    codec: str
    sizes: Mapping[str, int]
    sources: Mapping[str, str]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Container:
    """`date` is that of the data, not of the build; `facts` are the builder's measurements."""

    date: date
    sections: Mapping[str, bytes]
    sources: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


def read(name: str) -> Container:
    """The data file of that name beside this module. Raises `CorruptAtlas`."""
    return parse(_data(name), name)


def check(name: str) -> Head:
    """What the file of that name says of itself, if nothing of it is damaged. Raises
    `CorruptAtlas`."""
    head, _ = _checked(_data(name), name)
    return head


def parse(data: bytes, name: str) -> Container:
    """A container from its bytes; `name` is for the message. Raises `CorruptAtlas`."""
    head, packed = _checked(data, name)
    with _named(name):
        sections = {
            title: _unpacked(section, head.codec, head.sizes[title])
            for title, section in packed.items()
        }
        return Container(head.date, sections, head.sources, head.facts)


def _data(name: str) -> bytes:
    try:
        return (resources.files(__package__) / "data" / f"{name}.atlas").read_bytes()
    except OSError as error:
        raise CorruptAtlas(f"The atlas has no file {name}.atlas; `make data` builds it.") from error


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Whatever is wrong with the content of the file is a `CorruptAtlas`."""
    try:
        yield
    except (ValueError, LookupError, TypeError, EOFError, lzma.LZMAError, zlib.error) as error:
        message = f"The atlas file {name}.atlas cannot be used ({error}); fetch or build it anew."
        raise CorruptAtlas(message) from error


def _checked(data: bytes, name: str) -> tuple[Head, dict[str, memoryview]]:
    """The header, and the packed sections."""
    sections = {}
    with _named(name):
        header, start = _header(data)
        for title, _, size, crc in header["sections"]:
            sections[title] = memoryview(data)[start : start + size]
            if zlib.crc32(sections[title]) != crc:
                raise CorruptAtlas("a section is damaged")
            start += size
        if start != len(data):
            raise CorruptAtlas("bytes follow the last section")
        day = date.fromisoformat(header["date"])
        sizes = {title: size for title, size, _, _ in header["sections"]}
        head = Head(day, header["codec"], sizes, header["sources"], header["facts"])
    return head, sections


def _header(data: bytes) -> tuple[dict[str, Any], int]:
    if len(data) < _HEAD or not data.startswith(MAGIC):
        raise CorruptAtlas("it is not an atlas file")
    length = int.from_bytes(data[8:12])
    text = data[_HEAD : _HEAD + length]
    if len(text) != length or zlib.crc32(text) != int.from_bytes(data[12:16]):
        raise CorruptAtlas("its header is damaged")
    header = json.loads(text)
    if header["version"] != VERSION:
        raise CorruptAtlas(f"its version is {header['version']}, not {VERSION}")
    return header, _HEAD + length


def _unpacked(packed: memoryview, codec: str, size: int) -> bytes:
    raw = unpack[codec](packed)
    if len(raw) != size:
        raise CorruptAtlas("a section is damaged")
    return raw
