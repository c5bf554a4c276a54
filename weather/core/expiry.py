"""Until when an answer stays the same: the earliest expiry of all that it is made of.

The caches record what they return while an answer is made, each in the thread of its request.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_UNSTABLE = datetime.min.replace(tzinfo=UTC)

_recorded: ContextVar[Expiry | None] = ContextVar("expiry", default=None)


class Expiry:
    """The earliest of the recorded moments; None if there are none."""

    def __init__(self) -> None:
        self.at: datetime | None = None

    @property
    def is_stable(self) -> bool:
        """Whether all parts of the answer were fresh."""
        return self.at is not _UNSTABLE

    def limit(self, moment: datetime) -> None:
        if self.at is None or moment < self.at:
            self.at = moment


@contextmanager
def recorded() -> Iterator[Expiry]:
    """What is recorded in this thread while the context lasts."""
    expiry = Expiry()
    token = _recorded.set(expiry)
    try:
        yield expiry
    finally:
        _recorded.reset(token)


def record(moment: datetime) -> None:
    """The answer that is being made may be another one from this moment on."""
    if expiry := _recorded.get():
        expiry.limit(moment)


def record_unstable() -> None:
    """The answer that is being made may be another one at any time: a part of it was not fresh,
    was just fetched, or failed."""
    record(_UNSTABLE)
