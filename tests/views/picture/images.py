"""Reads the PNG files of the service, independently of its encoder."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Image:
    """Palette indices row by row, and the palette with its opacities."""

    rows: list[bytes]
    palette: list[tuple[int, ...]]
    alphas: bytes

    @property
    def size(self) -> tuple[int, int]:
        return len(self.rows[0]), len(self.rows)

    def colors(self) -> set[tuple[int, ...]]:
        return {self.palette[index] for row in self.rows for index in set(row)}


def read(data: bytes) -> Image:
    """Decodes a PNG with a palette whose lines have the filter 0. Checks every CRC."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks: dict[bytes, bytes] = {}
    position = 8
    while position < len(data):
        (length,) = struct.unpack_from(">I", data, position)
        kind, body = data[position + 4 : position + 8], data[position + 8 : position + 8 + length]
        (crc,) = struct.unpack_from(">I", data, position + 8 + length)
        assert crc == zlib.crc32(kind + body), kind
        chunks[kind] = body
        position += 12 + length
    width, height, depth, color, *_ = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, color) == (8, 3)
    raw = zlib.decompress(chunks[b"IDAT"])
    lines = [raw[y * (width + 1) : (y + 1) * (width + 1)] for y in range(height)]
    assert {line[0] for line in lines} == {0}
    palette = chunks[b"PLTE"]
    colors = [tuple(palette[i : i + 3]) for i in range(0, len(palette), 3)]
    return Image([line[1:] for line in lines], colors, chunks.get(b"tRNS", b""))
