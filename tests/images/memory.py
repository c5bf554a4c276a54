"""The memory of a process of a static executable, as the system describes it in /proc."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_GNU_RELRO = 0x6474E552
_HEADERS = 64 + 56 * 16  # bytes: the file's header, and at most 16 headers of segments


@dataclass(frozen=True)
class Mapping:
    start: int
    end: int
    permissions: str  # such as r-xp


class Process:
    def __init__(self, pid: int) -> None:
        self._folder = Path("/proc") / str(pid)

    def mappings(self, start: int = 0, end: int = 1 << 64) -> list[Mapping]:
        """Those that overlap a range of addresses."""
        every = [_mapping(line) for line in (self._folder / "maps").read_text().splitlines()]
        return [mapping for mapping in every if mapping.start < end and mapping.end > start]

    def relocated_constants(self) -> tuple[int, int]:
        """The start and end of what the executable's header says must be read-only once it is
        relocated, in whole pages. Raises `LookupError` if it says nothing.

        The header is read from memory: a packed file has another one.
        """
        for base, headers in self._executables():
            for kind, address, size in _segments(headers):
                if kind == _GNU_RELRO:
                    return (base + address) & -4096, (base + address + size) & -4096
        raise LookupError(f"no executable in {self._folder} declares relocated constants")

    def _executables(self) -> Iterator[tuple[int, bytes]]:
        """The addresses at which an executable begins, and its headers."""
        with (self._folder / "mem").open("rb", buffering=0) as memory:
            for mapping in self.mappings():
                if not mapping.permissions.startswith("r"):
                    continue
                try:
                    memory.seek(mapping.start)
                    headers = memory.read(_HEADERS)
                except (OSError, ValueError):  # the kernel's own page
                    continue
                if headers.startswith(b"\x7fELF"):
                    yield mapping.start, headers


def _mapping(line: str) -> Mapping:
    addresses, permissions = line.split()[:2]
    start, end = (int(address, 16) for address in addresses.split("-"))
    return Mapping(start, end, permissions)


def _segments(headers: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, address and size in memory of each segment of a 64-bit ELF file."""
    (offset,) = struct.unpack_from("<Q", headers, 32)
    size, count = struct.unpack_from("<HH", headers, 54)
    for number in range(count):
        at = offset + number * size
        if at + size <= len(headers):
            kind, _, _, address, _, _, in_memory, _ = struct.unpack_from("<IIQQQQQQ", headers, at)
            yield kind, address, in_memory
