"""Renderers whose modules are imported at their first call.

A page's modules and templates take a fifth of the time in which the service is imported, and a
health probe, a command or a test of something else needs none of them. A server imports them with
`load` before it forks, so that its workers share them and no visitor waits for them.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

_modules: dict[str, None] = {}  # in the order of their packages


def deferred(module: str, name: str) -> Callable[..., Any]:
    """The function of that name in a module."""
    _modules[module] = None

    def call(*arguments: Any) -> Any:
        return getattr(import_module(module), name)(*arguments)

    return call


def deferred_maker(module: str, name: str) -> Callable[..., Callable[..., Any]]:
    """As the function of that name in a module, which makes functions; each is made when it is
    called."""
    make = deferred(module, name)

    def later(*of: Any) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            return make(*of)(*arguments)

        return call

    return later


def load() -> None:
    """Import all modules that are deferred."""
    for module in _modules:
        import_module(module)
