"""Compresses the linked interpreter into the file that loader.c includes: squeeze.py ELF IMAGE

    header   = size of the interpreter in memory, begin and end of its instructions, number of
               streams
    streams  = for each: begin and size in memory, begin and size here
    …        = the streams of xz, which together are the program in memory, before it starts

Distances in instructions are replaced by their targets before: these repeat, and compress by a
tenth better. distances.c puts the distances back.
"""

from __future__ import annotations

import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from xz import compressed

X86_64, ARM64 = 62, 183  # ELF's machines
_LOAD, _EXECUTABLE = 1, 1  # a type and a flag of a segment
_PAGE = 0x10000  # arm64's largest
_CALLS, _MOVES = {0xE8, 0xE9}, {0x89, 0x8B, 0x8D}
# LZMA's hints, by measurement: instructions, and constants with tables of addresses.
_CODE = {
    X86_64: {"lc": 4, "lp": 0, "pb": 0, "nice_len": 273},
    ARM64: {"lc": 2, "lp": 2, "pb": 2, "nice_len": 273},
}
_REST = {"lc": 0, "lp": 2, "pb": 3, "nice_len": 273}


@dataclass(frozen=True)
class Executable:
    machine: int
    content: bytes  # of memory at start, as far as it is not zero
    code: int  # begin of the instructions
    code_end: int
    size: int  # in memory


def read(file: bytes) -> Executable:
    """Places the segments of an ELF file as a program's loader does."""
    (machine,) = struct.unpack_from("<H", file, 18)
    (table,) = struct.unpack_from("<Q", file, 32)
    (count,) = struct.unpack_from("<H", file, 56)
    content = bytearray()
    code = code_end = end = 0
    for n in range(count):
        kind, flags, offset, at, _, in_file, in_memory = struct.unpack_from(
            "<IIQQQQQ", file, table + n * 56
        )
        if kind == _LOAD:
            content += bytes(at - len(content)) + file[offset : offset + in_file]
            end = at + in_memory
            if flags & _EXECUTABLE:
                code, code_end = at, at + in_file
    return Executable(machine, bytes(content), code, code_end, -(-end // _PAGE) * _PAGE)


def with_targets(executable: Executable) -> bytes:
    """Raises `ValueError` for a machine whose instructions are not known here."""
    content = bytearray(executable.content)
    if executable.machine == X86_64:
        _x86_64(content, executable)
    elif executable.machine == ARM64:
        _arm64(content, executable)
    else:
        raise ValueError(f"ELF's machine {executable.machine} is not known.")
    return bytes(content)


def _before_distance(code: bytearray, at: int) -> int:
    """The length of an opcode with its operands' byte, if a distance of four bytes follows; else 0.
    By Intel's manual, volume 2: call, jmp, jcc, and mov, lea and all of two bytes with an operand
    relative to the next instruction. What only looks like one is replaced as well. No byte that
    decides may be one of a distance: what follows 0F E8 is left to the rule for E8."""
    first, second, third = code[at : at + 3]
    if first in _CALLS:
        return 1
    if first == 0x0F:
        if second & 0xF0 == 0x80:
            return 2
        return 3 if second not in _CALLS and third & 0xC7 == 0x05 else 0
    return 2 if first in _MOVES and second & 0xC7 == 0x05 else 0


def _x86_64(content: bytearray, executable: Executable) -> None:
    """The highest byte of a target is first. Targets outside of the executable take the numbers
    that those inside have left, so that every distance has one replacement."""
    at, size = executable.code, executable.size
    while at + 8 < executable.code_end:
        opcode = _before_distance(content, at)
        at += opcode + 4 if opcode else 1
        if opcode:
            value = int.from_bytes(content[at - 4 : at], "little", signed=True)
            if -at <= value < size:
                value += at if value < size - at else -size
            content[at - 4 : at] = (value & 0xFFFFFFFF).to_bytes(4, "big")


def _arm64(content: bytearray, executable: Executable) -> None:
    """By Arm's manual: bl has a number of instructions, adrp one of pages of 4 kB, in two parts."""
    for at in range(executable.code, executable.code_end - 3, 4):
        (word,) = struct.unpack_from("<I", content, at)
        if word >> 26 == 0x25:
            word = 0x25 << 26 | (word + (at >> 2)) & 0x3FFFFFF
        elif word & 0x9F000000 == 0x90000000:
            pages = (word >> 3 & 0x1FFFFC | word >> 29 & 3) + (at >> 12)
            word = word & 0x9F00001F | (pages & 0x1FFFFC) << 3 | (pages & 3) << 29
        struct.pack_into("<I", content, at, word)


def image(executable: Executable) -> bytes:
    """One stream has the instructions, and one the rest, for two threads. (The instructions in two
    streams take 16 kB more.)"""
    content = with_targets(executable)
    end = executable.code_end
    parts = [(0, end, _CODE[executable.machine]), (end, len(content), _REST)]
    streams = [compressed(content[start:end], hints) for start, end, hints in parts]

    header = struct.pack("<4Q", executable.size, executable.code, executable.code_end, len(streams))
    packed = len(header) + len(streams) * 32
    for (start, end, _), stream in zip(parts, streams, strict=True):
        header += struct.pack("<4Q", start, end - start, packed, len(stream))
        packed += len(stream)
    return header + b"".join(streams)


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(image(read(Path(sys.argv[1]).read_bytes())))
