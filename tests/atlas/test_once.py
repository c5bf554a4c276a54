from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from weather.atlas import airports, areas, cities, climate, ip, names, zones
from weather.atlas.once import once


def test_threads_that_need_a_table_at_once_share_one() -> None:
    started, release = threading.Event(), threading.Event()
    loads: list[object] = []

    @once
    def load() -> object:
        loads.append(object())
        started.set()
        assert release.wait(60)
        return loads[-1]

    with ThreadPoolExecutor(8) as threads:
        pending = [threads.submit(load) for _ in range(8)]
        assert started.wait(60)
        release.set()
        assert {id(future.result()) for future in pending} == {id(loads[0])}
    assert len(loads) == 1


def test_a_load_that_raises_is_tried_again() -> None:
    failures = [ValueError("damaged")]

    @once
    def load() -> bytes:
        if failures:
            raise failures.pop()
        return b"table"

    with pytest.raises(ValueError, match="damaged"):
        load()
    assert load() == load() == b"table"


@pytest.mark.parametrize("table", [airports, areas, cities, climate, ip, names, zones])
def test_every_table_is_read_once(table: object) -> None:
    load = table.load  # type: ignore[attr-defined]
    assert load.__closure__, "decorated"
    assert load() is load()
