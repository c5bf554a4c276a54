"""Rendered bodies: their two encodings, and those that are kept."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Protocol

from weather.core.lru import LRU
from weather.web import deflate
from weather.web.aged_body import AgedBody
from weather.web.sent_body import OVERHEAD, PACKING_LEVEL, WORTH_COMPRESSING

_PAGE = b"<!doctype html"
# The first byte of a packed body.
_PLAIN, _PACKED, _COMPRESSED, _NOT_COMPRESSIBLE, _AGED = b"pzgba"

Rendered = str | bytes | tuple[str, str]
"""A text, a picture, or the texts before and after the age."""


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
        if self._length >= WORTH_COMPRESSING:
            return bytes([_PACKED]) + _deflated(self.plain)
        return bytes([_PLAIN if self._length else _NOT_COMPRESSIBLE]) + self.plain

    def at(self, age: int) -> Body:
        """The body as it is sent at any age, since it tells none."""
        return self

    @property
    def plain(self) -> bytes:
        plain = self._plain
        if plain is None:
            plain = self._plain = deflate.unzipped(self._compressed or b"")
        return plain

    @property
    def compressed(self) -> bytes | None:
        """The body in gzip format; None where that is not worth it."""
        if self._compressed is None and self._length >= WORTH_COMPRESSING:
            self._compressed = _compressed(self.plain)
        return self._compressed

    @property
    def is_compressed(self) -> bool:
        return self._compressed is not None

    @property
    def size(self) -> int:
        """Bytes of both forms, of which one may be made later."""
        length = self._length or len(self._plain or b"")
        return length + self._length // 4 + OVERHEAD


@cache
def _of_pages() -> tuple[bytes, bytes]:
    """What each page has inside, in its order: without it two thirds of a page's bytes are left
    when it is packed."""
    from weather.views.html.assets import SCRIPT, STYLE  # noqa: PLC0415  # loaded with the pages

    return STYLE.encode(), SCRIPT.encode()


def _deflated(plain: bytes) -> bytes:
    known = b"".join(_of_pages()) if plain.startswith(_PAGE) else b""
    deflate = zlib.compressobj(PACKING_LEVEL, zdict=known)
    return deflate.compress(plain) + deflate.flush()


def _inflated(packed: bytes) -> bytes:
    return zlib.decompressobj(zdict=b"".join(_of_pages())).decompress(packed)


def _compressed(content: bytes) -> bytes:
    """The content in gzip format. The style and the script of pages, a third of each, are
    compressed once for all: that takes a third less time, and as their blocks have codes of their
    own, a page is shorter."""
    parts, known, rest = [deflate.HEADER], b"", content
    for constant in _of_pages() if content.startswith(_PAGE) else ():
        before, found, after = rest.partition(constant)
        if found:
            blocks = deflate.blocks(before, zlib.Z_SYNC_FLUSH, known)
            parts += [blocks, _constant_blocks(constant)]
            known, rest = (known + before + constant)[-deflate.WINDOW :], after
    parts.append(deflate.blocks(rest, zlib.Z_FINISH, known))
    return b"".join((*parts, deflate.trailer(zlib.crc32(content), len(content))))


@cache
def _constant_blocks(constant: bytes) -> bytes:
    return deflate.blocks(constant, zlib.Z_SYNC_FLUSH)


class BodyCache:
    """Rendered bodies by what they are made of, of at most `capacity` bytes: rendering costs more
    than the rest of a response.

    These are in the memory of the process, ready to be sent. Others are packed in the `shared`
    memory, where all worker processes find them: to unpack a page takes a twentieth of the time
    that drawing it takes.
    """

    def __init__(self, capacity: int, shared: SharedMemory | None = None) -> None:
        self._ready: LRU[str, Body | AgedBody] = LRU(capacity, capacity // 4)
        self._shared = shared

    def get(self, key: str, render: Callable[[], Rendered]) -> Body | AgedBody:
        """The body of a key, rendered at its first use."""
        body = self.find(key)
        if body is None:
            body = _body_of(render())
            self._ready.put(key, body, body.size)
        return body

    def find(self, key: str) -> Body | AgedBody | None:
        """The body of a key if it is kept."""
        body = self._ready.get(key)
        if body is None and self._shared and (packed := self._shared.get(_name(key))):
            body = _unpacked(packed)
            self._ready.put(key, body, body.size)
        return body

    def content(self, key: str, *, compressed: bool, age: int = 0) -> bytes | None:
        """One form of a body that is kept, with the age if it tells one."""
        body = self.find(key)
        if body is None:
            return None
        sent = body.at(age)
        return sent.compressed if compressed else sent.plain

    def packed(self, key: str) -> dict[str, bytes]:
        """What the shared memory is to have of the body of a key, by its name there; empty if the
        body is kept no longer."""
        body = self._ready.get(key)
        if body is None:
            return {}
        form = bytes([_AGED]) if isinstance(body, AgedBody) else b""
        return {_name(key): form + body.packed()}


def _body_of(rendered: Rendered) -> Body | AgedBody:
    return AgedBody(*rendered) if isinstance(rendered, tuple) else Body.of(rendered)


def _unpacked(packed: bytes) -> Body | AgedBody:
    return AgedBody.unpacked(packed[1:]) if packed[0] == _AGED else Body.unpacked(packed)


def _name(key: str) -> str:
    return f"body {key}"
