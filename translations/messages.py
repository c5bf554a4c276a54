"""Every message that a view can say, found in the code and the templates themselves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from weather.core import weather_codes
from weather.core.errors import WeatherError

_SAID = re.compile(r'\b(?:translate|choice)\("((?:[^"\\]|\\.)*)"')
_MARKS = {"translate", "choice"}


def messages() -> list[str]:
    """In the order of where they stand, each once."""
    found = [
        weather_codes.condition(code)
        for code in range(100)
        if weather_codes.symbol(code) is not weather_codes.Symbol.UNKNOWN
    ]
    for error in _errors(WeatherError):
        found += [error.title, error.kind]
    for file in _files(resources.files("weather")):
        text = file.read_text(encoding="utf-8")
        if file.name.endswith(".py"):
            found += _of_code(text)
        elif file.name.endswith(".html"):
            found += _SAID.findall(text)
    return list(dict.fromkeys(found))


def _errors(kind: type[WeatherError]) -> Iterator[type[WeatherError]]:
    yield kind
    for below in kind.__subclasses__():
        if below.__module__ == "weather.core.errors":
            yield from _errors(below)


def _files(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_dir():
            yield from _files(each)
        elif each.name.endswith((".py", ".html")):
            yield each


def _of_code(text: str) -> Iterator[str]:
    """The first arguments of calls of `translate` and `choice`, where they are written out."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and _name(node.func) in _MARKS and node.args:
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
