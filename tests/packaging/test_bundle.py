"""The frozen modules of the static executable, as a file that compresses well."""

from __future__ import annotations

import dis
import lzma
import marshal
import struct
from types import CodeType

import pytest

from tests.packaging.recipe import load

SOURCE = '''
import json

class Reader:
    """Has calls and attributes, which have caches, and a long jump."""
    def read(self, text, *more, deep=None):
        total = 0
        for word in text.split():
            total += int(word) if word.isdigit() else len(json.dumps(word))
        return [total, self.read, "csc\\0\\0", b"\\xe3\\0\\0"]
'''
CODE = compile(SOURCE, "reader.py", "exec")


def functions(code: CodeType) -> list[CodeType]:
    return [part for part in code.co_consts if isinstance(part, CodeType)]


def test_the_instructions_are_apart_and_come_back() -> None:
    bundle = load("bundle")
    modules = marshal.dumps(CODE) + marshal.dumps(compile("x = 1", "x", "exec"))
    rest, code = bundle.split(modules)
    assert b"\0\0" not in code
    assert len(rest) + len(code) < len(modules)
    assert bundle.join(rest, code) == modules


def test_what_looks_like_the_beginning_of_code_is_refused() -> None:
    """Here, a constant that is the whole beginning of a code object."""
    bundle = load("bundle")
    beginning = marshal.dumps(CODE)[:26]
    constant = compile(f"x = {beginning + bytes(8)!r}", "x", "exec")
    with pytest.raises(ValueError, match="look like"):
        bundle.pack([bundle.Frozen("x", constant)])


def test_the_file_begins_with_its_sizes_and_an_index() -> None:
    bundle = load("bundle")
    other = compile("y = 2", "y", "exec")
    file = bundle.pack(
        [
            bundle.Frozen("reader", CODE, bundle.PACKAGE),
            bundle.Frozen("other", other),
            bundle.Frozen("alias", CODE, bundle.BOOT),
        ]
    )
    sizes = struct.unpack_from("<6I", file)
    plain, at = b"", 24
    for packed_size, plain_size in zip(sizes[::2], sizes[1::2], strict=True):
        stream = lzma.decompress(file[at : at + packed_size])
        assert len(stream) == plain_size
        plain, at = plain + stream, at + packed_size
    assert at == len(file)
    size, count, names_size, rest_size, code_size = struct.unpack_from("<5I", plain)
    assert size == len(marshal.dumps(CODE)) + len(marshal.dumps(other))
    assert count == 3
    start = 20 + 256
    rows = [struct.unpack_from("<4I", plain, start + 16 * n) for n in range(count)]
    assert rows[0][1:3] == rows[2][1:3] == (0, len(marshal.dumps(CODE)))
    assert [row[3] for row in rows] == [bundle.PACKAGE, 0, bundle.BOOT]
    names = plain[start + 48 : start + 48 + names_size]
    assert names == b"reader\0other\0alias\0"
    assert len(plain) == start + 48 + names_size + rest_size + code_size


def test_equal_modules_give_equal_bytes() -> None:
    bundle = load("bundle")
    first, second = (bundle.pack([bundle.Frozen("reader", CODE)]) for _ in range(2))
    assert first == second


def test_the_table_of_caches_is_that_of_this_python() -> None:
    """An instruction and its caches are as long as the steps between instructions."""
    bundle = load("bundle")
    (reader,) = functions(CODE)
    (function,) = functions(reader)
    code = function.co_code
    offsets = [step.offset for step in dis.get_instructions(function)]
    lengths = [2 + 2 * bundle.CACHES[code[offset]] for offset in offsets]
    assert max(lengths) > 2
    assert [*offsets[1:], len(code)] == [a + n for a, n in zip(offsets, lengths, strict=True)]
