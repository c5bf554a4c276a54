"""Until when an answer stays the same."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from weather.core import expiry

NOON = datetime(2026, 5, 15, 12, tzinfo=UTC)


def test_the_earliest_moment_counts() -> None:
    with expiry.recorded() as recorded:
        for hours in (3, 1, 2):
            expiry.record(NOON + timedelta(hours=hours))
    assert recorded.at == NOON + timedelta(hours=1)
    assert recorded.is_stable


def test_an_answer_with_an_unstable_part_is_unstable() -> None:
    with expiry.recorded() as recorded:
        expiry.record(NOON)
        expiry.record_unstable()
        expiry.record(NOON)
    assert not recorded.is_stable


def test_nothing_recorded_is_no_moment() -> None:
    with expiry.recorded() as recorded:
        pass
    expiry.record(NOON)
    assert recorded.at is None
    assert recorded.is_stable


def test_threads_record_for_themselves() -> None:
    with expiry.recorded() as recorded:
        thread = threading.Thread(target=expiry.record_unstable)
        thread.start()
        thread.join()
    assert recorded.is_stable
