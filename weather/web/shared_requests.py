"""The requests of busy clients at all replicas, exchanged through the store behind the responses.

No request waits for the store: a thread adds what this process has counted and reads the sum of
all, twice a second. Most clients make few requests, which are counted at their replica only.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable

from weather.core.dataclass import dataclass

# Adds an amount to a count of this name, which is dropped after so many seconds, and returns it.
Count = Callable[[str, float, int], float]

_MINUTE = 60  # seconds
_INTERVAL = 0.5  # seconds between exchanges
_LIFETIME = 120  # seconds; a count is of one minute
_SLOT_BITS = 20  # of a hash, so that the store's keys tell no address: some 4,000 share a slot
_MOST = 10_000  # busy clients that are exchanged


@dataclass(slots=True)
class _Client:
    """The requests of a client in one minute: the sum of all replicas, and those of this process
    that are not yet in it."""

    minute: int
    pending: int
    total: float = 0.0


class SharedRequests:
    """`threshold` is how many requests a client makes in a minute at this machine before its count
    is exchanged. Threads may share it; each process that is forked has clients and a thread of its
    own."""

    def __init__(
        self, count: Count, threshold: int, clock: Callable[[], float] = time.time
    ) -> None:
        self._count, self._clock = count, clock
        self._threshold = max(threshold, 1)
        self._clients: dict[bytes, _Client] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, client: bytes, minute: int, requests: int, counted: int) -> int:
        """A client makes so many requests more in a minute of the clock, and has made `counted` at
        this machine. Returns how many it has made at all replicas, as far as that is known."""
        if counted < self._threshold:
            return counted
        with self._lock:
            entry = self._clients.get(client)
            if entry is None or entry.minute != minute:
                if len(self._clients) >= _MOST:
                    return counted
                # One process of the machine adds the requests before the threshold.
                is_first = counted - requests < self._threshold
                entry = self._clients[client] = _Client(minute, counted if is_first else requests)
            else:
                entry.pending += requests
            self._start()
            return max(counted, round(entry.total) + entry.pending)

    def exchange(self) -> bool:
        """Adds to the store's counts and reads them. Whether there are busy clients."""
        minute = int(self._clock() // _MINUTE)
        with self._lock:
            # A request may have come before a minute's end and be counted after it.
            self._clients = {
                client: entry
                for client, entry in self._clients.items()
                if entry.minute >= minute - 1
            }
            busy = [(client, entry) for client, entry in self._clients.items() if entry.pending]
        for client, entry in busy:
            pending = entry.pending
            total = self._count(_name(client, entry.minute), pending, _LIFETIME)
            with self._lock:
                entry.pending -= pending
                entry.total = total
        return bool(self._clients)

    def _start(self) -> None:
        """At the first busy client: most processes have none, and no thread survives a fork."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="requests", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        pause = threading.Event()
        while self.exchange():
            pause.wait(_INTERVAL)


def _name(client: bytes, minute: int) -> str:
    """With the minute in the hash, so that no two clients share a slot for long."""
    digest = hashlib.blake2b(b"%d " % minute + client, digest_size=4).digest()
    return f"requests {minute} {int.from_bytes(digest) >> 32 - _SLOT_BITS:x}"
