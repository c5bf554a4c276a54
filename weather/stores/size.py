"""How much a store holds."""

from __future__ import annotations

from weather.core.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """`is_available` is false while memory is used in the store's place."""

    entries: int
    bytes: int
    is_available: bool = True
