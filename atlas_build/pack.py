"""Writes sections to a file, the counterpart of `weather.atlas.container`.

Equal sections give equal bytes: the file contains no time, and LZMA's parameters are those of the
smallest result, the first of equal ones.
"""

from __future__ import annotations

import json
import lzma
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from weather.atlas.container import MAGIC, VERSION

# lc, lp, pb: the bits of the preceding byte and of the position that predict a byte. For bytes and
# texts, then for columns of two, four and eight bytes.
_HINTS = ((0, 0, 0), (3, 0, 0), (4, 0, 0), (0, 1, 1), (2, 1, 1), (0, 2, 2), (0, 3, 3))


def pack(
    day: date, sections: Mapping[str, bytes], sources: Mapping[str, str], facts: Mapping[str, Any]
) -> bytes:
    packed = [_smallest(raw) for raw in sections.values()]
    index = [
        [name, len(raw), len(small), zlib.crc32(small)]
        for (name, raw), small in zip(sections.items(), packed, strict=True)
    ]
    header = {
        "version": VERSION,
        "date": day.isoformat(),
        "codec": "xz",
        "sources": dict(sources),
        "facts": dict(facts),
        "sections": index,
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    lead = len(text).to_bytes(4, "big") + zlib.crc32(text).to_bytes(4, "big")
    return b"".join((MAGIC, lead, text, *packed))


def _smallest(raw: bytes) -> bytes:
    """Compressed with the parameters that are best for the first quarter of a megabyte."""
    sample = raw[: 1 << 18]
    best = min(_HINTS, key=lambda hint: len(_compress(sample, hint)))
    return _compress(raw, best)


def _compress(raw: bytes, hint: tuple[int, int, int]) -> bytes:
    lc, lp, pb = hint
    how = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": lc, "lp": lp, "pb": pb}
    how["dict_size"] = 1 << max(16, (len(raw) - 1).bit_length())
    return lzma.compress(raw, lzma.FORMAT_XZ, lzma.CHECK_CRC32, filters=[how])
