"""Load, while faults of the providers come and go, and workers are renewed and killed: wrong
answers, errors and calls are counted. The clock runs fast, so that forecasts pass their time.

    python -m benchmarks.soak [--minutes 5] [--places 20]

Markdown on stdout; the exit status is 1 if an answer was wrong or an error.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from benchmarks.clock import Clock, shifted
from benchmarks.services import children
from benchmarks.verdict import Verdict, latitude
from simulator import Upstreams, faults
from simulator.faults import Fault

_VISITORS = 8
_EVERY = 2.0  # seconds; then other faults
_ADVANCE = timedelta(minutes=5)  # each time
_KILLED_EVERY = 15.0  # seconds: one worker is killed, or all are renewed
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
    places: int
    verdict: Verdict = field(default_factory=Verdict)
    seconds: float = 0.0
    steps: int = 0  # of faults, and of the clock
    calls: int = 0
    killed: int = 0
    renewed: int = 0

    @property
    def fair_calls(self) -> int:
        """A place costs a call when its quarter of an hour is over, or once in each step while
        they fail; of each provider, and once more where a retry may help."""
        return self.places * 2 * _RETRIES * self.steps

    @property
    def fair_breaks(self) -> int:
        """Who is killed breaks off all that it had in its hands."""
        return self.killed * _VISITORS

    def lines(self) -> Iterator[str]:
        """A Markdown table."""
        hours = self.steps * _ADVANCE / timedelta(hours=1)
        yield f"\n| soak of {self.seconds:.0f} s in which the clock runs {hours:.1f} h | |"
        yield "|---|---:|"
        yield f"| places | {self.places} |"
        yield from self.verdict.lines()
        yield f"| workers killed, and all renewed | {self.killed} and {self.renewed} times |"
        yield f"| connections that broke | {self.verdict.broken} (at most {self.fair_breaks}) |"
        yield f"| forecast calls, both providers | {self.calls} (at most {self.fair_calls}) |"


class Soak:
    """Visits to places that all have been seen once before the first fault."""

    def __init__(self, url: str, upstreams: Upstreams, clock: Clock, places: int) -> None:
        self._url, self._upstreams, self._clock = url, upstreams, clock
        self._told = Told(places)
        self._numbers = itertools.count()
        self._guard = threading.Lock()

    def run(self, seconds: float, master: int | None = None) -> Told:
        """With the process id of the service's `master`, workers are killed and renewed too."""
        for place in range(self._told.places):
            self._visit(place, "hours=384")
        before, over = _calls(self._upstreams), threading.Event()
        threads = [threading.Thread(target=self._come, args=(over,)) for _ in range(_VISITORS)]
        if master is not None:
            threads.append(threading.Thread(target=self._kill, args=(master, over)))
        for thread in threads:
            thread.start()
        began = time.monotonic()
        try:
            self._trouble(seconds)
        finally:
            over.set()
            for thread in threads:
                thread.join()
            self._upstreams.heal()
        self._told.seconds = time.monotonic() - began
        self._told.calls = _calls(self._upstreams) - before
        return self._told

    def _trouble(self, seconds: float) -> None:
        dice, end = random.Random(1), time.monotonic() + seconds
        while time.monotonic() < end:
            self._upstreams.heal()
            for provider in ("open-meteo", "met-norway", "air-quality"):
                fault = dice.choice([*_FAULTS, None, None])
                self._upstreams.fail(provider, fault or faults.latency(_LATENCY))
            time.sleep(_EVERY)
            self._clock.advance(_ADVANCE)
            self._told.steps += 1

    def _kill(self, master: int, over: threading.Event) -> None:
        while not over.wait(_KILLED_EVERY):
            if self._told.killed <= self._told.renewed:
                os.kill(children(master)[0], signal.SIGKILL)
                self._told.killed += 1
            else:
                os.kill(master, signal.SIGHUP)
                self._told.renewed += 1

    def _come(self, over: threading.Event) -> None:
        while not over.is_set():
            number = next(self._numbers)  # each address is asked for once
            self._visit(number % self._told.places, f"n={number}")

    def _visit(self, place: int, options: str) -> None:
        began, body = time.monotonic(), b""
        path = f"/{latitude(place)},8.5?format=json&units=metric&strict=1&{options}"
        try:
            with urlopen(Request(self._url + path), timeout=30) as answer:
                status, body = answer.status, answer.read()
        except HTTPError as error:
            error.close()
            status = error.code
        except (OSError, HTTPException):
            status = 0
        with self._guard:
            self._told.verdict.add(place, status, body, time.monotonic() - began)


def _calls(upstreams: Upstreams) -> int:
    return len(upstreams.calls("open-meteo")) + len(upstreams.calls("met-norway"))


def soaked(seconds: float, places: int) -> Told:
    """A service of its own, as by default."""
    with Upstreams() as upstreams, shifted(upstreams) as (url, master, clock):
        return Soak(url, upstreams, clock, places).run(seconds, master)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--places", type=int, default=20)
    options = parser.parse_args()
    told = soaked(60 * options.minutes, options.places)
    print("\n".join(told.lines()))
    verdict = told.verdict
    print(*verdict.wrong[:5], sep="\n", file=sys.stderr)
    return 1 if verdict.wrong or verdict.failed or verdict.broken > told.fair_breaks else 0


if __name__ == "__main__":
    sys.exit(main())
