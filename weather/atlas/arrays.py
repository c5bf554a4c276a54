"""Columns of numbers as the atlas stores them."""

from __future__ import annotations

import sys
from array import array


def big_endian(kind: str, data: bytes) -> array[int]:
    """Numbers of an `array` type code from bytes in network order, on any machine."""
    numbers: array[int] = array(kind, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
