"""Freshness: an answer is fetched once, served while it is fresh, served a while longer while
it is refreshed behind, and kept for the time its source cannot be reached. One fetch is in
flight for a key at a time, in this process and in all that share the store.

Two levels: decoded entries in this process, and a store behind them that the worker processes
share. A store that fails or holds rubbish is a miss, never an error.
"""

from __future__ import annotations

import logging
import random
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

from weather.cache.entry import Entry, Failure, Status, decode, encode
from weather.cache.freshness import KEPT, WHILE_REVALIDATING
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, UpstreamTimeout
from weather.stores.base import Store

log = logging.getLogger(__name__)

T = TypeVar("T")
Fetch = Callable[[Entry[T] | None, Deadline], Entry[T]]
Usable = Callable[[T], bool]

_FORMAT = "5 "  # part of every key: a store written by another version holds nothing for us
_AT_HAND = 256  # entries held decoded in this process; a forecast takes about 300 kB
_REFRESHING = 4  # threads
_REFRESH_DEADLINE = 10.0  # seconds; nobody waits for it
_REST = timedelta(seconds=30)  # after a failure, during which nothing is refreshed behind
_PATIENCE = 0.75  # of one's time with who fetches the same: a call that hangs has failed by then
_WORTH_A_TRY = 2.0  # seconds
_ROUND = (0.01, 0.03)  # seconds between looks at another process's lock


