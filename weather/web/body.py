"""Rendered bodies, and their two encodings."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from functools import cache

from weather.web import deflate
from weather.web.sent_body import OVERHEAD, PACKING_LEVEL, WORTH_COMPRESSING

_PAGE = b"<!doctype html"
# The first byte of a packed body.
_PLAIN, _PACKED, _COMPRESSED, _NOT_COMPRESSIBLE = b"pzgb"
_POSITIONS = struct.Struct("<II")  # of what each page has inside, where that is left out
_ABSENT = 0  # no page begins with it


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
            plain = _completed(deflate.inflated(data)) if form == _PACKED else data
            return cls(plain, compressible=True)
        body = cls(b"", compressible=True)
        body._plain, body._compressed = None, _completed(data, _constant_blocks)
        body._length = int.from_bytes(data[-4:], "little")  # ISIZE (RFC 1952, 2.3.1)
        return body

    def packed(self) -> bytes:
        """The body in few bytes, from which `unpacked` makes it again."""
        inside = _of_pages() if (self._plain or b"").startswith(_PAGE) else ()
        if self._compressed is not None:
            return bytes([_COMPRESSED]) + _cut(self._compressed, map(_constant_blocks, inside))
        if self._length >= WORTH_COMPRESSING:
            blocks = deflate.blocks(_cut(self.plain, inside), zlib.Z_FINISH, level=PACKING_LEVEL)
            return bytes([_PACKED]) + blocks
        return bytes([_PLAIN if self._length else _NOT_COMPRESSIBLE]) + self.plain

    def at(self, age: int) -> Body:
        """The body as it is sent at any age, since it tells none."""
        return self

    @property
    def text(self) -> bytes:
        """What may differ little from that of another body; empty if it is short, or no text."""
        return self.plain if self._length >= WORTH_COMPRESSING else b""

    @property
    def checksum(self) -> int:
        """The CRC-32 of the text."""
        return zlib.crc32(self.text)

    @property
    def end(self) -> bytes:
        """There is nothing behind the age of a body that tells none."""
        return b""

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
    """What each page has inside, in its order. Without it two thirds of a page's bytes are left."""
    from weather.views.html.assets import SCRIPT, STYLE  # noqa: PLC0415  # loaded with the pages

    return STYLE.encode(), SCRIPT.encode()


def _same(constant: bytes) -> bytes:
    return constant


def _cut(content: bytes, inside: Iterable[bytes]) -> bytes:
    """The content without what each page has inside, after the positions of that."""
    positions = []
    for constant in inside:
        before, separator, after = content.partition(constant)
        positions.append(len(before) if separator else _ABSENT)
        content = before + after
    return _POSITIONS.pack(*positions or (_ABSENT, _ABSENT)) + content


def _completed(cut: bytes, form: Callable[[bytes], bytes] = _same) -> bytes:
    """The content that was cut."""
    content = cut[_POSITIONS.size :]
    positions = _POSITIONS.unpack_from(cut)
    if not any(positions):
        return content
    for position, constant in reversed(list(zip(positions, _of_pages(), strict=True))):
        if position != _ABSENT:
            content = content[:position] + form(constant) + content[position:]
    return content


def _compressed(content: bytes) -> bytes:
    """The content in gzip format. The style and the script of pages, a third of each, are
    compressed once for all: that takes a third less time, and as their blocks have codes of their
    own, a page is shorter."""
    parts, known, rest = [deflate.HEADER], b"", content
    for constant in _of_pages() if content.startswith(_PAGE) else ():
        before, separator, after = rest.partition(constant)
        if separator:
            blocks = deflate.blocks(before, zlib.Z_SYNC_FLUSH, known)
            parts += [blocks, _constant_blocks(constant)]
            known, rest = (known + before + constant)[-deflate.WINDOW :], after
    parts.append(deflate.blocks(rest, zlib.Z_FINISH, known))
    return b"".join((*parts, deflate.trailer(zlib.crc32(content), len(content))))


@cache
def _constant_blocks(constant: bytes) -> bytes:
    return deflate.blocks(constant, zlib.Z_SYNC_FLUSH)
