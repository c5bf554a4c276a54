"""Rendered bodies, compressed once, and those that are kept."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from weather.web.byte_lru import ByteLRU

_WORTH_COMPRESSING = 500  # bytes
# Of a page, level 9 takes a third more time than 6 for 2 % less.
_LEVEL = 6
# From here on only the compressed form is kept, of a sixth of the size: most clients accept it,
# and to unpack it for the others takes a twentieth of the time that drawing a page takes.
_KEPT_COMPRESSED = 32_000  # bytes
_OVERHEAD = 400  # bytes of an object and its key


class Body:
    """A rendered body."""

    __slots__ = ("__weakref__", "_compressed", "_length", "_plain")

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

    @property
    def plain(self) -> bytes:
        plain = self._plain
        return gzip.decompress(self._compressed or b"") if plain is None else plain

    @property
    def compressed(self) -> bytes | None:
        """The body in gzip format, compressed at the first use; None where that is not worth it."""
        if self._compressed is None and self._length >= _WORTH_COMPRESSING:
            self._compressed = gzip.compress(self.plain, _LEVEL, mtime=0)
        return self._compressed

    def pack(self) -> int:
        """Keeps the smaller form alone of a large body. Returns the bytes that it will occupy,
        with its compressed form, which may be made later."""
        if self._length >= _KEPT_COMPRESSED and self.compressed:
            self._plain = None
            return len(self._compressed or b"") + _OVERHEAD
        return len(self._plain or b"") + self._length // 4 + _OVERHEAD


class BodyCache:
    """Rendered bodies by what they are made of: rendering costs more than the rest of a
    response."""

    def __init__(self, capacity: int) -> None:
        self._bodies: ByteLRU[str, Body] = ByteLRU(capacity)

    def get(self, key: str, render: Callable[[], str | bytes]) -> Body:
        """The body of a key, rendered at its first use."""
        body = self._bodies.get(key)
        if body is None:
            body = Body.of(render())
            self._bodies.put(key, body, body.pack())
        return body
