"""What all bodies have in common."""

from __future__ import annotations

from typing import Protocol

WORTH_COMPRESSING = 500  # bytes
PACKING_LEVEL = 1  # in the shared memory: a sixth of the time, for a fifth more bytes
OVERHEAD = 400  # bytes of an object and its key


class SentBody(Protocol):
    """A body in the forms in which it is sent."""

    @property
    def plain(self) -> bytes: ...

    @property
    def compressed(self) -> bytes | None:
        """In gzip format; None where that is not worth it."""
