from __future__ import annotations

import pytest

from tests.stores.broken import Broken
from weather.stores.fault_tolerant import FaultTolerant, fault_tolerant
from weather.stores.memory import Memory


@pytest.mark.parametrize("error", [OSError, ValueError, RuntimeError, KeyError])
def test_no_call_raises_when_the_store_does(error: type[Exception]) -> None:
    store = FaultTolerant(Broken(error))
    assert store.get("key") is None
    assert store.set("key", b"value", 60) is False
    assert store.acquire("lock", 60) is True
    store.release("lock")


def test_counts_go_on_in_memory_while_the_store_fails() -> None:
    store = FaultTolerant(Broken())
    assert [store.count("calls", 2.5, 60) for _ in range(3)] == [2.5, 5.0, 7.5]


def test_a_value_that_the_store_refuses_is_held_in_memory_while_it_fails() -> None:
    store = FaultTolerant(Broken())
    store.set("key", b"value", 60)
    assert store.get("key") == b"value"


def test_a_store_that_works_is_used_as_it_is() -> None:
    memory = Memory()
    store = FaultTolerant(memory)
    assert store.set("key", b"value", 60) is True
    assert memory.get("key") == store.get("key") == b"value"
    assert (store.acquire("lock", 60), store.acquire("lock", 60)) == (True, False)
    store.release("lock")
    assert memory.acquire("lock", 60)
    assert store.count("calls", 2, 60) == memory.count("calls", 0, 60) == 2


def test_a_failing_store_is_logged_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    store = FaultTolerant(Broken(), clock=lambda: now)
    for _ in range(10):
        store.get("key")
    assert len(caplog.records) == 1
    now = 60.0
    store.get("key")
    assert len(caplog.records) == 2


def test_a_store_is_wrapped_once() -> None:
    wrapped = fault_tolerant(Memory())
    assert fault_tolerant(wrapped) is wrapped
