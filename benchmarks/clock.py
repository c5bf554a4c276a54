"""A clock ahead of the machine's, shared by the service and its providers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.services import running
from simulator import Upstreams

_QUARTER = 900  # seconds
_AFTER_QUARTER = 90  # seconds; the jitter of expiry is 60 at most


class Clock:
    """Ahead of the machine's by a number of seconds that is in a file, which other processes read
    (tests.faults.shifted)."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.set(datetime.now(UTC))

    def set(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)
        new = self.file.with_suffix(".new")  # readers never see a partial file
        new.write_text(str(self._ahead.total_seconds()))
        new.replace(self.file)

    def advance(self, duration: timedelta) -> None:
        self.set(self() + duration)

    def after_a_quarter(self) -> datetime:
        """A moment after the next quarter of an hour, when all forecasts of the one before have
        expired."""
        now = self()
        return now + timedelta(seconds=_QUARTER - now.timestamp() % _QUARTER + _AFTER_QUARTER)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead


@contextmanager
def shifted(upstreams: Upstreams, **environment: str) -> Iterator[tuple[str, int, Clock]]:
    """The service with default settings and such a clock: its URL, its process id, the clock."""
    with tempfile.TemporaryDirectory() as folder:
        clock = upstreams.now = Clock(Path(folder, "ahead"))
        settings = {"CACHE_URL": str(Path(folder, "answers")), **upstreams.environment()}
        command = ("-m", "tests.faults.shifted", str(clock.file))
        with running(*command, **settings, **environment) as (url, master):
            yield url, master, clock
