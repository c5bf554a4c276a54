"""A store in SQLite, as the service would use it: to be measured beside the stores that it has."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable
from pathlib import Path

from weather.stores.memory import number
from weather.stores.size import Size

_TABLE = "CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, until REAL, value BLOB)"
_WRITE = "INSERT OR REPLACE INTO entries VALUES (?, ?, ?)"


class SQLite:
    """Write-ahead log, no wait for the disk: what suits a cache. A connection for each thread. It
    evicts nothing, which would cost it more."""

    is_remote = False

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / "entries.db"
        self._local = threading.local()
        self._connection.execute(_TABLE)

    @property
    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            connection = sqlite3.connect(self._path, timeout=1, isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=OFF", "mmap_size=1000000000"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            self._local.connection = connection
        own: sqlite3.Connection = self._local.connection
        return own

    def get(self, key: str) -> bytes | None:
        query = "SELECT value FROM entries WHERE key = ? AND until > ?"
        row = self._connection.execute(query, (key, time.time())).fetchone()
        return bytes(row[0]) if row else None

    def get_many(self, keys: Iterable[str]) -> list[bytes | None]:
        return [self.get(key) for key in keys]

    def set(self, key: str, value: bytes, timeout: int) -> bool:
        self._connection.execute(_WRITE, (key, time.time() + timeout, value))
        return True

    def acquire(self, name: str, seconds: float) -> bool:
        raise NotImplementedError("only reading and writing are measured")

    def release(self, name: str) -> None:
        raise NotImplementedError("only reading and writing are measured")

    def count(self, name: str, amount: float, timeout: int) -> float:
        self._connection.execute("BEGIN IMMEDIATE")
        total = number(self.get(name)) + amount
        self.set(name, repr(total).encode(), timeout)
        self._connection.execute("COMMIT")
        return total

    def size(self) -> Size:
        raise NotImplementedError("only reading and writing are measured")
