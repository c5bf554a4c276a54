"""Tables of lines of the packages in the static executable."""

from __future__ import annotations

import traceback
from types import CodeType
from typing import Any

import pytest

from tests.packaging.recipe import load

SOURCE = """\
import json


def fail(text):
    # a line before the one that fails
    value = text.strip()
    return json.loads(value)


class Reader:
    def read(self, text, *more):
        if not more:
            numbers = [int(word) for word in text.split()]
            return sum(numbers)
        return fail(text)
"""


@pytest.fixture(scope="module")
def code() -> CodeType:
    stripped: CodeType = load("lines").without_details(compile(SOURCE, "library.py", "exec"))
    return stripped


def names(code: CodeType) -> dict[str, Any]:
    variables: dict[str, Any] = {}
    exec(code, variables)  # noqa: S102  # the code above
    return variables


def test_a_traceback_has_the_line_of_each_function(code: CodeType) -> None:
    with pytest.raises(ValueError, match="Expecting value") as raised:
        names(code)["Reader"]().read("x", "y")
    frames = [f for f in traceback.extract_tb(raised.tb) if f.filename == "library.py"]
    assert [(frame.name, frame.lineno) for frame in frames] == [("read", 11), ("fail", 4)]


def test_a_traceback_can_be_printed(code: CodeType) -> None:
    with pytest.raises(ValueError, match="invalid literal") as raised:
        names(code)["Reader"]().read("one two")
    assert "library.py" in "".join(traceback.format_exception(raised.value))


def test_every_instruction_has_the_line_of_its_function(code: CodeType) -> None:
    pending = [code]
    while pending:
        current = pending.pop()
        pending += [constant for constant in current.co_consts if isinstance(constant, CodeType)]
        lines = {line for _, _, line in current.co_lines()}
        assert lines == {current.co_firstlineno}
        covered = max(end for _, end, _ in current.co_lines())
        assert covered == len(current.co_code)


def test_the_table_is_smaller(code: CodeType) -> None:
    original = compile(SOURCE, "library.py", "exec")
    assert len(code.co_linetable) < len(original.co_linetable)


def test_the_code_does_the_same(code: CodeType) -> None:
    assert names(code)["Reader"]().read("1 2 3") == 6


def test_local_variables_have_numbers_and_parameters_their_names(code: CodeType) -> None:
    read = names(code)["Reader"].read
    assert read.__code__.co_varnames == ("self", "text", "more", *read.__code__.co_varnames[3:])
    assert "numbers" not in read.__code__.co_varnames
    assert read.__qualname__ == "read"
    assert names(code)["Reader"]().read(text="4 5") == 9


def test_a_function_that_reads_its_variables_by_name_keeps_their_names() -> None:
    source = "def fill(text):\n    word = 'rain'\n    return text % locals()"
    stripped = load("lines").without_details(compile(source, "library.py", "exec"))
    assert names(stripped)["fill"]("%(word)s") == "rain"


def test_closures_keep_their_names() -> None:
    source = "def outer(a):\n    b = a + 1\n    c = 2\n    return lambda: (b, c)"
    stripped = load("lines").without_details(compile(source, "library.py", "exec"))
    assert names(stripped)["outer"](1)() == (2, 2)
