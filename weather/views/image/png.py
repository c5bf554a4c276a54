"""An encoder for PNG images with a palette. https://www.w3.org/TR/png-3/"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

Color = tuple[int, int, int]

_LEVEL = 6  # of compression: 9 takes seven times as long for a tenth fewer bytes


def encode(
    rows: Sequence[bytes], palette: Sequence[Color], scale: int = 1, alphas: Sequence[int] = ()
) -> bytes:
    """A PNG file. `rows` hold one palette index a pixel; `scale` enlarges the image; `alphas`,
    from 0 to 255, are the opacities of the palette's first colours, of all others 255."""
    scaled = rows if scale == 1 else [_enlarged(row, scale) for row in rows]
    # A line begins with its filter type: 0 (none), then 2 (up) for lines that repeat it.
    width = len(scaled[0])
    lines = b"".join(b"\x00" + row + (b"\x02" + bytes(width)) * (scale - 1) for row in scaled)
    header = struct.pack(">IIBBBBB", width, len(rows) * scale, 8, 3, 0, 0, 0)
    colors = b"".join(bytes(color) for color in palette)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", colors),
            _chunk(b"tRNS", bytes(alphas)) if alphas else b"",
            _chunk(b"IDAT", zlib.compress(lines, _LEVEL)),
            _chunk(b"IEND", b""),
        )
    )


def _enlarged(row: bytes, scale: int) -> bytes:
    return bytes(index for index in row for _ in range(scale))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
