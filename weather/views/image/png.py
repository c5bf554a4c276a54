"""An encoder for PNG images with a palette. https://www.w3.org/TR/png-3/"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

Color = tuple[int, int, int]


def encode(rows: Sequence[bytes], palette: Sequence[Color], scale: int = 1) -> bytes:
    """A PNG file. `rows` hold one palette index a pixel; `scale` enlarges the image."""
    scaled = [bytes(index for index in row for _ in range(scale)) for row in rows]
    # A line begins with its filter type: 0 (none), then 2 (up) for lines that repeat it.
    width = len(scaled[0])
    lines = b"".join(b"\x00" + row + (b"\x02" + bytes(width)) * (scale - 1) for row in scaled)
    header = struct.pack(">IIBBBBB", width, len(rows) * scale, 8, 3, 0, 0, 0)
    colors = b"".join(bytes(color) for color in palette)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", colors),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
