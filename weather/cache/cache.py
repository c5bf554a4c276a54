"""An HTTP-like cache of values that are fetched from outside.

A value is fetched once, served while it is fresh, served for a while longer while it is
refreshed in the background, and stored for the time in which its source cannot be reached. One
fetch of a key runs at a time, in this process and in all that share the store.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from weather.cache import kinds
from weather.cache.entries import DECODED_BYTES, Entries
from weather.cache.entry import Entry, Failure, Status
from weather.cache.freshness import RETENTION
from weather.cache.policy import Policy
from weather.cache.revalidation import Revalidation
from weather.cache.single_flight import SingleFlight, is_shared
from weather.core import expiry
from weather.core.deadline import Deadline
from weather.core.errors import CallDeclined, UpstreamError, UpstreamTimeout, WouldWait
from weather.core.lru import LRU
from weather.core.threads import REFRESHES, ThreadPool
from weather.metrics import families
from weather.metrics.metrics import Metrics
from weather.stores.base import Store

T = TypeVar("T")
Fetch = Callable[[Entry[T] | None, Deadline], Entry[T]]

DEFAULT: Policy[Any] = Policy()
_REFRESH_DEADLINE = 10.0  # seconds; no request waits for a refresh
_REFRESH_PAUSE = timedelta(seconds=30)  # without a refresh after a failure
# In which `Cache.fresh` may miss an entry that another process has stored.
_ABSENCE = timedelta(seconds=2)
_ABSENCES = 4096  # keys


class Cache:
    """`threads` refresh in the background; by default the cache has its own. Caches of one
    `namespace` share the entries in a store. Decoded ones take `decoded_bytes` at most."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        threads: ThreadPool | None = None,
        *,
        namespace: str = "",
        metrics: Metrics | None = None,
        decoded_bytes: int = DECODED_BYTES,
    ) -> None:
        self._now = now
        self._metrics = metrics or Metrics()
        self._entries = Entries(store, now, namespace, decoded_bytes)
        self._flights: SingleFlight[Entry[Any]] = SingleFlight()
        self._revalidation = Revalidation(threads or ThreadPool(REFRESHES, "refresh"))
        self._absent: LRU[str, datetime] = LRU(_ABSENCES)  # when the store had no fresh entry

    def get(
        self, key: str, fetch: Fetch[T], deadline: Deadline, policy: Policy[T] = DEFAULT
    ) -> Entry[T]:
        """The fresh entry, fetched if need be; `fetch` receives the expired one, if any.

        An expired entry is served by the rules of the policy, while it is refreshed or if
        fetching raises an `UpstreamError`. Without a usable entry that error is raised, in
        every thread and process that waited for the fetch.
        """
        if entry := self.get_without_wait(key, fetch, deadline, policy):
            return entry
        if not deadline.allow_upstream:
            # Not shared: others may call upstream, and must not get what is made without.
            expired: Entry[T] | None = self._entries.load(key)
            usable = expired is not None and policy.usable(expired.value)
            return expired if expired and usable else fetch(expired, deadline)
        try:
            entry = self._fetch_once(key, fetch, deadline, policy)
        except UpstreamError:
            self._count(key, "error")
            raise
        self._count(key, entry.status.outcome)
        return entry

    def get_without_wait(
        self, key: str, fetch: Fetch[T], deadline: Deadline, policy: Policy[T] = DEFAULT
    ) -> Entry[T] | None:
        """What `get` returns without a wait, or None. Raises the `UpstreamError` of a fetch that
        failed so recently that the policy wants no other."""
        entry: Entry[T] | None = self._entries.get(key)
        if entry and entry.is_fresh(self._now()):
            expiry.record(entry.expires_at)
            self._count(key, Status.HIT.outcome)
            return entry
        expiry.record_unstable()
        usable = entry is not None and policy.usable(entry.value)
        if entry and usable and entry.may_be_revalidated(self._now(), policy.while_revalidating):
            if deadline.allow_upstream:
                self._refresh(key, fetch, policy, deadline)
            served = entry if entry.stale else replace(entry, status=Status.REVALIDATING)
            self._count(key, served.status.outcome)
            return served
        if policy.retry_after and (failure := self._recent_failure(key, policy.retry_after)):
            self._count(key, Status.FAILED.outcome if usable else "error")
            return _stale_or_raise(entry, policy, failure.error)
        return None

    def _count(self, key: str, outcome: str) -> None:
        kind = key.partition(" ")[0]
        self._metrics.count(families.LOOKUPS, kind if kind in kinds.VALUES else "other", outcome)

    def prefetch(self, keys: Callable[[], Iterable[str]]) -> None:
        """Load the entries of several keys, which `get` then finds, in one round trip to a remote
        store. The keys of another store are not computed."""
        for key in self._entries.prefetch(keys):
            self._absent.put(key, self._now())

    def new_entry(self, value: T, lifetime: timedelta) -> Entry[T]:
        """A value that is fetched now and fresh for `lifetime`."""
        now = self._now()
        return Entry(value, now, now + lifetime)

    def fresh(self, key: str, *, wait: bool = True) -> Entry[Any] | None:
        """The entry if there is a fresh one. Raises `WouldWait` where only the store can say, and
        the caller does not `wait` for it.

        Every request may need that of its visitor, and the store is a system call or a round trip
        away: if it has none, it is read again after `_ABSENCE`. What this process fetches or reads
        itself is found at once.
        """
        if entry := self._entries.decoded(key):
            return entry
        now, read = self._now(), self._absent.get(key)
        if read and read <= now < read + _ABSENCE:
            return None
        if not wait:
            raise WouldWait
        if (loaded := self._entries.load(key)) and loaded.is_fresh(now):
            return loaded
        self._absent.put(key, now)
        return None

    def put(self, key: str, entry: Entry[Any], retention: timedelta) -> None:
        """Store an entry, also past its expiry, for `retention` after it was fetched."""
        self._entries.save(key, entry, retention)

    def last(self, key: str) -> Entry[Any] | None:
        """The last entry, whatever its age."""
        return self._entries.get(key)

    def latest(self, key: str) -> Entry[Any] | None:
        """The entry that any process has stored last, if it is fresh."""
        entry = self._entries.load(key)
        return entry if entry and entry.is_fresh(self._now()) else None

    def _recent_failure(self, key: str, duration: timedelta) -> Failure | None:
        failure = self._entries.failure(key)
        return failure if failure and failure.is_within(duration, self._now()) else None

    def _refresh(self, key: str, fetch: Fetch[T], policy: Policy[T], deadline: Deadline) -> None:
        def refresh() -> None:
            if not self._recent_failure(key, _REFRESH_PAUSE):
                self._fetch_once(key, fetch, deadline.for_refresh(_REFRESH_DEADLINE), policy)

        if not self._flights.is_running(key):
            self._revalidation.start(key, refresh)

    def _fetch_once(
        self, key: str, fetch: Fetch[T], deadline: Deadline, policy: Policy[T]
    ) -> Entry[T]:
        work = partial(self._fetch, key, fetch, deadline, policy)
        try:
            return self._flights.run(key, work, deadline)
        except CallDeclined as declined:
            return _stale_or_raise(self._entries.load(key), policy, declined)
        except FutureTimeout:
            late = UpstreamTimeout("The weather service did not answer in time.")
            return _stale_or_raise(self._entries.load(key), policy, late)

    def _fetch(self, key: str, fetch: Fetch[T], deadline: Deadline, policy: Policy[T]) -> Entry[T]:
        started = time.time()
        with self._entries.lock(key, deadline):
            # Another process may have finished, or failed, before this one had the lock.
            expired: Entry[T] | None = self._entries.load(key)
            if expired and expired.is_fresh(self._now()):
                return expired
            failure = self._entries.failure(key)
            if failure and self._holds(failure, started, deadline, policy):
                return _stale_or_raise(expired, policy, failure.error)
            try:
                entry = fetch(expired, deadline)
            except CallDeclined:  # is this request's alone, so it is not stored
                raise
            except UpstreamError as error:
                return self._failed(key, expired, policy, error)
            self._entries.save(key, entry, RETENTION if policy.usable(entry.value) else timedelta())
            return replace(entry, status=Status.MISS)

    def _holds(
        self, failure: Failure, started: float, deadline: Deadline, policy: Policy[T]
    ) -> bool:
        """Whether another fetch's failure is this one's too."""
        if failure.is_within(policy.retry_after, self._now()):
            return True
        return failure.is_since(started) and is_shared(failure.error, deadline)

    def _failed(
        self, key: str, expired: Entry[T] | None, policy: Policy[T], error: UpstreamError
    ) -> Entry[T]:
        """Store the failure for the other processes, and the expired entry as a stale one. An
        entry is never replaced by nothing."""
        self._entries.save_failure(key, error, max(_REFRESH_PAUSE, policy.retry_after))
        stale = _stale_or_raise(expired, policy, error)
        if expired and not expired.stale:
            self._entries.save(key, stale, RETENTION)
        return stale


def _stale_or_raise(expired: Entry[T] | None, policy: Policy[T], error: UpstreamError) -> Entry[T]:
    """The expired entry, marked stale. Raises the error if it is not usable."""
    if expired and policy.usable(expired.value):
        declined = isinstance(error, CallDeclined)
        return replace(expired, status=Status.DECLINED if declined else Status.FAILED)
    raise error
