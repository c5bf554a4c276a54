"""What a cache keeps: a value with its times, and its bytes in a store."""

from __future__ import annotations

import io
import pickle
import time
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Generic, TypeVar

from weather.core.errors import UpstreamError

T = TypeVar("T")

# Between the clocks of machines that share a store. What is further ahead was written before a
# clock was set back.
SKEW = timedelta(minutes=1)


class Status(Enum):
    """How an answer was come by, in the words of Cache-Status (RFC 9211)."""

    HIT = "hit"  # fresh
    MISS = "fwd=miss"  # fetched for this visitor
    REVALIDATING = "hit; detail=stale-while-revalidate"  # past its time, and refreshed behind
    FAILED = "hit; detail=stale-if-error"  # past its time, since its source failed


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A value, when it was fetched, until when it is fresh, and how it was come by."""

    value: T
    fetched_at: datetime
    expires_at: datetime
    status: Status = Status.HIT

    def is_fresh(self, now: datetime) -> bool:
        return self.fetched_at - SKEW <= now < self.expires_at

    @property
    def stale(self) -> bool:
        """Whether it is served past its time because its source failed."""
        return self.status is Status.FAILED


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a fetch failed, when by the service's clock, and when by the machine's (seconds)."""

    error: UpstreamError
    at: datetime
    written: float

    def is_since(self, asked_at: float) -> bool:
        """Whether it was after a moment of the machine's clock."""
        return asked_at <= self.written <= time.time() + SKEW.total_seconds()


# Modules whose own classes an entry may hold, and functions that make them.
_READ = {
    *(f"weather.core.models.{name}" for name in ("alert", "credit", "forecast", "place")),
    *("weather.cache.entry", "weather.core.errors", "datetime", "copyreg"),
}
_READ_TOO = {("copyreg", "_reconstructor"), ("copyreg", "__newobj__")}


def encode(value: object) -> bytes:
    return zlib.compress(pickle.dumps(value, protocol=5), level=1)


def decode(data: bytes) -> Any:
    """Raises whatever `pickle` and `zlib` raise for what is no entry of ours."""
    return _Unpickler(io.BytesIO(zlib.decompress(data))).load()


class _Unpickler(pickle.Unpickler):
    """Reads nothing but our own records: a pickle from a shared store could run code."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module in _READ else None
        ours = isinstance(found, type) and found.__module__ == module
        if not ours and (module, name) not in _READ_TOO:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in the cache")
        return found
