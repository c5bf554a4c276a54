"""Unusable responses of every kind from every provider, in a random order.

    python -m tests.attack.hostile_upstream --seed 7 --seconds 600

For each kind some providers fail in that way, and some pages are requested: an answer comes in
time, in the representation that was requested, and never with status 500; a place is never another
place. Once the fault is over, the weather comes back.
"""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient

from simulator import Upstreams
from tests.attack.command import Run, main
from tests.attack.garbage import GARBAGE
from tests.faults.visitors import slack
from weather import create_app
from weather.settings import Settings

DEADLINE = 2.0  # seconds
ALLOWED = frozenset({200, 404, 502, 503, 504})
SETS = (
    ("open-meteo", "met-norway"),
    ("geocoding", "air-quality"),
    ("nws", "bright-sky", "environment-canada"),
    ("ipwhois", "geojs"),
    ("*",),
)
PATHS = ("/48.1,8.1", "/Zermatt", "/38.9,-77.0", "/52.5,13.4", "/45.4,-75.7", "/")
KINDS = {"json": "json", "text": "text/plain", "html": "text/html", "3": "text/plain"}


class Clock:
    """The clock of service and providers, which passes the pauses of breakers and quotas."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 5, 15, 8, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


def attack(run: Run) -> None:
    """All kinds, again and again."""
    kinds: list[str] = []
    while run.next_round():
        kinds = kinds or run.chance.sample(sorted(GARBAGE), len(GARBAGE))
        name = kinds.pop()
        with tracebacks() as log:
            look_at(run, name)
        if "Traceback" in (text := log.getvalue()):
            run.fail(f"{name}: a traceback in the log: {text[-900:]}")


def look_at(run: Run, name: str) -> None:
    clock = Clock()
    with Upstreams() as upstreams:
        upstreams.now = clock
        environment = {**upstreams.environment(), "CACHE_URL": "memory", "RATE_LIMIT": "0"}
        settings = Settings.from_environment(environment | {"DEADLINE": str(DEADLINE)})
        client = create_app(settings, now=clock).test_client()
        failing = run.chance.choice(SETS)
        for provider in failing:
            upstreams.fail(provider, GARBAGE[name])
        run.counts["kinds"] += 1
        for path in run.chance.sample(PATHS, 2):
            view = run.chance.choice(sorted(KINDS))
            for problem in _problems(client, path, view):
                run.fail(f"{name} of {failing}: {path} as {view}: {problem}")
            run.counts["answers"] += 1
        upstreams.heal()
        if not recovers(client, clock):
            run.fail(f"{name} of {failing}: the weather did not come back")


def _problems(client: FlaskClient, path: str, view: str) -> list[str]:
    start = time.monotonic()
    response = client.get(f"{path}?format={view}")
    seconds = time.monotonic() - start
    found = []
    if response.status_code not in ALLOWED:
        found.append(f"status {response.status_code}: {response.text[:200]}")
    if seconds > DEADLINE + slack():
        found.append(f"{seconds:.1f} s")
    if KINDS[view] not in (response.mimetype or ""):
        found.append(f"{response.mimetype}")
    if "127.0.0.1" in response.text or "Traceback" in response.text:
        found.append("the inside of the program")
    return found


def recovers(client: FlaskClient, clock: Clock) -> bool:
    """After a day, when all pauses are over, and the time that calls in flight may take."""
    end = time.monotonic() + 60
    clock.moment += timedelta(days=1)
    number = 0
    while time.monotonic() < end:
        number += 1
        response = client.get(f"/48.1,8.1?format=json&strict=1&n={number}")
        if response.status_code == 200 and not response.get_json()["provenance"]["stale"]:
            return True
        clock.moment += timedelta(minutes=1)
        time.sleep(0.01)
    return False


@contextmanager
def tracebacks() -> Iterator[io.StringIO]:
    """What is logged meanwhile."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    # As in the service, where the library's lines, which have URLs, are left out.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    try:
        yield log
    finally:
        logging.getLogger().removeHandler(handler)


if __name__ == "__main__":
    main(attack, __doc__)
