"""Counting, over processes that are forked, killed and replaced."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

import pytest

from tests.metrics.samples import samples, total
from weather.metrics import families
from weather.metrics.block import Block
from weather.metrics.metrics import Metrics

LABELS = ("weather.negotiated", "200", "json", "hit")


def forked(work: Callable[[], object]) -> None:
    """Runs it in a process of its own, which is then killed."""
    process = os.fork()
    if not process:
        try:
            work()
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(process, 0)


def requests(metrics: Metrics) -> float:
    return total(metrics.text(), "weather_requests_total")


def test_every_family_is_in_the_text_with_its_help_and_its_type() -> None:
    text = Metrics().text()
    for family in families.FAMILIES:
        assert f"# HELP {family.name} {family.help}\n" in text
        assert f"# TYPE {family.name} {family.kind}\n" in text


def test_a_response_is_counted_with_its_duration_and_its_age() -> None:
    metrics = Metrics()
    metrics.response(LABELS, 0.004, 400.0)
    metrics.response(LABELS, 9.0, None)
    found = samples(metrics.text())
    series = families.REQUESTS.series(*LABELS)
    assert found[series] == 2
    route = 'weather_request_duration_seconds_{}{{route="weather.negotiated"{}}}'
    assert found[route.format("bucket", ',le="0.0025"')] == 0
    assert found[route.format("bucket", ',le="0.005"')] == 1
    assert found[route.format("bucket", ',le="5.0"')] == 1
    assert found[route.format("bucket", ',le="+Inf"')] == 2
    assert found[route.format("count", "")] == 2
    assert found[route.format("sum", "")] == pytest.approx(9.004)
    assert found['weather_served_age_seconds_bucket{le="300.0"}'] == 0
    assert found['weather_served_age_seconds_bucket{le="900.0"}'] == 1
    assert found["weather_served_age_seconds_count"] == 1
    assert found["weather_served_age_seconds_sum"] == 400


def test_a_value_on_the_bound_of_a_bucket_is_within_it() -> None:
    metrics = Metrics()
    metrics.observe(families.CALL_DURATION, 0.25, "nws")
    found = samples(metrics.text())
    name = 'weather_upstream_call_duration_seconds_bucket{{provider="nws",le="{}"}}'
    assert (found[name.format("0.1")], found[name.format("0.25")]) == (0, 1)


def test_the_routes_of_requests_share_the_histogram_of_their_representations() -> None:
    metrics = Metrics()
    for representation in ("json", "html"):
        metrics.response(("a", "200", representation, "hit"), 0.1, None)
    assert total(metrics.text(), "weather_request_duration_seconds_count", route="a") == 2


def test_counts_of_processes_are_summed_and_outlive_them() -> None:
    metrics = Metrics(processes=2)
    for _ in range(10):
        forked(lambda: metrics.response(LABELS, 0.1, None))
    metrics.response(LABELS, 0.1, None)
    assert requests(metrics) == 11


def test_nothing_is_lost_when_processes_count_at_the_same_time() -> None:
    metrics, children, each = Metrics(processes=3), 6, 2000
    processes = []
    for _ in range(children):
        process = os.fork()
        if not process:
            for _ in range(each):
                metrics.count(families.SHED, "queue")
            os._exit(0)
        processes.append(process)
    for process in processes:
        os.waitpid(process, 0)
    assert total(metrics.text(), "weather_shed_total") == children * each


def test_nothing_is_lost_when_threads_count_at_the_same_time() -> None:
    metrics = Metrics()

    def count() -> None:
        for _ in range(5000):
            metrics.response(LABELS, 0.1, None)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert requests(metrics) == 20_000


def test_the_gauges_of_a_process_end_with_it() -> None:
    metrics = Metrics(processes=1)
    forked(lambda: metrics.set(families.BREAKER, 1, "nws"))
    metrics.count(families.SHED, "queue")  # this process has the block now
    found = samples(metrics.text())
    assert found['weather_upstream_breaker_open{provider="nws"}'] == 0


def test_the_gauges_of_processes_are_summed() -> None:
    metrics = Metrics(processes=1)
    metrics.set(families.BREAKER, 1, "nws")
    reader, writer = os.pipe()
    process = os.fork()
    if not process:
        metrics.set(families.BREAKER, 1, "nws")
        os.write(writer, b".")
        signal.pause()
    os.read(reader, 1)
    found = samples(metrics.text())
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(reader)
    os.close(writer)
    assert found['weather_upstream_breaker_open{provider="nws"}'] == 2


def test_more_processes_than_there_is_room_for_are_not_counted_and_do_not_fail() -> None:
    metrics, processes = Metrics(processes=1), []
    reader, writer = os.pipe()
    for _ in range(6):
        process = os.fork()
        if not process:
            metrics.count(families.SHED, "queue")
            os.write(writer, b".")
            signal.pause()
        os.read(reader, 1)
        processes.append(process)
    for process in processes:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    os.close(reader)
    os.close(writer)
    assert total(metrics.text(), "weather_shed_total") == 4


def test_a_block_without_room_adds_nothing() -> None:
    block = Block(memoryview(bytearray(64)))
    assert block.add("a", 1) is not None
    assert block.add("a" * 50, 1) is None
    assert [key for key, _, _ in block.records()] == ["a"]
