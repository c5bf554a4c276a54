"""The file of the frozen modules, which are restored at start: an index, and the modules in a
form that compresses better than marshal's, in xz.

    modules = marshal's form of each, one after the other
    rest    = the modules without the instructions of their functions
    code    = those instructions, without the caches behind them, which are zeros

The index and the rest are two streams of xz, the code is another one (archive.c).

Together the instructions compress better than between constants and names. frozen.c puts them back
where a code object begins: marshal's form of one is easily told from anything else, and `pack`
raises an error if it ever is not.
"""

from __future__ import annotations

import marshal
import opcode
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

from xz import compressed

PACKAGE, BOOT = 1, 2  # kinds of modules, as flags
# Python/marshal.c: the type, five integers (the first four are small), and the type and the length
# of the instructions. The highest bit of a type marks an object that is referred to later.
_CODE = re.compile(rb"[c\xe3](?:..\0\0){4}....[s\xf3]..[\0-\x0f]\0", re.DOTALL)
# LZMA's hints by measurement: instructions are pairs of bytes, the rest has no such order.
_REST = {"lc": 4, "lp": 0, "pb": 0, "nice_len": 128}
_PAIRS = {"lc": 3, "lp": 1, "pb": 1, "nice_len": 273}


def _caches() -> bytes:
    """The number of caches behind an instruction, in two bytes each, by its number."""
    entries: Any = vars(opcode)["_inline_cache_entries"]
    if isinstance(entries, dict):  # since Python 3.13
        by_number = {
            opcode.opmap[name]: count for name, count in entries.items() if name in opcode.opmap
        }
    else:
        by_number = dict(enumerate(entries))
    return bytes(by_number.get(number, 0) for number in range(256))


CACHES = _caches()


@dataclass(frozen=True)
class Frozen:
    name: str
    code: CodeType
    kinds: int = 0


def pack(modules: Sequence[Frozen]) -> bytes:
    """The content of the file. A code object may have several names. Raises `ValueError` if
    frozen.c would not restore the modules."""
    rows, names, every = bytearray(), bytearray(), bytearray()
    places: dict[int, tuple[int, int]] = {}  # start and size by the identity of the code
    for module in modules:
        if id(module.code) not in places:
            data = marshal.dumps(module.code)
            places[id(module.code)] = len(every), len(data)
            every += data
        rows += struct.pack("<4I", len(names), *places[id(module.code)], module.kinds)
        names += module.name.encode() + b"\0"
    rest, code = split(bytes(every))
    if join(rest, code) != every:
        raise ValueError("A module has bytes that look like the beginning of a code object.")
    sizes = struct.pack("<5I", len(every), len(modules), len(names), len(rest), len(code))
    first = sizes + CACHES + rows + names + rest
    middle = len(first) // 2
    parts = ((first[:middle], _REST), (first[middle:], _REST), (code, _PAIRS))
    streams = [compressed(part, hints) for part, hints in parts]
    lengths = [(len(stream), len(part)) for (part, _), stream in zip(parts, streams, strict=True)]
    return b"".join(struct.pack("<2I", *pair) for pair in lengths) + b"".join(streams)


def split(modules: bytes) -> tuple[bytes, bytes]:
    """The rest and the code."""
    rest, code, position = bytearray(), bytearray(), 0
    while match := _CODE.search(modules, position):
        end = match.end() + int.from_bytes(match[0][-4:], "little")
        rest += modules[position : match.end()]
        code += without_caches(modules[match.end() : end])
        position = end
    return bytes(rest + modules[position:]), bytes(code)


def join(rest: bytes, code: bytes) -> bytes:
    """The modules, as frozen.c makes them."""
    modules, position, taken = bytearray(), 0, 0
    while match := _CODE.search(rest, position):
        modules += rest[position : match.end()]
        end = len(modules) + int.from_bytes(match[0][-4:], "little")
        while len(modules) < end:
            modules += code[taken : taken + 2] + bytes(2 * CACHES[code[taken]])
            taken += 2
        position = match.end()
    return bytes(modules + rest[position:])


def without_caches(instructions: bytes) -> bytes:
    kept, position = bytearray(), 0
    while position < len(instructions):
        kept += instructions[position : position + 2]
        position += 2 + 2 * CACHES[instructions[position]]
    return bytes(kept)
