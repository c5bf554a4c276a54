"""Entries on two levels: decoded ones in this process, and encoded ones in a store that the
worker processes share."""

from __future__ import annotations

import logging
import time
import zlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from weather.cache.codec import VERSION, DecodeError, decode, encode
from weather.cache.entry import Entry, Failure
from weather.cache.kinds import checked_entry, checked_failure
from weather.cache.memory_size import decoded_size
from weather.cache.process_lock import cross_process_lock
from weather.core import plain_text
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.lru import LRU
from weather.stores.base import Store
from weather.stores.fault_tolerant import fault_tolerant

log = logging.getLogger(__name__)

# In every key, so that versions of this program on one store do not replace each other's entries.
PREFIX = f"{VERSION} "
DECODED_BYTES = 10_000_000  # bytes in a process, by `decoded_size`: of 300 forecasts


class Entries:
    """A store that fails, or that holds something else, is a miss and never an error. Those of
    one `namespace` neither read nor replace the entries of another."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        namespace: str = "",
        decoded_bytes: int = DECODED_BYTES,
    ) -> None:
        self._store = fault_tolerant(store)
        self._prefix = f"{PREFIX}{namespace} " if namespace else PREFIX
        self._now = now
        # With the checksum of the stored bytes, which shows whether they have been replaced.
        self._decoded: LRU[str, tuple[int, Entry[Any]]] = LRU(decoded_bytes)

    def get(self, key: str) -> Entry[Any] | None:
        """The decoded entry if it is fresh, else the stored one."""
        return self.decoded(key) or self.load(key)

    def decoded(self, key: str) -> Entry[Any] | None:
        """The decoded entry if it is fresh."""
        _, entry = self._decoded.get(key) or (0, None)
        return entry if entry and entry.is_fresh(self._now()) else None

    def prefetch(self, keys: Callable[[], Iterable[str]]) -> list[str]:
        """Load the entries that are not decoded, in one round trip to a remote store. The keys of
        those of which the store has none that is fresh."""
        if not self._store.is_remote:
            return []
        missing = [key for key in keys() if not self.decoded(key)]
        if len(missing) < 2:  # one is loaded when it is needed
            return []
        stored = self._store.get_many([self._prefix + key for key in missing])
        entries = [self._newest(key, data) for key, data in zip(missing, stored, strict=True)]
        now = self._now()
        return [
            key
            for key, entry in zip(missing, entries, strict=True)
            if entry is None or not entry.is_fresh(now)
        ]

    def load(self, key: str) -> Entry[Any] | None:
        """The stored entry, or the decoded one if the store has none."""
        return self._newest(key, self._store.get(self._prefix + key))

    def _newest(self, key: str, data: bytes | None) -> Entry[Any] | None:
        """The entry of stored bytes, or the decoded one if they hold none."""
        checksum, entry = self._decoded.get(key) or (0, None)
        if data and (stored := zlib.crc32(data)) != checksum:
            value = _decoded_or_none(data)
            if isinstance(value, Entry) and (checked := checked_entry(key, value)):
                self._decoded.put(key, (stored, checked), decoded_size(checked.value, data))
                return checked
        return entry

    def save(self, key: str, entry: Entry[Any], retention: timedelta) -> None:
        """Store the entry until it expires, and for `retention` after it was fetched."""
        data = encode(entry)
        self._decoded.put(key, (zlib.crc32(data), entry), decoded_size(entry.value, data))
        until = max(entry.fetched_at + retention, entry.expires_at)
        self._write(key, data, until - self._now())

    def failure(self, key: str) -> Failure | None:
        """The last failure to fetch this key in any process, unless it is long ago."""
        data = self._store.get(self._prefix + _failure_key(key))
        value = _decoded_or_none(data) if data else None
        return checked_failure(value) if isinstance(value, Failure) else None

    def save_failure(self, key: str, error: UpstreamError, retention: timedelta) -> None:
        failure = Failure(error, self._now(), time.time())
        self._write(_failure_key(key), encode(failure), retention)

    def lock(self, key: str, deadline: Deadline) -> AbstractContextManager[None]:
        """Exclude the other processes that fetch this key."""
        return cross_process_lock(self._store, self._prefix + key, deadline)

    def _write(self, key: str, data: bytes, retention: timedelta) -> None:
        self._store.set(self._prefix + key, data, max(int(retention.total_seconds()), 1))


def _failure_key(key: str) -> str:
    return f"failed {key}"


def _decoded_or_none(data: bytes) -> Entry[Any] | Failure | None:
    try:
        return decode(data)
    except DecodeError as error:
        # One line: it may quote what the store holds.
        reason = plain_text.line(str(error), 200)
        log.warning("The cache's store holds something that is no entry: %s", reason)
        return None
