"""A clock that is set ahead, for the service and its providers alike."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.services import running
from simulator import Upstreams

_QUARTER = 900  # seconds
_PAST = 90  # seconds after it; jitter is 60 at most


class Clock:
    """Ahead of the real one by the seconds that a file says, for other processes to read
    (tests.faults.shifted)."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.set(datetime.now(UTC))

    def set(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)
        whole = self.file.with_suffix(".new")  # nobody must read half of it
        whole.write_text(str(self._ahead.total_seconds()))
        whole.replace(self.file)

    def advance(self, duration: timedelta) -> None:
        self.set(self() + duration)

    def after_a_quarter(self) -> datetime:
        """A while after the next quarter of an hour, when no forecast expires soon."""
        now = self()
        return now + timedelta(seconds=_QUARTER - now.timestamp() % _QUARTER + _PAST)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead


@contextmanager
def shifted(upstreams: Upstreams, **environment: str) -> Iterator[tuple[str, int, Clock]]:
    """The service, as by default, with such a clock: its URL and its process id."""
    with tempfile.TemporaryDirectory() as folder:
        clock = upstreams.now = Clock(Path(folder, "ahead"))
        kept = {"CACHE_URL": str(Path(folder, "answers")), **upstreams.environment()}
        command = ("-m", "tests.faults.shifted", str(clock.file))
        with running(*command, **kept, **environment) as (url, master):
            yield url, master, clock
