"""The stored form of entries, independent of this program's modules and classes.

    magic     4 bytes
    version   2 bytes, little-endian: counted up when a record's fields or this form change
    checksum  4 bytes: CRC-32 of the rest
    rest      zlib, with `DICTIONARY` preset: length of the header (4 bytes), header (JSON), columns

The header holds the records by kind and field, `columns` the numbers of hours and days.
"""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

from weather.cache import records
from weather.cache.columns import Buffer
from weather.cache.dictionary import DICTIONARY
from weather.cache.entry import Entry, Failure

VERSION = 14

_MAGIC = b"WWYA"
_ENVELOPE = struct.Struct("<4sHI")
_LENGTH = struct.Struct("<I")
_LARGEST = 16_000_000  # bytes, uncompressed; a forecast has some 15 kB
_LEVEL = 5  # a fourth of the time of 9, for 2 % more bytes


class DecodeError(ValueError):
    """Bytes that are no entry of this version."""


def encode(value: Entry[Any] | Failure) -> bytes:
    """The bytes of an entry or a failure. Raises `TypeError` for what has no registered kind."""
    buffer = Buffer()
    text = json.dumps(value, default=records.writer(buffer), separators=(",", ":"))
    header = _LENGTH.pack(len(text)) + text.encode("ascii")
    rest = _compressed(header, buffer)
    return _ENVELOPE.pack(_MAGIC, VERSION, zlib.crc32(rest)) + rest


def _compressed(header: bytes, buffer: Buffer) -> bytes:
    """Header and columns in blocks (RFC 1951), each with a code of its own."""
    deflate = zlib.compressobj(_LEVEL, strategy=zlib.Z_FILTERED, zdict=DICTIONARY)
    compressed, begin = deflate.compress(header), 0
    for end in (0, *buffer.blocks) if buffer else ():
        compressed += deflate.compress(buffer[begin:end]) + deflate.flush(zlib.Z_BLOCK)
        begin = end
    return compressed + deflate.compress(buffer[begin:]) + deflate.flush()


def decode(data: bytes) -> Entry[Any] | Failure:
    """The value that was encoded. Raises `DecodeError` and nothing else."""
    rest = _opened(data)
    try:
        body = memoryview(_decompressed(rest))
        (length,) = _LENGTH.unpack_from(body)
        start = _LENGTH.size + length
        text = bytes(body[_LENGTH.size : start])
        numbers = body[start:]
        value = json.loads(text, object_hook=records.reader(numbers))
    except Exception as error:  # whatever bytes with a valid checksum may lead to
        raise DecodeError(f"{type(error).__name__}: {error}") from error
    if not isinstance(value, Entry | Failure):
        raise DecodeError("the header holds no entry")
    return value


def _opened(data: bytes) -> memoryview:
    """What stands behind the envelope."""
    if len(data) < _ENVELOPE.size or not data.startswith(_MAGIC):
        raise DecodeError("these bytes are no entry")
    _, version, checksum = _ENVELOPE.unpack_from(data)
    if version != VERSION:
        raise DecodeError(f"version {version}, not {VERSION}")
    rest = memoryview(data)[_ENVELOPE.size :]
    if zlib.crc32(rest) != checksum:
        raise DecodeError("the checksum is wrong")
    return rest


def _decompressed(rest: memoryview) -> bytes:
    inflate = zlib.decompressobj(zdict=DICTIONARY)
    body = inflate.decompress(rest, _LARGEST)
    if not inflate.eof:
        raise ValueError("cut off or too large")
    return body
