"""An object as a key of a cache by its identity, where a hash of its values would take too long."""

from __future__ import annotations

from typing import Generic, TypeVar

Value = TypeVar("Value")


class Identity(Generic[Value]):
    """Equal to that of the same object, which it keeps alive."""

    __slots__ = ("of",)

    def __init__(self, of: Value) -> None:
        self.of = of

    def __hash__(self) -> int:
        return id(self.of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and self.of is other.of