class Cache:
    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._at_hand: OrderedDict[str, tuple[int, Entry[Any]]] = OrderedDict()
        self._flights: dict[str, Future[Entry[Any]]] = {}
        self._refreshing: set[str] = set()
        self._guard = threading.Lock()

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        # Made at the first refresh, which is after the fork: threads do not survive one.
        return ThreadPoolExecutor(_REFRESHING, thread_name_prefix="refresh")

    def get(
        self,
        key: str,
        fetch: Fetch[T],
        deadline: Deadline,
        *,
        usable: Usable[T] = lambda value: False,
    ) -> Entry[T]:
        """The fresh entry, fetched if need be; `fetch` is given the expired one, if any.

        An entry that expired within the hour and is still `usable` is the answer as well, and
        is refreshed behind. If fetching raises an `UpstreamError`, an older one that is usable
        is the answer, marked stale; else the error is, for everybody who waited.
        """
        if entry := self.get_without_wait(key, fetch, deadline, usable=usable):
            return entry
        if not deadline.allow_upstream:
            # By itself: nobody is to share in what becomes of an answer without calls.
            old: Entry[T] | None = self._load(key)
            return old if old and usable(old.value) else fetch(old, deadline)
        return self._single_flight(key, fetch, deadline, usable)

    def get_without_wait(
        self,
        key: str,
        fetch: Fetch[T],
        deadline: Deadline,
        *,
        usable: Usable[T] = lambda value: False,
    ) -> Entry[T] | None:
        """What `get` can answer without a wait."""
        entry: Entry[T] | None = self._known(key)
        if entry is None or entry.is_fresh(self._now()):
            return entry
        if entry.expires_at + WHILE_REVALIDATING <= self._now() or not usable(entry.value):
            return None
        if deadline.allow_upstream:
            self._refresh(key, fetch, usable)
        return entry if entry.stale else replace(entry, status=Status.REVALIDATING)

    def entry(self, value: T, lifetime: timedelta) -> Entry[T]:
        """A value fetched now and fresh for `lifetime`."""
        now = self._now()
        return Entry(value, now, now + lifetime)

    def fresh(self, key: str) -> Entry[Any] | None:
        """The entry, if it is here and fresh."""
        entry = self._known(key)
        return entry if entry and entry.is_fresh(self._now()) else None

    def _known(self, key: str) -> Entry[Any] | None:
        """The entry; from the store if the one at hand has expired."""
        _, entry = self._at_hand.get(key, (0, None))
        return entry if entry and entry.is_fresh(self._now()) else self._load(key)

    def _refresh(self, key: str, fetch: Fetch[T], usable: Usable[T]) -> None:
        with self._guard:
            if key in self._refreshing or key in self._flights:
                return
            self._refreshing.add(key)

        def run() -> None:
            try:
                failure = self._failure(key)
                if failure is None or abs(self._now() - failure.at) >= _REST:
                    self._single_flight(key, fetch, Deadline(_REFRESH_DEADLINE), usable)
            except UpstreamError:
                pass  # told in the log, and to the visitors by the entry's status
            except Exception:
                log.exception("A bug")  # which nobody waits for
            finally:
                self._refreshing.discard(key)

        self._threads.submit(run)

    def _single_flight(
        self, key: str, fetch: Fetch[T], deadline: Deadline, usable: Usable[T]
    ) -> Entry[T]:
        with self._guard:
            flight = self._flights.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if not leads:
            try:
                return flight.result(timeout=deadline.remaining())
            except FutureTimeout:
                return _stale(self._load(key), usable, _late())
            except UpstreamTimeout as error:
                if _is_shared(error, deadline):
                    raise
                return self._single_flight(key, fetch, deadline, usable)
        try:
            entry = self._fetched(key, fetch, deadline, usable)
        except BaseException as error:
            self._landed(key).set_exception(error)
            raise
        self._landed(key).set_result(entry)
        return entry

    def _landed(self, key: str) -> Future[Entry[Any]]:
        """Gone before it is told: who tries again must not join it once more."""
        with self._guard:
            return self._flights.pop(key)

    def _fetched(
        self, key: str, fetch: Fetch[T], deadline: Deadline, usable: Usable[T]
    ) -> Entry[T]:
        asked_at = time.time()
        with self._cross_process_lock(key, deadline):
            # Somebody may have finished, or failed, between our look and our take-off.
            old: Entry[T] | None = self._load(key)
            if old and old.is_fresh(self._now()):
                return old
            failure = self._failure(key)
            if failure and failure.is_since(asked_at) and _is_shared(failure.error, deadline):
                return _stale(old, usable, failure.error)
            try:
                entry = fetch(old, deadline)
            except UpstreamError as error:
                return self._failed(key, old, usable, error)
            self._keep(key, entry, KEPT if usable(entry.value) else timedelta())
            return replace(entry, status=Status.MISS)

    def _failed(
        self, key: str, old: Entry[T] | None, usable: Usable[T], error: UpstreamError
    ) -> Entry[T]:
        """Told to the other processes; the expired entry is kept with the mark."""
        failure = Failure(error, self._now(), time.time())
        self._write(f"failed {key}", encode(failure), int(_REST.total_seconds()))
        stale = _stale(old, usable, error)
        if old and not old.stale:
            self._keep(key, stale, KEPT)
        return stale

    def _failure(self, key: str) -> Failure | None:
        """How the last fetch failed, in whichever process."""
        data = self._read(f"failed {key}")
        found = _decoded(data) if data else None
        return found if isinstance(found, Failure) else None

    @contextmanager
    def _cross_process_lock(self, key: str, deadline: Deadline) -> Iterator[None]:
        """While no other process fetches the same. A process that hangs keeps its lock, and not
        every store can tell that one has died: nobody waits for them until there is no time."""
        patience = deadline.fraction(_PATIENCE)
        lease = patience.remaining()
        while not (alone := self._hold(key, lease)) and patience.remaining():
            time.sleep(random.uniform(*_ROUND))  # noqa: S311
        try:
            yield
        finally:
            if alone:
                self._release(key)

    def _hold(self, key: str, lease: float) -> bool:
        try:
            return self._store.acquire(_FORMAT + key, lease)
        except Exception:
            log.warning("The cache's store cannot lock", exc_info=True)
            return True

    def _release(self, key: str) -> None:
        try:
            self._store.release(_FORMAT + key)
        except Exception:
            log.warning("The cache's store cannot unlock", exc_info=True)

    def _load(self, key: str) -> Entry[Any] | None:
        """The store's entry, or the one at hand if the store has none."""
        known, entry = self._at_hand.get(key, (0, None))
        data = self._read(key)
        if data and (checksum := zlib.crc32(data)) != known:
            found = _decoded(data)
            if isinstance(found, Entry):
                self._remember(key, checksum, found)
                return found
        return entry

    def _keep(self, key: str, entry: Entry[Any], kept: timedelta) -> None:
        data = encode(entry)
        self._remember(key, zlib.crc32(data), entry)
        until = max(entry.fetched_at + kept, entry.expires_at)
        self._write(key, data, max(int((until - self._now()).total_seconds()), 1))

    def _remember(self, key: str, checksum: int, entry: Entry[Any]) -> None:
        with self._guard:
            self._at_hand[key] = checksum, entry
            self._at_hand.move_to_end(key)
            while len(self._at_hand) > _AT_HAND:
                self._at_hand.popitem(last=False)

    def _read(self, key: str) -> bytes | None:
        try:
            return self._store.get(_FORMAT + key)
        except Exception:  # whatever a dying store raises
            log.warning("The cache's store cannot be read", exc_info=True)
            return None

    def _write(self, key: str, data: bytes, seconds: int) -> None:
        try:
            self._store.set(_FORMAT + key, data, seconds)
        except Exception:
            log.warning("The cache's store cannot be written", exc_info=True)


def _decoded(data: bytes) -> Any:
    try:
        return decode(data)
    except Exception:  # whatever a torn file raises
        log.warning("The cache's store holds something that is no entry", exc_info=True)
        return None


def _stale(old: Entry[T] | None, usable: Usable[T], error: UpstreamError) -> Entry[T]:
    """The expired entry with its mark, if it is of any use. Raises the error if not."""
    if old and usable(old.value):
        return replace(old, status=Status.FAILED)
    raise error


def _is_shared(error: UpstreamError, deadline: Deadline) -> bool:
    """Whether somebody else's error is one's own: that their time was up need not be."""
    return not isinstance(error, UpstreamTimeout) or deadline.remaining() < _WORTH_A_TRY


def _late() -> UpstreamTimeout:
    return UpstreamTimeout("The weather service did not answer in time.")
