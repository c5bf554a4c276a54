"""The development server, which the static executable does not carry."""

from __future__ import annotations


def is_running_from_reloader() -> bool:
    return False


def run_simple(*_: object, **__: object) -> None:
    raise RuntimeError("The development server is left out of this executable.")
