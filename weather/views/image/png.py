"""PNG files of few colours, in pure Python. https://www.w3.org/TR/png-3/"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

Color = tuple[int, int, int]


def encode(rows: Sequence[bytes], palette: Sequence[Color], scale: int = 1) -> bytes:
    """A picture whose rows hold an index of the palette for each pixel, enlarged `scale` times."""
    wide = [bytes(index for index in row for _ in range(scale)) for row in rows]
    # Each line begins with its filter: none, and then "as above" for those that repeat it.
    width = len(wide[0])
    lines = b"".join(b"\x00" + row + (b"\x02" + bytes(width)) * (scale - 1) for row in wide)
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
