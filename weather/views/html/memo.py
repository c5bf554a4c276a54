"""Texts of values that recur from page to page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

Value = TypeVar("Value", bound=Hashable)
Text = TypeVar("Text")

_CAPACITY = 2048  # speeds and temperatures are given in tenths


class Memo(dict[Value, Text], Generic[Value, Text]):
    """The results of a function by its argument: to read one takes no call. When it is full it
    begins anew."""

    def __init__(self, make: Callable[[Value], Text]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Value) -> Text:
        if len(self) >= _CAPACITY:
            self.clear()
        text = self[value] = self._make(value)
        return text

    def row(self, values: Iterable[Value]) -> list[Text]:
        """The texts of values."""
        return list(map(self.__getitem__, values))
