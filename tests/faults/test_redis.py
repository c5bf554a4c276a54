"""Redis dies, hangs and comes back under load, and costs nobody an answer."""

from __future__ import annotations

import itertools
from pathlib import Path

from tests.conftest import until
from tests.faults.conftest import watched
from tests.faults.visitors import coming
from tests.redis_server import RedisServer
from tests.upstreams import Upstreams


def test_redis_may_come_and_go(
    environment: dict[str, str], upstreams: Upstreams, redis: RedisServer, tmp_path: Path
) -> None:
    numbers = itertools.count()
    with watched(tmp_path / "log", {**environment, "CACHE_URL": redis.url}) as service:

        def next_url() -> str:
            number = next(numbers)
            return f"{service.url}/{40 + number % 20}.5,8.5?n={number}"

        with coming(next_url) as crowd:

            def more() -> None:
                seen = len(crowd.visits)
                until(lambda: len(crowd.visits) > seen + 100)

            more()
            for change in (redis.hang, redis.wake, redis.kill, redis.start):
                change()
                more()
    assert set(crowd.statuses()) == {200}
    assert max(each.seconds for each in crowd.visits) < 5
    assert len(upstreams.calls("open-meteo")) <= 3 * 20, "once, and once for each worker alone"
    assert "Redis cannot be reached" in (tmp_path / "log").read_text()
