"""Addresses of hosts by the system's resolver, which knows no deadline."""

from __future__ import annotations

import socket
from concurrent.futures import Future
from threading import Lock, Thread

from weather.core.deadline import Deadline
from weather.core.errors import SearchUnavailable
from weather.core.ip_address import Address, parse_address

_LONGEST = 2.0  # seconds that a response waits
_MOST = 4  # lookups at a time
_NO_ANSWER = "The name server gives no answer. Try again in a minute, or name a place."
_BUSY = "Too many host names are being looked up. Try again in a moment, or name a place."

Addresses = tuple[Address, ...]


class SystemResolver:
    """At most `_MOST` lookups run at a time, each in a thread of its own: one that outlives its
    response must neither hold a thread of others nor the end of the process. All requests for a
    host wait for the same lookup."""

    def __init__(self) -> None:
        self._pending: dict[str, Future[Addresses]] = {}
        self._lock = Lock()

    def resolve(self, host: str, deadline: Deadline) -> Addresses:
        """The addresses of a host, of the domain of the root; empty if there is no such host.
        Raises `SearchUnavailable`."""
        lookup = self._lookup(host)
        try:
            return lookup.result(deadline.fraction(0.5, most=_LONGEST).remaining())
        except TimeoutError:
            raise SearchUnavailable(_NO_ANSWER) from None

    def _lookup(self, host: str) -> Future[Addresses]:
        with self._lock:
            if host in self._pending:
                return self._pending[host]
            if len(self._pending) >= _MOST:
                raise SearchUnavailable(_BUSY, 2)
            lookup = self._pending[host] = Future[Addresses]()
        Thread(target=self._run, args=(host, lookup), name="host", daemon=True).start()
        return lookup

    def _run(self, host: str, lookup: Future[Addresses]) -> None:
        try:
            addresses = _addresses(host)
        except SearchUnavailable as error:
            lookup.set_exception(error)
        else:
            lookup.set_result(addresses)
        finally:
            with self._lock:
                del self._pending[host]


def _addresses(host: str) -> Addresses:
    """Raises `SearchUnavailable`. The dot keeps the resolver from trying the name in the domains
    of the server's network."""
    try:
        entries = socket.getaddrinfo(f"{host}.", None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in {socket.EAI_AGAIN, socket.EAI_FAIL, socket.EAI_SYSTEM}:
            raise SearchUnavailable(_NO_ANSWER) from error
        return ()
    except (OSError, UnicodeError) as error:
        raise SearchUnavailable(_NO_ANSWER) from error
    addresses = (parse_address(str(sockaddr[0])) for *_, sockaddr in entries)
    return tuple(address for address in addresses if address)
