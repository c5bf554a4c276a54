"""What the static executable's compiler leaves out of a module."""

from __future__ import annotations

from typing import Any

from tests.packaging.recipe import load

SOURCE = b"""
from dataclasses import dataclass, fields
from functools import singledispatch

@dataclass
class Point:
    x: float
    y: int = 0

    def scaled(self, factor: float, *others: int, deep: bool = False, **more: str) -> "Point":
        def inner(value: int) -> int:
            return value
        return Point(inner(self.x) * factor)

@singledispatch
def kind(value: object) -> str:
    return "object"

@kind.register
def _(value: int) -> str:
    return "int"

names = [field.name for field in fields(Point)]
"""


def executed() -> dict[str, Any]:
    script = load("annotations")
    module: dict[str, Any] = {"__name__": "builtins"}  # where dataclasses may look names up
    exec(compile(script.without_annotations(SOURCE), "module", "exec"), module)  # noqa: S102
    return module


def test_functions_lose_their_annotations() -> None:
    module = executed()
    assert module["Point"].scaled.__annotations__ == {}
    assert module["Point"](2.0).scaled(3).x == 6.0


def test_classes_and_registered_functions_keep_theirs() -> None:
    module = executed()
    assert module["names"] == ["x", "y"]
    assert module["kind"](1) == "int"
    assert module["kind"]("") == "object"
