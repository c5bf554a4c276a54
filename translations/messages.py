"""Collects the messages of the views from the code and the templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from weather.core import weather_codes
from weather.core.errors import WeatherError

_FUNCTIONS = {"translate", "_translate", "choice"}
_TEMPLATE_CALL = re.compile(r'\b(?:translate|choice)\("((?:[^"\\]|\\.)*)"')


def messages() -> list[str]:
    """Every message once, in order of first occurrence."""
    collected = [
        weather_codes.condition(code)
        for code in range(100)
        if weather_codes.symbol(code) is not weather_codes.Symbol.UNKNOWN
    ]
    for error in _error_classes(WeatherError):
        collected += [error.title, error.kind]
    for file in _files(resources.files("weather")):
        text = file.read_text(encoding="utf-8")
        if file.name.endswith(".py"):
            collected += _messages_in_code(text)
        elif file.name.endswith(".html"):
            collected += _TEMPLATE_CALL.findall(text)
    return list(dict.fromkeys(collected))


def _error_classes(base: type[WeatherError]) -> Iterator[type[WeatherError]]:
    """The class and its subclasses, as far as they are defined in core/errors.py."""
    yield base
    for subclass in base.__subclasses__():
        if subclass.__module__ == "weather.core.errors":
            yield from _error_classes(subclass)


def _files(folder: Traversable) -> Iterator[Traversable]:
    """The modules and templates below a folder, sorted by name."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith((".py", ".html")):
            yield entry


def _messages_in_code(text: str) -> Iterator[str]:
    """The first arguments of calls of `translate` and `choice` that are string literals, or
    conditions that choose one."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and _name(node.func) in _FUNCTIONS and node.args:
            yield from _literals(node.args[0])


def _literals(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.IfExp):
        yield from _literals(argument.body)
        yield from _literals(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
