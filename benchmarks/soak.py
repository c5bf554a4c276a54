"""Load under changing faults of the providers, with workers replaced and killed: counts wrong
responses, errors and upstream calls. The clock runs fast, so that forecasts expire.

    python -m benchmarks.soak [--minutes 5] [--places 20]

Prints Markdown; the exit status is 1 if a response was wrong or an error.
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
_STEP = 2.0  # seconds between changes of the faults
_OUTAGE = 4  # steps; in the last of them no provider answers, so that the short form has outages
_ADVANCE = timedelta(minutes=5)  # of the clock, in every step
_KILL_INTERVAL = 15.0  # seconds; then one worker is killed or all are replaced
_LATENCY = 0.05  # seconds, of a provider without a fault
_ATTEMPTS = 2  # of every call
_FAULTS: tuple[Fault, ...] = (
    *(faults.down(), faults.reset_peer(), faults.timeout(), faults.latency(1.0)),
    *(faults.bandwidth(2000), faults.slicer(), faults.slow_close(), faults.limit_data(500)),
    *(faults.status(500), faults.overloaded(), faults.redirect(), faults.html_200()),
    *(faults.invalid_json(), faults.huge(), faults.empty(), faults.nulls(), faults.drip_headers()),
    *(faults.missing_hour(), faults.late_start(), faults.half_last_day(), faults.implausible()),
    *(faults.invalid_timezone(), faults.old_current(), faults.no_height()),
)


@dataclass
class SoakResult:
    places: int
    verdict: Verdict = field(default_factory=Verdict)
    seconds: float = 0.0
    steps: int = 0  # changes of the faults and the clock
    calls: int = 0
    killed: int = 0
    replaced: int = 0

    @property
    def max_calls(self) -> int:
        """Every place may cost, in every step, all attempts at both providers."""
        return self.places * 2 * _ATTEMPTS * self.steps

    @property
    def max_broken(self) -> int:
        """A killed worker may break the connections of all visitors."""
        return self.killed * _VISITORS

    def lines(self) -> Iterator[str]:
        """A Markdown table."""
        hours = self.steps * _ADVANCE / timedelta(hours=1)
        yield f"\n| soak of {self.seconds:.0f} s in which the clock runs {hours:.1f} h | |"
        yield "|---|---:|"
        yield f"| places | {self.places} |"
        yield from self.verdict.lines()
        yield f"| workers killed, and all renewed | {self.killed} and {self.replaced} times |"
        yield f"| connections that broke | {self.verdict.broken} (at most {self.max_broken}) |"
        yield f"| forecast calls, both providers | {self.calls} (at most {self.max_calls}) |"


class Soak:
    """Visits to places that were all visited once before the first fault."""

    def __init__(self, url: str, upstreams: Upstreams, clock: Clock, places: int) -> None:
        self._url, self._upstreams, self._clock = url, upstreams, clock
        self._result = SoakResult(places)
        self._numbers = itertools.count()
        self._guard = threading.Lock()

    def run(self, seconds: float, master: int | None = None, *, visits: int = 1) -> SoakResult:
        """Runs for a time and until there are so many `visits`. With the process id of the
        service's `master`, workers are killed and replaced too."""
        for place in range(self._result.places):
            self._visit(place, "hours=384")
        before, end = _calls(self._upstreams), threading.Event()
        threads = [threading.Thread(target=self._visitor, args=(end,)) for _ in range(_VISITORS)]
        if master is not None:
            threads.append(threading.Thread(target=self._kill, args=(master, end)))
        for thread in threads:
            thread.start()
        start = time.monotonic()
        try:
            self._change_faults(seconds, visits)
        finally:
            end.set()
            for thread in threads:
                thread.join()
            self._upstreams.heal()
        self._result.seconds = time.monotonic() - start
        self._result.calls = _calls(self._upstreams) - before
        return self._result

    def _change_faults(self, seconds: float, visits: int) -> None:
        random_faults, end = random.Random(1), time.monotonic() + seconds
        while time.monotonic() < end or len(self._result.verdict.seconds) < visits:
            self._upstreams.heal()
            for provider in ("open-meteo", "met-norway", "air-quality"):
                fault = random_faults.choice([*_FAULTS, None, None])
                if self._result.steps % _OUTAGE == _OUTAGE - 1:
                    fault = faults.down()
                self._upstreams.fail(provider, fault or faults.latency(_LATENCY))
            time.sleep(_STEP)
            self._clock.advance(_ADVANCE)
            self._result.steps += 1

    def _kill(self, master: int, end: threading.Event) -> None:
        while not end.wait(_KILL_INTERVAL):
            if self._result.killed <= self._result.replaced:
                os.kill(children(master)[0], signal.SIGKILL)
                self._result.killed += 1
            else:
                os.kill(master, signal.SIGHUP)
                self._result.replaced += 1

    def _visitor(self, end: threading.Event) -> None:
        while not end.is_set():
            number = next(self._numbers)  # every URL is requested once
            self._visit(number % self._result.places, f"n={number}")

    def _visit(self, place: int, options: str) -> None:
        start, body = time.monotonic(), b""
        path = f"/{latitude(place)},8.5?format=json&units=metric&strict=1&{options}"
        try:
            with urlopen(Request(self._url + path), timeout=60) as response:
                status, body = response.status, response.read()
        except HTTPError as error:
            error.close()
            status = error.code
        except (OSError, HTTPException):
            status = 0
        with self._guard:
            self._result.verdict.add(place, status, body, time.monotonic() - start)


def _calls(upstreams: Upstreams) -> int:
    return len(upstreams.calls("open-meteo")) + len(upstreams.calls("met-norway"))


def run_default_service(seconds: float, places: int) -> SoakResult:
    """A soak of a service with default settings."""
    with Upstreams() as upstreams, shifted(upstreams) as (url, master, clock):
        return Soak(url, upstreams, clock, places).run(seconds, master)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--places", type=int, default=20)
    options = parser.parse_args()
    result = run_default_service(60 * options.minutes, options.places)
    print("\n".join(result.lines()))
    verdict = result.verdict
    print(*verdict.wrong[:5], sep="\n", file=sys.stderr)
    return 1 if verdict.wrong or verdict.failed or verdict.broken > result.max_broken else 0


if __name__ == "__main__":
    sys.exit(main())
