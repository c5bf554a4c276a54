"""Bytes that are searched, in memory of the process or in a mapping."""

from __future__ import annotations

from mmap import mmap
from typing import Protocol

from weather.core.dataclass import dataclass


class Text(Protocol):
    """What the tables need of `bytes`."""

    def find(self, part: bytes, start: int = 0, end: int | None = None, /) -> int: ...
    def rfind(self, part: bytes, start: int, end: int, /) -> int: ...
    def __getitem__(self, part: slice, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class MappedText:
    """A part of a mapping. Positions are those within the part; none is negative."""

    memory: mmap
    begin: int
    end: int

    def find(self, part: bytes, start: int = 0, end: int | None = None, /) -> int:
        until = self.end if end is None else self.begin + end
        return self._position(self.memory.find(part, self.begin + start, until))

    def rfind(self, part: bytes, start: int, end: int, /) -> int:
        return self._position(self.memory.rfind(part, self.begin + start, self.begin + end))

    def _position(self, position: int) -> int:
        return -1 if position < 0 else position - self.begin

    def __getitem__(self, part: slice, /) -> bytes:
        return self.memory[self.begin + part.start : self.begin + part.stop]
