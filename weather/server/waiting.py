"""Connections that wait in the poller, and how long they may."""

from __future__ import annotations

from collections.abc import Iterator

from weather.server.connection import Connection


class Waiting:
    """Connections that wait for one kind of event, each for `seconds` from its start; in the order
    in which their time ends."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends: dict[Connection, float] = {}  # time.monotonic()

    def __contains__(self, connection: Connection) -> bool:
        return connection in self._ends

    def __iter__(self) -> Iterator[Connection]:
        """The one that has waited longest is first."""
        return iter(self._ends)

    def __len__(self) -> int:
        return len(self._ends)

    def add(self, connection: Connection, now: float) -> None:
        self._ends[connection] = now + self._seconds

    def discard(self, connection: Connection) -> None:
        self._ends.pop(connection, None)

    def expired(self, now: float) -> list[Connection]:
        """Those whose time has ended."""
        connections: list[Connection] = []
        for connection, end in self._ends.items():
            if end > now:
                break
            connections.append(connection)
        return connections
