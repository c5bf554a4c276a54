"""Load with faults switched on and off: wrong answers, errors and calls are counted."""

from __future__ import annotations

import itertools
import json
import math
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.upstreams import Upstreams, faults
from tests.upstreams.faults import Fault

_VISITORS = 8
_EVERY = 2.0  # seconds; then other faults
_LATENCY = 0.05  # seconds, of a provider that works
_RETRIES = 2  # each call may be made once more
_FAULTS: tuple[Fault, ...] = (
    *(faults.down(), faults.reset_peer(), faults.timeout(), faults.latency(1.0)),
    *(faults.bandwidth(2000), faults.slicer(), faults.slow_close(), faults.limit_data(500)),
    *(faults.status(500), faults.overloaded(), faults.redirect(), faults.html_200()),
    *(faults.invalid_json(), faults.huge(), faults.empty(), faults.nulls(), faults.drip_headers()),
)


@dataclass
class Told:
    seconds: float
    visits: int = 0
    slowest: float = 0.0
    stale: int = 0
    calls: int = 0
    fair_calls: int = 0
    failed: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        yield f"| visits | {self.visits:,} |"
        yield f"| wrong answers | {len(self.wrong)} |"
        yield f"| answers that are errors | {sum(self.failed.values())} {dict(self.failed) or ''} |"
        yield f"| answers from a forecast past its time, and marked | {self.stale:,} |"
        yield f"| slowest, seconds | {self.slowest:.2f} |"
        yield f"| forecast calls, both providers | {self.calls} (at most {self.fair_calls}) |"


def run(url: str, upstreams: Upstreams, seconds: float, places: int) -> Told:
    """Visits to places that all have been seen once before the first fault."""
    told, numbers, over = Told(seconds), itertools.count(), threading.Event()
    for place in range(places):
        _visit(url, place, 0, told)
    before = _calls(upstreams)

    def come() -> None:
        while not over.is_set():
            number = next(numbers)
            _visit(url, number % places, number, told)

    threads = [threading.Thread(target=come) for _ in range(_VISITORS)]
    for thread in threads:
        thread.start()
    try:
        _trouble(upstreams, seconds)
    finally:
        over.set()
        for thread in threads:
            thread.join()
        upstreams.heal()
    told.calls = _calls(upstreams) - before
    # A place costs a call when its quarter of an hour is over; with a failure, one each half
    # minute that a visitor comes; of each provider, and once more where a retry may help.
    rounds = math.ceil(seconds / 900) + 1 + math.ceil(seconds / 30)
    told.fair_calls = places * 2 * _RETRIES * rounds
    return told


def _trouble(upstreams: Upstreams, seconds: float) -> None:
    dice, end = random.Random(1), time.monotonic() + seconds
    while time.monotonic() < end:
        upstreams.heal()
        for provider in ("open-meteo", "met-norway", "air-quality"):
            fault = dice.choice([*_FAULTS, None, None])
            upstreams.fail(provider, fault or faults.latency(_LATENCY))
        time.sleep(_EVERY)


def _visit(url: str, place: int, number: int, told: Told) -> None:
    latitude, began = 40 + place / 4, time.monotonic()
    request = Request(
        f"{url}/{latitude},8.5?n={number}",
        headers={"User-Agent": "soak/1", "Accept": "application/json"},
    )
    try:
        with urlopen(request, timeout=30) as answer:
            _judge(answer.read(), latitude, told)
    except HTTPError as error:
        told.failed[error.code] += 1
    except (URLError, OSError):
        told.failed[0] += 1
    told.visits += 1
    told.slowest = max(told.slowest, time.monotonic() - began)


def _judge(body: bytes, latitude: float, told: Told) -> None:
    """A right answer is whole, of this place, and warm enough for the planet."""
    answer = json.loads(body)
    temperature = answer["current"]["temperature"]
    right = (
        abs(answer["place"]["latitude"] - latitude) < 0.01
        and temperature is not None
        and -80 < temperature < 60
        and len(answer["hourly"]) > 24
    )
    if not right:
        told.wrong.append(body[:200].decode(errors="replace"))
    told.stale += answer["provenance"]["stale"]


def _calls(upstreams: Upstreams) -> int:
    return len(upstreams.calls("open-meteo")) + len(upstreams.calls("met-norway"))
