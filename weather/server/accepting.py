"""Accepting connections: a bounded number, of which no client can have all.

When there are too many, from one client or from all, the one that has waited longest for its client
makes room for a new one.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from functools import partial
from typing import Any

from weather.server.connection import Connection
from weather.server.limits import ConnectionCounts
from weather.server.sending import SendingWorker


class AcceptingWorker(SendingWorker):
    sockets: list[Any]

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._counts = ConnectionCounts(self._limits)

    def accept(self, listener: socket.socket) -> None:
        """Called in the main thread when the listener is readable."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):  # another worker was faster
            return
        except OSError:  # no descriptor is free
            self._evict(self._waiting())
            return
        self._admit(client, address, listener.getsockname())

    def _admit(self, client: socket.socket, address: Any, server: Any) -> None:
        connection = Connection(self.cfg, client, address, server)
        network = self._counts.network(address)
        if network is not None:
            if self._counts.is_full(network) and not self._evict(
                waiting for waiting in self._waiting() if waiting.network == network
            ):
                self._limits.on_close("connections")
                connection.close()
                return
            self._counts.add(network)
            connection.network = network
            connection.on_close = partial(self._counts.remove, network)
        self.nr_conns += 1
        # At this number gunicorn stops accepting until a connection ends by itself.
        if self.nr_conns >= self.worker_connections:
            self._evict(self._waiting())
        self.enqueue_req(connection)

    def _waiting(self) -> Iterator[Connection]:
        """Connections that wait for their client, in the order in which they are given up: those
        with half a request first, those that are being sent a response last, and of each kind
        the one that has waited longest."""
        yield from self._incomplete
        yield from self._closing
        yield from self.keepalived_conns
        yield from self._sending

    def _evict(self, candidates: Iterator[Connection]) -> bool:
        """Closes the first of the connections. Whether there was one."""
        connection = next(candidates, None)
        if connection is None:
            return False
        if connection.waiting is None:  # it is gunicorn that keeps it
            self.keepalived_conns.remove(connection)
            self.poller.unregister(connection.sock)
        self._close(connection)
        self._limits.on_close("connections")
        return True

    def set_accept_enabled(self, enabled: bool) -> None:
        """A worker that stops drains the accept queue before it closes the listeners, or the
        kernel resets the queued clients."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            self._drain(listener)
            listener.close()
        self.sockets = []

    def _drain(self, listener: socket.socket) -> None:
        while True:
            try:
                client, address = listener.accept()
            except ConnectionAbortedError:
                continue
            except OSError:  # BlockingIOError: the queue is empty; or no descriptor is free
                return
            self._admit(client, address, listener.getsockname())
