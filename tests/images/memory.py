"""The memory of a process of a static executable, as the system describes it in /proc."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LOAD, _GNU_RELRO = 1, 0x6474E552
_EXECUTE = 1
_PAGE = 4096
_HEADERS = 64 + 56 * 16  # bytes: the file's header, and at most 16 headers of segments


@dataclass(frozen=True)
class Mapping:
    start: int
    end: int
    permissions: str  # such as r-xp


@dataclass(frozen=True)
class Segment:
    kind: int
    flags: int
    address: int  # from where the file is mapped
    size: int  # in memory

    @property
    def end(self) -> int:
        return self.address + self.size


class Process:
    def __init__(self, pid: int, emulated: int | None = None) -> None:
        """`emulated`: ELF's number of the architecture, if an emulator runs the program."""
        self._emulated = emulated
        self._folder = Path("/proc") / str(pid)

    def mappings(self, start: int = 0, end: int = 1 << 64) -> list[Mapping]:
        """Those that overlap a range of addresses."""
        every = [_mapping(line) for line in (self._folder / "maps").read_text().splitlines()]
        return [mapping for mapping in every if mapping.start < end and mapping.end > start]

    def relocated_constants(self) -> tuple[int, int]:
        """The start and end of what the executable's header says must be read-only once it is
        relocated, in whole pages. Raises `LookupError` if it says nothing.

        Of two programs, the larger one: the loader of a compressed one is done. Headers are read
        from memory, as the file has only the loader's.
        """
        found = [
            (segment.size, base + segment.address)
            for base, headers in self._executables()
            for segment in _segments(headers)
            if segment.kind == _GNU_RELRO
        ]
        if not found:
            raise LookupError(f"no executable in {self._folder} declares relocated constants")
        size, start = max(found)
        return start & -_PAGE, (start + size) & -_PAGE

    def _executables(self) -> Iterator[tuple[int, bytes]]:
        """The addresses at which a program that runs here begins, and its headers. Of another file,
        the headers alone may be in memory."""
        for base, headers in self._files():
            code = (s for s in _segments(headers) if s.kind == _LOAD and s.flags & _EXECUTE)
            parts = [p for s in code for p in self.mappings(base + s.address, base + s.end)]
            if parts and all(self._may_run(headers, part.permissions) for part in parts):
                yield base, headers

    def _may_run(self, headers: bytes, permissions: str) -> bool:
        """Whether code is mapped as code. An emulator only reads it."""
        if self._emulated is None:
            return "x" in permissions
        return struct.unpack_from("<H", headers, 18) == (self._emulated,) and permissions == "r--p"

    def _files(self) -> Iterator[tuple[int, bytes]]:
        """The addresses of the headers of executable files. A mapping that is made by a program
        may be joined with one before it, so they can be at any page."""
        with (self._folder / "mem").open("rb", buffering=0) as memory:
            for mapping in self.mappings():
                if not mapping.permissions.startswith("r"):
                    continue
                for address in range(mapping.start, mapping.end, _PAGE):
                    try:
                        memory.seek(address)
                        headers = memory.read(_HEADERS)
                    except (OSError, ValueError):  # the kernel's own page
                        break
                    if headers.startswith(b"\x7fELF"):
                        yield address, headers


def _mapping(line: str) -> Mapping:
    addresses, permissions = line.split()[:2]
    start, end = (int(address, 16) for address in addresses.split("-"))
    return Mapping(start, end, permissions)


def _segments(headers: bytes) -> Iterator[Segment]:
    """Those of a 64-bit ELF file."""
    (offset,) = struct.unpack_from("<Q", headers, 32)
    size, count = struct.unpack_from("<HH", headers, 54)
    for number in range(count):
        at = offset + number * size
        if at + size <= len(headers):
            kind, flags, _, address, _, _, length, _ = struct.unpack_from("<IIQQQQQQ", headers, at)
            yield Segment(kind, flags, address, length)
