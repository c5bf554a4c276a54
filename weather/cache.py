"""Freshness: an answer is fetched once, kept while it is fresh, and kept a while longer for
the time its source cannot be reached. One fetch is in flight for a key at a time.

Two levels: decoded entries in this process, and a cachelib store behind them that the worker
processes share. A store that fails or holds rubbish is a miss, never an error.
"""

from __future__ import annotations

import io
import logging
import pickle
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, Generic, TypeVar, cast

from cachelib import BaseCache, FileSystemCache, SimpleCache
from cachelib.serializers import FileSystemSerializer

from weather.deadline import Deadline
from weather.errors import UpstreamError, UpstreamTimeout

log = logging.getLogger(__name__)

T = TypeVar("T")

_KEPT = timedelta(hours=24)  # in the store, also when no longer fresh
_FORMAT = "2"  # part of every key: a store written by another version holds nothing for us
_DECODED = 256  # entries held ready in this process; a forecast takes about 300 kB
_STORED = 4096  # entries in the store; a forecast takes about 20 kB


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A value, when it was fetched, until when it is fresh, and whether it is served past
    that because its source failed."""

    value: T
    fetched_at: datetime
    expires_at: datetime
    stale: bool = False


class Cache:
    def __init__(self, store: BaseCache, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._decoded: OrderedDict[str, Entry[Any]] = OrderedDict()
        self._flights: dict[str, Future[Entry[Any]]] = {}
        self._guard = threading.Lock()

    def get(
        self,
        key: str,
        fetch: Callable[[Entry[T] | None], Entry[T]],
        deadline: Deadline,
        *,
        usable: Callable[[T], bool] = lambda value: False,
    ) -> Entry[T]:
        """The fresh entry, fetched if need be; `fetch` is given the expired one, if any.

        If fetching raises an `UpstreamError`, an expired entry that is still `usable` is the
        answer, marked stale; else the error is, for everybody who waited.
        """
        if fresh := self.fresh(key):
            return fresh
        with self._guard:
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if not leads:
            return _wait(flight, deadline)
        try:
            flight.set_result(self._fetched(key, fetch, usable))
        except BaseException as error:  # noqa: BLE001  # shared, not swallowed
            flight.set_exception(error)
        finally:
            with self._guard:
                del self._flights[key]
        return cast("Entry[T]", flight.result())

    def entry(self, value: T, lifetime: timedelta) -> Entry[T]:
        """A value fetched now and fresh for `lifetime`."""
        now = self._now()
        return Entry(value, now, now + lifetime)

    def fresh(self, key: str) -> Entry[Any] | None:
        """The entry, if it is here and fresh."""
        entry = self._decoded.get(key)
        if entry is None or entry.expires_at <= self._now():
            entry = self._load(key)
        return entry if entry and entry.expires_at > self._now() else None

    def _fetched(
        self,
        key: str,
        fetch: Callable[[Entry[T] | None], Entry[T]],
        usable: Callable[[T], bool],
    ) -> Entry[T]:
        # Somebody may have finished between our look and our take-off.
        old: Entry[T] | None = self._load(key)
        if old and old.expires_at > self._now():
            return old
        try:
            entry = fetch(old)
        except UpstreamError:
            if old and usable(old.value):
                return replace(old, stale=True)
            raise
        self._keep(key, entry)
        return entry

    def _load(self, key: str) -> Entry[Any] | None:
        try:
            data = self._store.get(_FORMAT + key)
            entry = _decode(data) if data else None
        except Exception:  # whatever a torn file or a dying store raises
            log.warning("The cache's store cannot be read", exc_info=True)
            entry = None
        if entry:
            self._remember(key, entry)
        return entry or self._decoded.get(key)

    def _keep(self, key: str, entry: Entry[Any]) -> None:
        self._remember(key, entry)
        until = max(entry.fetched_at + _KEPT, entry.expires_at)
        seconds = int((until - self._now()).total_seconds())
        try:
            self._store.set(_FORMAT + key, _encode(entry), timeout=max(seconds, 1))
        except Exception:
            log.warning("The cache's store cannot be written", exc_info=True)

    def _remember(self, key: str, entry: Entry[Any]) -> None:
        with self._guard:
            self._decoded[key] = entry
            self._decoded.move_to_end(key)
            while len(self._decoded) > _DECODED:
                self._decoded.popitem(last=False)


def _wait(flight: Future[Entry[T]], deadline: Deadline) -> Entry[T]:
    try:
        return flight.result(timeout=deadline.remaining())
    except FutureTimeout:
        raise UpstreamTimeout("The weather service did not answer in time.") from None


def open_store(url: str, default: Path | None) -> BaseCache:
    """The store that CACHE_URL names: a folder or memory.

    Without a name it is the default folder; memory serves where there is none or it cannot be
    written. A folder that was named and cannot be written is told in the log.
    """
    folder = Path(url) if url.startswith("/") else default
    if url == "memory" or folder is None:
        return SimpleCache(threshold=_STORED)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
        return _Folder(str(folder), threshold=_STORED)
    except OSError as error:
        log.warning("Cannot keep answers in %s (%s): kept in memory", folder, error.strerror)
        return SimpleCache(threshold=_STORED)


class _Bytes(FileSystemSerializer):
    """Our entries are bytes already, and cachelib's own count of files is a number."""

    def dump(self, value: Any, f: IO[bytes], protocol: int = 0) -> None:
        f.write(value if isinstance(value, bytes) else str(value).encode())

    def load(self, f: IO[bytes]) -> Any:
        data = f.read()
        return int(data) if data.isdigit() else data


class _Folder(FileSystemCache):
    serializer = _Bytes()


def _encode(entry: Entry[Any]) -> bytes:
    return zlib.compress(pickle.dumps(entry, protocol=5), level=1)


def _decode(data: bytes) -> Entry[Any]:
    loaded = _Unpickler(io.BytesIO(zlib.decompress(data))).load()
    if not isinstance(loaded, Entry):
        raise pickle.UnpicklingError("not an entry")
    return loaded


class _Unpickler(pickle.Unpickler):
    """Reads nothing but our own records: a pickle from a shared store could run code."""

    def find_class(self, module: str, name: str) -> Any:
        allowed = (
            module == "weather.domain"
            or (module, name) == ("weather.cache", "Entry")
            or (module == "datetime" and name in {"datetime", "date", "timedelta", "timezone"})
            or (module == "copyreg" and name in {"_reconstructor", "__newobj__"})
        )
        if not allowed:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in the cache")
        return super().find_class(module, name)
