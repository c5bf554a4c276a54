"""The atlas's file format: named sections of bytes, each packed and checked.

    8 bytes   b"\\x89ATLAS\\r\\n", so that a transfer as text is detected
    4 + 4     length and CRC-32 of the header, big-endian
    header    JSON: version, date, sources, codec, sections [name, size, packed size, CRC-32], facts
    sections  one after the other, in the header's order

`unpack` has all compressions; a build without liblzma adds one there.
"""

from __future__ import annotations

import json
import lzma
import zlib
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from importlib import resources
from typing import Any

from weather.core.dataclass import dataclass

MAGIC = b"\x89ATLAS\r\n"
VERSION = 1
_HEAD = len(MAGIC) + 8

unpack: Mapping[str, Callable[[bytes], bytes]] = {"xz": lzma.decompress, "zlib": zlib.decompress}


class CorruptAtlas(ValueError):
    """A data file is missing, cut off, damaged or of another version. Raised at load only."""


@dataclass(frozen=True, slots=True)
class Container:
    """`date` is that of the data, not of the build; `facts` are the builder's measurements."""

    date: date
    sections: Mapping[str, bytes]
    sources: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


def read(name: str) -> Container:
    """The data file of that name beside this module. Raises `CorruptAtlas`."""
    try:
        data = (resources.files(__package__) / "data" / f"{name}.atlas").read_bytes()
    except OSError as error:
        raise CorruptAtlas(f"The atlas has no file {name}.atlas; `make data` builds it.") from error
    return parse(data, name)


def parse(data: bytes, name: str) -> Container:
    """A container from its bytes; `name` is for the message. Raises `CorruptAtlas`."""
    try:
        header, start = _header(data)
        sections = {}
        for title, size, packed, crc in header["sections"]:
            sections[title] = _section(data[start : start + packed], header["codec"], size, crc)
            start += packed
        if start != len(data):
            raise CorruptAtlas("bytes follow the last section")
        day = date.fromisoformat(header["date"])
        return Container(day, sections, header["sources"], header["facts"])
    except (ValueError, LookupError, TypeError, EOFError, lzma.LZMAError, zlib.error) as error:
        message = f"The atlas file {name}.atlas cannot be used ({error}); fetch or build it anew."
        raise CorruptAtlas(message) from error


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


def _section(packed: bytes, codec: str, size: int, crc: int) -> bytes:
    raw = unpack[codec](packed)
    if len(raw) != size or zlib.crc32(raw) != crc:
        raise CorruptAtlas("a section is damaged")
    return raw
