"""The simulated providers, their clock stopped before Toronto's change to summer time."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from simulator import Upstreams


@pytest.fixture
def upstreams() -> Iterator[Upstreams]:
    with Upstreams() as server:
        server.now = lambda: datetime(2026, 3, 5, 21, 7, 30, tzinfo=UTC)
        yield server
