"""Bodies that are packed as what differs from another: of a place in each of the units, one is
whole."""

from __future__ import annotations

import struct
from collections.abc import Callable

from weather.web.aged_body import AgedBody
from weather.web.body import Body
from weather.web.difference import applied, difference

FORM = b"d"  # the first byte, which no other packed body has
# The checksum of the text, whether the body tells its age, the length of what stands behind that,
# and the length of the other body's key.
_HEAD = struct.Struct("<cI?HH")


def packed(body: Body | AgedBody, base: Body | AgedBody, base_key: str) -> bytes | None:
    """From what, with the same base, `unpacked` makes the body; None where that is not worth
    it."""
    changes = difference(base.text, body.text)
    if changes is None:
        return None
    key, end = base_key.encode(), body.end
    is_aged = isinstance(body, AgedBody)
    return _HEAD.pack(FORM, body.checksum, is_aged, len(end), len(key)) + key + end + changes


def unpacked(data: bytes, find: Callable[[str], Body | AgedBody | None]) -> Body | AgedBody | None:
    """The body; None if its base is no longer cached, or is another."""
    _, checksum, is_aged, end_length, key_length = _HEAD.unpack_from(data)
    key_end = _HEAD.size + key_length
    base = find(data[_HEAD.size : key_end].decode())
    if base is None:
        return None
    end, changes = data[key_end : key_end + end_length], data[key_end + end_length :]
    try:
        text = applied(base.text, changes)
    except (ValueError, IndexError):
        return None
    body = AgedBody.of_text(text, end) if is_aged else Body(text, compressible=True)
    return body if body.checksum == checksum else None
