"""The compressed interpreter of the static executable."""

from __future__ import annotations

import ctypes
import lzma
import random
import shutil
import struct
import subprocess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packaging.recipe import FOLDER, load

squeeze = load("squeeze")
SIZE = 0x10000
START = 0x40  # of the instructions
# Opcodes, first bytes of opcodes and relative operands, among distances near and far.
X86_64 = st.binary(max_size=9) | st.sampled_from(
    [
        *(
            b"\xe8",
            b"\xe9",
            b"\x0f",
            b"\x0f\xe8",
            b"\x0f\x84",
            b"\x0f\xb6\x05",
            b"\x48\x8b\x0d",
            b"\x8d\x3d",
        ),
        *(struct.pack("<i", distance) for distance in (5, -5, SIZE, -SIZE, SIZE - 100, 2**31 - 1)),
        *(struct.pack(">i", number) for number in (0, 1, SIZE - 1, SIZE, -1, -START, -(2**31))),
    ]
)
ARM64 = st.integers(0, 2**32 - 1).flatmap(
    lambda word: st.sampled_from(
        [word, word & 0x3FFFFFF | 0x94000000, word & ~(0xF << 28) | 9 << 28]
    )
)


@pytest.fixture(scope="module")
def distances(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """distances.c, compiled for this machine."""
    if shutil.which("cc") is None:
        pytest.skip("no C compiler is installed")
    library = tmp_path_factory.mktemp("distances") / "distances.so"
    source = FOLDER / "distances.c"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", library, source], check=True
    )
    return ctypes.CDLL(str(library))


def executable(machine: int, code: bytes) -> Any:
    content = bytes(START) + code
    return squeeze.Executable(machine, content, START, len(content), SIZE)


def restored(distances: Any, program: Any, content: bytes) -> bytes:
    memory = ctypes.create_string_buffer(content, len(content))
    span = [ctypes.c_uint64(number) for number in (program.code, program.code_end, program.size)]
    if program.machine == squeeze.X86_64:
        distances.restore_distances_of_x86_64(memory, *span)
    else:
        distances.restore_distances_of_arm64(memory, *span[:2])
    return memory.raw


@given(parts=st.lists(X86_64))
def test_distances_of_x86_64_come_back(distances: Any, parts: list[bytes]) -> None:
    program = executable(squeeze.X86_64, b"".join(parts))
    assert restored(distances, program, squeeze.with_targets(program)) == program.content


@given(words=st.lists(ARM64))
def test_distances_of_arm64_come_back(distances: Any, words: list[int]) -> None:
    program = executable(squeeze.ARM64, struct.pack(f"<{len(words)}I", *words))
    assert restored(distances, program, squeeze.with_targets(program)) == program.content


def test_a_distance_decides_nothing(distances: Any) -> None:
    """0F E8 is an opcode of two bytes, and E8 in it looks like a call. Its distance may begin with
    what means a relative operand, before it is replaced or after."""
    for third in range(256):
        for last in (0x00, 0x05):
            code = bytes([0x0F, 0xE8, third, last, last, last]) + bytes(range(16))
            program = executable(squeeze.X86_64, code)
            assert restored(distances, program, squeeze.with_targets(program)) == program.content


def test_calls_of_one_function_become_equal() -> None:
    """On x86-64: call, a jump on a condition, and lea; on arm64: bl, and adrp (a page back)."""
    target = 0x1234
    code = b""
    for opcode in (b"\xe8", b"\x0f\x84", b"\x48\x8d\x3d"):
        end = START + len(code) + len(opcode) + 4
        code += opcode + struct.pack("<i", target - end)
    content = squeeze.with_targets(executable(squeeze.X86_64, code + bytes(8)))
    assert content.count(struct.pack(">i", target)) == 3

    words = [0x94000000 + (target - START - at) // 4 for at in (0, 4)]
    far = [0x90000000 | 0xFFFFE0 | 3 << 29] * 2  # one page back, in page 0
    content = squeeze.with_targets(executable(squeeze.ARM64, struct.pack("<4I", *words, *far)))
    assert content[START:] == struct.pack("<4I", *[0x94000000 + target // 4] * 2, *far)


def test_the_instructions_of_an_unknown_machine_are_refused() -> None:
    with pytest.raises(ValueError, match="machine 243"):
        squeeze.with_targets(executable(243, bytes(16)))


def elf(machine: int, code: bytes, data: bytes) -> bytes:
    """With instructions at 0x1000, and data that lie elsewhere in memory than in the file."""
    rows = [(1, 4, 0, 0, 0, 176 + 56, 176 + 56, 0x1000)]
    rows += [(1, 5, 0x1000, 0x1000, 0, len(code), len(code), 0x1000)]
    rows += [(1, 6, 0x1800, 0x3800, 0, len(data), len(data) + 0x9000, 0x1000)]
    table = b"".join(struct.pack("<IIQQQQQQ", *row) for row in rows)
    head = struct.pack("<16sHHIQQQIHHH", b"\x7fELF", 3, machine, 1, 0x1000, 64, 0, 0, 64, 56, 3)
    return (head.ljust(64, b"\0") + table).ljust(0x1000, b"\0") + code.ljust(0x800, b"\0") + data


@pytest.mark.parametrize("machine", [squeeze.X86_64, squeeze.ARM64])
def test_the_streams_are_the_program_in_memory(machine: int, distances: Any) -> None:
    code = random.Random(1).randbytes(0x700)
    file = elf(machine, code, b"data")
    image = squeeze.image(squeeze.read(file))
    size, start, end, count = struct.unpack_from("<4Q", image)
    assert (size, start, end, count) == (0x10000, 0x1000, 0x1700, 2)
    memory = bytearray(size)
    for n in range(count):
        at, length, packed, packed_length = struct.unpack_from("<4Q", image, 32 + n * 32)
        memory[at : at + length] = lzma.decompress(image[packed : packed + packed_length])
    program = squeeze.Executable(machine, bytes(memory), start, end, size)
    memory = bytearray(restored(distances, program, bytes(memory)))
    assert memory[:0x1000] == file[:232].ljust(0x1000, b"\0")
    assert memory[0x1000:0x1700] == code
    assert memory[0x3800:0x3804] == b"data"
    assert not any(memory[0x3804:])
