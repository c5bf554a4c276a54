"""The streams that streams.c decodes at start."""

from __future__ import annotations

import lzma

_DICTIONARY = 1 << 23


def compressed(data: bytes, hints: dict[str, int]) -> bytes:
    """`hints` are LZMA's options for this kind of data."""
    how = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": _DICTIONARY}
    chain = [how | hints]
    return lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, filters=chain)
