"""Rendered bodies: their two encodings, and those that are kept."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from weather.web.byte_lru import ByteLRU

_WORTH_COMPRESSING = 500  # bytes
# Of a page, level 9 takes a third more time than 6 for 2 % less, which a first visit needs: it fits
# into the ten packets that a server sends before it waits (14,336 bytes; RFC 6928).
_LEVEL = 9
_PACKING_LEVEL = 1  # of a body that waits in memory: a sixth of the time, for a fifth more bytes
_OVERHEAD = 400  # bytes of an object and its key


class Body:
    """A rendered body. It has at least one of its forms: plain, compressed for clients, or packed,
    which is compressed in a hurry."""

    __slots__ = ("_compressed", "_length", "_packed", "_plain")

    def __init__(self, plain: bytes, *, compressible: bool) -> None:
        self._length = len(plain) if compressible else 0
        self._plain: bytes | None = plain
        self._compressed: bytes | None = None
        self._packed: bytes | None = None

    @classmethod
    def of(cls, rendered: str | bytes) -> Body:
        """Bytes are taken for compressed already, as pictures are."""
        if isinstance(rendered, bytes):
            return cls(rendered, compressible=False)
        # A character that cannot be encoded (half a surrogate pair) must not fail the response.
        return cls(rendered.encode("utf-8", errors="replace"), compressible=True)

    @property
    def plain(self) -> bytes:
        plain = self._plain
        # The packed form is given up when the compressed one is there, so it is read first.
        return gzip.decompress(self._packed or self._compressed or b"") if plain is None else plain

    @property
    def compressed(self) -> bytes | None:
        """The body in gzip format; None where that is not worth it."""
        if self._compressed is None and self._length >= _WORTH_COMPRESSING:
            self._compressed = gzip.compress(self.plain, _LEVEL, mtime=0)
            self._packed = None
        return self._compressed

    def pack(self) -> None:
        """Keeps a compressed form alone, where that is worth it."""
        if self._length < _WORTH_COMPRESSING:
            return
        if self._compressed is None and self._packed is None:
            self._packed = gzip.compress(self.plain, _PACKING_LEVEL, mtime=0)
        self._plain = None

    def unpack(self) -> None:
        self._plain = self.plain

    @property
    def is_packed(self) -> bool:
        return self._plain is None

    @property
    def size(self) -> int:
        """Bytes, with those of the compressed form, which may be made later."""
        if self._plain is None:
            return len(self._compressed or self._packed or b"") + _OVERHEAD
        return len(self._plain) + self._length // 4 + _OVERHEAD


class BodyCache:
    """Rendered bodies by what they are made of, of at most `capacity` bytes: rendering costs more
    than the rest of a response.

    A third of that is for those used last, as they are; the others are compressed, to a sixth of
    their size: to unpack a page takes a twentieth of the time that drawing it takes.
    """

    def __init__(self, capacity: int) -> None:
        self._ready: ByteLRU[str, Body] = ByteLRU(capacity // 3)
        self._packed: ByteLRU[str, Body] = ByteLRU(capacity - capacity // 3)

    def get(self, key: str, render: Callable[[], str | bytes]) -> Body:
        """The body of a key, rendered at its first use."""
        body = self.find(key)
        if body is None:
            body = Body.of(render())
            self._put(key, body)
        return body

    def find(self, key: str) -> Body | None:
        """The body of a key if it is kept; from now on among those used last."""
        body = self._ready.get(key)
        if body is None and (body := self._packed.pop(key)):
            body.unpack()
            self._put(key, body)
        return body

    def content(self, key: str, *, compressed: bool) -> bytes | None:
        """One form of a body that is kept."""
        body = self.find(key)
        if body is None:
            return None
        return body.compressed if compressed else body.plain

    def _put(self, key: str, body: Body) -> None:
        for evicted, other in self._ready.put(key, body, body.size):
            other.pack()
            self._packed.put(evicted, other, other.size)
