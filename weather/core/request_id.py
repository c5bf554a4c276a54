"""The id of the request that a thread works for, which the lines of the log have."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_FORM = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def begin(forwarded: str = "") -> str:
    """The id of a request that begins in this thread: a new one, unless a proxy has given it one
    of a common form."""
    request_id = forwarded if _FORM.fullmatch(forwarded) else secrets.token_hex(8)
    _current.set(request_id)
    return request_id


def end() -> None:
    _current.set("")


def current() -> str:
    """Empty outside of requests."""
    return _current.get()


def carried(task: Callable[P, T]) -> Callable[P, T]:
    """The task for another thread, with this thread's id."""
    request_id = _current.get()

    def run(*args: P.args, **options: P.kwargs) -> T:
        token = _current.set(request_id)
        try:
            return task(*args, **options)
        finally:
            _current.reset(token)

    return run
