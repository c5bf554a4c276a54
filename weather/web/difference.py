"""How a body differs from another that is alike: a place's page in other units has the same parts
in the same order, and other numbers in a few of them.

Deflate with the other as a dictionary leaves ten times as many bytes: its window is 32 kB, and it
does not find the one part that corresponds among hundreds that are similar.
"""

from __future__ import annotations

import zlib
from operator import sub

from weather.web import deflate

# By their first byte, what the parts of pages and of JSON end with; those of others are lines.
_SEPARATORS = {b"<": b"<", b"{": b",", b"[": b","}
_WORTH = 12  # times shorter than the content, at least: by itself it is packed into a sixth


def difference(base: bytes, content: bytes) -> bytes | None:
    """From what, with the same base, `applied` makes the content; None where that is not worth
    it."""
    separator = _separator(base)
    old, new = base.split(separator), content.split(separator)
    if len(old) != len(new):
        return None
    pairs = enumerate(zip(old, new, strict=True))
    changed = [place for place, (before, after) in pairs if before != after]
    steps = map(sub, changed, [0, *changed])
    places = b" ".join(b"%d" % step for step in steps)
    parts = separator.join([places, *(new[place] for place in changed)])
    packed = deflate.blocks(parts, zlib.Z_FINISH)
    return packed if len(packed) * _WORTH < len(content) else None


def applied(base: bytes, packed: bytes) -> bytes:
    """The content. Raises `ValueError` or `IndexError` if the base has other parts."""
    separator = _separator(base)
    places, *changed = deflate.inflated(packed).split(separator)
    parts, place = base.split(separator), 0
    for step, part in zip(places.split(), changed, strict=True):
        place += int(step)
        parts[place] = part
    return separator.join(parts)


def _separator(base: bytes) -> bytes:
    return _SEPARATORS.get(base[:1], b"\n")
