"""Bodies that tell the age of what they show."""

from __future__ import annotations

import struct
import zlib

from weather.web import deflate
from weather.web.sent_body import OVERHEAD, PACKING_LEVEL, WORTH_COMPRESSING

# Of a packed body: its lengths before and after the age, the CRC-32 of what is before it, and
# whether the blocks of that are those that clients get.
_PACKED = struct.Struct("<III?")


class AgedBody:
    """A body with a number in one place, its age, which is filled in when it is sent: so it stays
    true for longer than the age does. Before the number and after it, it is compressed once."""

    __slots__ = ("_after", "_after_blocks", "_before", "_blocks", "_crc", "_length")

    def __init__(self, before: str, after: str) -> None:
        self._before: bytes | None = before.encode("utf-8", errors="replace")
        self._after = after.encode("utf-8", errors="replace")
        self._length, self._crc = len(self._before), zlib.crc32(self._before)
        # What clients get of the two: the number is no part of either, so that neither refers to it
        # or across it.
        self._blocks: bytes | None = None
        self._after_blocks: bytes | None = None

    @classmethod
    def of_text(cls, text: bytes, end: bytes) -> AgedBody:
        body = cls("", "")
        body._before, body._after = text, end
        body._length, body._crc = len(text), zlib.crc32(text)
        return body

    @classmethod
    def unpacked(cls, packed: bytes) -> AgedBody:
        length, after, check, is_compressed = _PACKED.unpack_from(packed)
        body, begin = cls("", ""), _PACKED.size + after
        body._after, data = packed[_PACKED.size : begin], packed[begin:]
        body._length, body._crc = length, check
        body._blocks = data if is_compressed else None
        body._before = None if is_compressed else deflate.inflated(data)
        return body

    def packed(self) -> bytes:
        """The body in few bytes, from which `unpacked` makes it again."""
        blocks, is_compressed = self._blocks, self._blocks is not None
        if blocks is None:
            blocks = deflate.blocks(self.text, zlib.Z_SYNC_FLUSH, level=PACKING_LEVEL)
        head = _PACKED.pack(self._length, len(self._after), self._crc, is_compressed)
        return head + self._after + blocks

    def at(self, age: int) -> AgedBodyAt:
        return AgedBodyAt(self, age)

    def plain(self, age: int) -> bytes:
        return b"%b%d%b" % (self.text, age, self._after)

    def compressed(self, age: int) -> bytes | None:
        if self._length + len(self._after) < WORTH_COMPRESSING:
            return None
        if self._blocks is None:
            self._blocks = deflate.blocks(self.text, zlib.Z_SYNC_FLUSH)
        if self._after_blocks is None:
            self._after_blocks = deflate.blocks(self._after, zlib.Z_FINISH)
        number = b"%d" % age
        end = number + self._after
        return b"".join(
            (
                *(deflate.HEADER, self._blocks, deflate.stored(number), self._after_blocks),
                deflate.trailer(zlib.crc32(end, self._crc), self._length + len(end)),
            )
        )

    @property
    def size(self) -> int:
        """Bytes of both forms, of which one may be made later."""
        length = self._length + len(self._after)
        return length + length // 4 + OVERHEAD

    @property
    def is_compressed(self) -> bool:
        return self._blocks is not None

    @property
    def checksum(self) -> int:
        """The CRC-32 of the text."""
        return self._crc

    @property
    def end(self) -> bytes:
        """What stands behind the age."""
        return self._after

    @property
    def text(self) -> bytes:
        """What stands before the age."""
        before = self._before
        if before is None:
            before = self._before = deflate.inflated(self._blocks or b"")
        return before


class AgedBodyAt:
    """A body as it is sent with an age."""

    __slots__ = ("_age", "_body")

    def __init__(self, body: AgedBody, age: int) -> None:
        self._body = body
        self._age = age

    @property
    def plain(self) -> bytes:
        return self._body.plain(self._age)

    @property
    def compressed(self) -> bytes | None:
        """The body in gzip format; None where that is not worth it."""
        return self._body.compressed(self._age)
