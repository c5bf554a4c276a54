"""What the parts of the service record, and its text in Prometheus' exposition format, 0.0.4
(prometheus.io/docs/instrumenting/exposition_formats)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from weather.metrics import families
from weather.metrics.families import Family
from weather.metrics.series import GAUGE, Series

EXTENSION = "weather.metrics"  # its name among an application's extensions
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Sample = tuple[str, float]  # the name of a series and its value
Collector = Callable[[], Iterable[tuple[Family, Iterable[Sample]]]]

# The numbers of a record of responses: buckets and sum of durations, then of ages.
_DURATION_SUM = len(families.REQUEST_BUCKETS) + 1
_AGE = _DURATION_SUM + 1
_AGE_SUM = _AGE + len(families.AGE_BUCKETS) + 1
_NUMBERS = _AGE_SUM + 1
_RESPONSES = families.REQUESTS


class Metrics:
    """Of all worker processes that are forked after it is made; `processes` is their number.
    Threads may share it."""

    def __init__(self, processes: int = 1) -> None:
        self._series = Series(processes)
        self._collectors: list[Collector] = []
        # The names of series, of which there are a few hundred at most.
        self._names: dict[tuple[str, ...], str] = {}

    def response(self, labels: tuple[str, ...], seconds: float, age: float | None) -> None:
        """Record a response; `labels` are the values of those of `families.REQUESTS`, and `age`
        is that of its forecast in seconds, if it shows one."""
        # One record for several metrics: this is done for each request.
        name = self._names.get(labels)
        if name is None:
            name = self._names[labels] = _RESPONSES.series(*labels)
        bucket = bisect_left(families.REQUEST_BUCKETS, seconds)
        if age is None:
            amounts: tuple[tuple[int, float], ...] = ((bucket, 1), (_DURATION_SUM, seconds))
        else:
            amounts = (
                (bucket, 1),
                (_DURATION_SUM, seconds),
                (_AGE + bisect_left(families.AGE_BUCKETS, age), 1),
                (_AGE_SUM, age),
            )
        self._series.add(name, amounts, _NUMBERS)

    def count(self, family: Family, *labels: str) -> None:
        """Add one to a counter."""
        self._series.add(family.series(*labels), ((0, 1),))

    def observe(self, family: Family, value: float, *labels: str) -> None:
        """Add a value to a histogram."""
        last = len(family.buckets) + 1
        amounts = ((bisect_left(family.buckets, value), 1), (last, value))
        self._series.add(family.series(*labels), amounts, last + 1)

    def set(self, family: Family, value: float, *labels: str) -> None:
        """Set this process's part of a gauge."""
        self._series.set(GAUGE + family.series(*labels), value)

    def collect(self, collector: Collector) -> None:
        """Call it for each text, for what is not counted but looked up."""
        self._collectors.append(collector)

    def text(self) -> str:
        """All families, also those without a series."""
        samples: dict[str, list[Sample]] = {family.name: [] for family in families.FAMILIES}
        for family, more in self._counted():
            samples[family.name] += more
        for collector in self._collectors:
            for family, more in collector():
                samples[family.name] += more
        return "".join(_lines(samples))

    def _counted(self) -> Iterator[tuple[Family, Iterable[Sample]]]:
        sums = self._series.sums()
        durations: dict[str, list[float]] = {}
        ages = [0.0] * (_NUMBERS - _AGE)
        for key, numbers in sums.items():
            name = key.removeprefix(GAUGE)
            family = _BY_NAME[name.partition("{")[0]]
            if family is _RESPONSES:
                yield family, [(name, sum(numbers[:_DURATION_SUM]))]
                route = families.DURATION.series(_first_label(name))
                _add(durations.setdefault(route, [0.0] * _AGE), numbers[:_AGE])
                _add(ages, numbers[_AGE:])
            elif family.buckets:
                yield family, _histogram(family, name, numbers)
            else:
                yield family, [(name, numbers[0])]
        for route, numbers in durations.items():
            yield families.DURATION, _histogram(families.DURATION, route, numbers)
        yield families.AGE, _histogram(families.AGE, families.AGE.series(), ages)


_BY_NAME = {family.name: family for family in families.FAMILIES}


def _first_label(name: str) -> str:
    return name.split('"', 2)[1]


def _add(sums: list[float], numbers: list[float]) -> None:
    for index, number in enumerate(numbers):
        sums[index] += number


def _histogram(family: Family, name: str, numbers: list[float]) -> list[Sample]:
    """The samples of one histogram, from the counts of its buckets and the sum of its values."""
    labels = name[len(family.name) :].strip("{}")
    counts = list(accumulate(numbers[:-1]))
    prefix = f"{labels}," if labels else ""
    bounds = [*map(repr, family.buckets), "+Inf"]
    samples = [
        (f'{family.name}_bucket{{{prefix}le="{bound}"}}', count)
        for bound, count in zip(bounds, counts, strict=True)
    ]
    suffix = f"{{{labels}}}" if labels else ""
    samples.append((f"{family.name}_sum{suffix}", numbers[-1]))
    samples.append((f"{family.name}_count{suffix}", counts[-1]))
    return samples


def _lines(samples: dict[str, list[Sample]]) -> Iterator[str]:
    for family in families.FAMILIES:
        yield f"# HELP {family.name} {family.help}\n# TYPE {family.name} {family.kind}\n"
        for name, value in samples[family.name]:
            yield f"{name} {int(value) if value == int(value) else repr(value)}\n"
