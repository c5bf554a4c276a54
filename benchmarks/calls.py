"""The growth of upstream calls: independent of visitors, and one per place and quarter hour.

The service and its providers share a clock, set to just after a quarter of an hour, so that a
measurement contains only the intended quarter hours.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from datetime import timedelta

from benchmarks import visitors
from benchmarks.clock import shifted
from simulator import Upstreams
from weather.providers import open_meteo, open_meteo_air_quality

_VISITORS = (100, 1_000, 10_000)
_PLACES = (1, 10, 100)
# Starts after the first responses were fetched, so that it contains the end of an hour of the air
# quality.
_HOUR = range(5, 65)  # minutes
_A_DAY = 10_000  # the free quota of Open-Meteo, in its weighted calls
# Only calls are counted, so a busy machine gets a long deadline.
_SETTINGS = {"OPEN_METEO_BUDGET": "", "TRUSTED_PROXIES": "1", "DEADLINE": "30"}


def report() -> Iterator[str]:
    """Lines of Markdown tables."""
    with Upstreams() as upstreams:
        yield from _growth(upstreams)
        yield from _hour(upstreams)


def _growth(upstreams: Upstreams) -> Iterator[str]:
    names = " | ".join(f"{places} place{'s' * (places > 1)}" for places in _PLACES)
    yield f"\n| forecast calls for | {names} |\n|---|{'---:|' * len(_PLACES)}"
    with shifted(upstreams, **_SETTINGS) as (url, _, clock):
        clock.set(clock.after_a_quarter())
        first = 0  # every measurement uses new places
        for count in _VISITORS:
            cells = []
            for places in _PLACES:
                upstreams.reset()
                _visit(url, [first + number % places for number in range(count)])
                cells.append(f"{_forecasts(upstreams)}")
                first += places
            yield f"| {count:,} visitors of | {' | '.join(cells)} |"


def _hour(upstreams: Upstreams) -> Iterator[str]:
    """An hour of visits to places that are cached at its start."""
    yield (
        "\n| an hour in which each is visited every minute | forecast calls | of each (at most 4) "
        f"| air quality calls | of each |\n|---|{'---:|' * 4}"
    )
    weight = 0.0
    with shifted(upstreams, **_SETTINGS) as (url, _, clock):
        for places in _PLACES:
            numbers, start = range(places, 2 * places), clock.after_a_quarter()
            clock.set(start)
            _visit(url, numbers)
            upstreams.reset()
            for minute in _HOUR:
                clock.set(start + timedelta(minutes=minute))
                _visit(url, numbers)
                _settle(upstreams, 0.1)
            _settle(upstreams, 2)
            forecasts, airs = _forecasts(upstreams), len(upstreams.calls("air-quality"))
            weight = forecasts * open_meteo.FORECAST_WEIGHT + airs * open_meteo_air_quality.WEIGHT
            yield (
                f"| {places} | {forecasts} | {forecasts / places:.2f} "
                f"| {airs} | {airs / places:.2f} |"
            )
    day = 24 * weight / _PLACES[-1]
    yield (
        f"\nA place that is visited round the clock thus weighs {day:.0f} of the {_A_DAY:,} calls "
        f"that Open-Meteo gives a day: enough for {_A_DAY / day:.0f} such places, or for "
        f"{_A_DAY / (open_meteo.FORECAST_WEIGHT + open_meteo_air_quality.WEIGHT):,.0f} visits to "
        "as many places."
    )


def _forecasts(upstreams: Upstreams) -> int:
    return len(upstreams.calls("open-meteo")) + len(upstreams.calls("met-norway"))


def _settle(upstreams: Upstreams, seconds: float) -> None:
    """Waits for background refreshes: until no call arrives within `seconds`."""
    count = -1
    while count != (count := len(upstreams.calls())):
        time.sleep(seconds)


def _visit(url: str, numbers: Iterable[int]) -> None:
    paths = (f"/{visitors.place(number)}?format=json" for number in numbers)
    visitors.check(visitors.visit_each(url, paths))


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
