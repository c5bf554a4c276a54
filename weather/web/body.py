"""Rendered bodies: their two encodings, and those that are kept."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Protocol

from weather.web.byte_lru import ByteLRU

_WORTH_COMPRESSING = 500  # bytes
# Of a page, level 9 takes a third more time than 6 for 2 % less, which a first visit needs: it fits
# into the ten packets that a server sends before it waits (14,336 bytes; RFC 6928).
_LEVEL = 9
_PACKING_LEVEL = 1  # in the shared memory: a sixth of the time, for a fifth more bytes
_PAGE = b"<!doctype html"
_GZIP = 31  # zlib's number for the gzip format, which it reads twice as fast as `gzip`
_DEFLATE = -15  # … for a stream of blocks without a header
_WINDOW = 1 << 15  # bytes that a block may refer back to
_HEADER = bytes.fromhex("1f8b0800000000000200")  # of gzip (RFC 1952, 2.3)
_OVERHEAD = 400  # bytes of an object and its key
# The first byte of a packed body.
_PLAIN, _PACKED, _COMPRESSED, _NOT_COMPRESSIBLE = b"pzgb"


class SharedMemory(Protocol):
    """Bytes that processes share."""

    def get(self, key: str) -> bytes | None: ...
    def set_many(self, values: Mapping[str, bytes], timeout: float) -> bool:
        """For so many seconds at most."""


class Body:
    """A rendered body, plain and compressed for clients. It has at least one of these forms; the
    other is made when it is needed."""

    __slots__ = ("_compressed", "_length", "_plain")

    def __init__(self, plain: bytes, *, compressible: bool) -> None:
        self._length = len(plain) if compressible else 0
        self._plain: bytes | None = plain
        self._compressed: bytes | None = None

    @classmethod
    def of(cls, rendered: str | bytes) -> Body:
        """Bytes are taken for compressed already, as pictures are."""
        if isinstance(rendered, bytes):
            return cls(rendered, compressible=False)
        # A character that cannot be encoded (half a surrogate pair) must not fail the response.
        return cls(rendered.encode("utf-8", errors="replace"), compressible=True)

    @classmethod
    def unpacked(cls, packed: bytes) -> Body:
        form, data = packed[0], packed[1:]
        if form == _NOT_COMPRESSIBLE:
            return cls(data, compressible=False)
        if form != _COMPRESSED:
            plain = _inflated(data) if form == _PACKED else data
            return cls(plain, compressible=True)
        body = cls(b"", compressible=True)
        body._plain, body._compressed = None, data
        body._length = int.from_bytes(data[-4:], "little")  # ISIZE (RFC 1952, 2.3.1)
        return body

    def packed(self) -> bytes:
        """The body in few bytes, from which `unpacked` makes it again."""
        if self._compressed is not None:
            return bytes([_COMPRESSED]) + self._compressed
        if self._length >= _WORTH_COMPRESSING:
            return bytes([_PACKED]) + _deflated(self.plain)
        return bytes([_PLAIN if self._length else _NOT_COMPRESSIBLE]) + self.plain

    @property
    def plain(self) -> bytes:
        plain = self._plain
        if plain is None:
            plain = self._plain = zlib.decompress(self._compressed or b"", _GZIP)
        return plain

    @property
    def compressed(self) -> bytes | None:
        """The body in gzip format; None where that is not worth it."""
        if self._compressed is None and self._length >= _WORTH_COMPRESSING:
            self._compressed = _compressed(self.plain)
        return self._compressed

    @property
    def is_compressed(self) -> bool:
        return self._compressed is not None

    @property
    def size(self) -> int:
        """Bytes of both forms, of which one may be made later."""
        length = self._length or len(self._plain or b"")
        return length + self._length // 4 + _OVERHEAD


@cache
def _of_pages() -> tuple[bytes, bytes]:
    """What each page has inside, in its order: without it two thirds of a page's bytes are left
    when it is packed."""
    from weather.views.html.assets import SCRIPT, STYLE  # noqa: PLC0415  # loaded with the pages

    return STYLE.encode(), SCRIPT.encode()


def _deflated(plain: bytes) -> bytes:
    known = b"".join(_of_pages()) if plain.startswith(_PAGE) else b""
    deflate = zlib.compressobj(_PACKING_LEVEL, zdict=known)
    return deflate.compress(plain) + deflate.flush()


def _inflated(packed: bytes) -> bytes:
    return zlib.decompressobj(zdict=b"".join(_of_pages())).decompress(packed)


def _compressed(content: bytes) -> bytes:
    """The content in gzip format. The style and the script of pages, a third of each, are
    compressed once for all: that takes a third less time, and as their blocks have codes of their
    own, a page is shorter."""
    parts, known, rest = [_HEADER], b"", content
    for constant in _of_pages() if content.startswith(_PAGE) else ():
        before, found, after = rest.partition(constant)
        if found:
            parts += [_blocks(before, zlib.Z_SYNC_FLUSH, known), _constant_blocks(constant)]
            known, rest = (known + before + constant)[-_WINDOW:], after
    parts.append(_blocks(rest, zlib.Z_FINISH, known))
    check, size = zlib.crc32(content), len(content) & 0xFFFFFFFF
    return b"".join((*parts, check.to_bytes(4, "little"), size.to_bytes(4, "little")))


def _blocks(content: bytes, end: int, known: bytes = b"") -> bytes:
    """The content as blocks that end at a byte; they may refer to what is `known` before it."""
    compressor = zlib.compressobj(_LEVEL, wbits=_DEFLATE, zdict=known)
    return compressor.compress(content) + compressor.flush(end)


@cache
def _constant_blocks(constant: bytes) -> bytes:
    return _blocks(constant, zlib.Z_SYNC_FLUSH)


class BodyCache:
    """Rendered bodies by what they are made of, of at most `capacity` bytes: rendering costs more
    than the rest of a response.

    These are in the memory of the process, ready to be sent. Others are packed in the `shared`
    memory, where all worker processes find them: to unpack a page takes a twentieth of the time
    that drawing it takes.
    """

    def __init__(self, capacity: int, shared: SharedMemory | None = None) -> None:
        self._ready: ByteLRU[str, Body] = ByteLRU(capacity)
        self._shared = shared

    def get(self, key: str, render: Callable[[], str | bytes]) -> Body:
        """The body of a key, rendered at its first use."""
        body = self.find(key)
        if body is None:
            body = Body.of(render())
            self._ready.put(key, body, body.size)
        return body

    def find(self, key: str) -> Body | None:
        """The body of a key if it is kept."""
        body = self._ready.get(key)
        if body is None and self._shared and (packed := self._shared.get(_name(key))):
            body = Body.unpacked(packed)
            self._ready.put(key, body, body.size)
        return body

    def content(self, key: str, *, compressed: bool) -> bytes | None:
        """One form of a body that is kept."""
        body = self.find(key)
        if body is None:
            return None
        return body.compressed if compressed else body.plain

    def packed(self, key: str) -> dict[str, bytes]:
        """What the shared memory is to have of the body of a key, by its name there; empty if the
        body is kept no longer."""
        body = self._ready.get(key)
        return {_name(key): body.packed()} if body else {}


def _name(key: str) -> str:
    return f"body {key}"
