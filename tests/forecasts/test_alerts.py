"""Which provider is called for warnings, and how long a warning is served."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from simulator import Upstreams, faults
from simulator.faults import Fault
from tests.conftest import Clock
from weather.cache.cache import Cache
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamUnavailable
from weather.core.models import Alert, AlertText, Coordinates, Credit, Place
from weather.forecasts.alerts import Alerts
from weather.providers.bright_sky import BrightSky
from weather.providers.nws import NWS
from weather.stores.base import Store
from weather.stores.memory import Memory
from weather.upstream.client import Upstream

BERLIN = Place(Coordinates(52.52, 13.41), "Berlin", country_code="DE")
COLOGNE = Place(Coordinates(50.93, 6.95), "Cologne", country_code="DE")
PHOENIX = Place(Coordinates(33.45, -112.07), "Phoenix", country_code="US")
BOSTON = Place(Coordinates(42.36, -71.06))
OSLO = Place(Coordinates(59.91, 10.75), "Oslo", country_code="NO")


@pytest.fixture
def alerts(upstreams: Upstreams, clock: Clock) -> Alerts:
    nws = NWS(Upstream("tests"), upstreams.url("nws"))
    bright_sky = BrightSky(Upstream("tests"), upstreams.url("bright-sky"))
    return Alerts([nws, bright_sky], Cache(Memory(), clock), clock)


def events(alerts: Alerts, place: Place) -> list[str]:
    deadline = Deadline(5)
    in_force = alerts.collect(alerts.start(place, deadline), deadline)
    return [alert.texts[0].event for alert in in_force.alerts]


@pytest.mark.parametrize(
    ("place", "provider"),
    [(PHOENIX, "nws"), (BOSTON, "nws"), (BERLIN, "bright-sky"), (OSLO, None)],
)
def test_only_the_provider_that_covers_a_place_is_called(
    alerts: Alerts, upstreams: Upstreams, place: Place, provider: str | None
) -> None:
    events(alerts, place)
    assert [call.provider for call in upstreams.calls()] == ([provider] if provider else [])


def test_a_place_without_a_warning(alerts: Alerts) -> None:
    assert events(alerts, COLOGNE) == []


def test_warnings_are_cached_for_minutes_survive_an_outage_and_end(
    alerts: Alerts, upstreams: Upstreams, clock: Clock
) -> None:
    assert events(alerts, BERLIN) == events(alerts, BERLIN) == ["Frost"]
    assert len(upstreams.calls("bright-sky")) == 1
    upstreams.fail("*", faults.down())
    clock.advance(minutes=6)
    assert events(alerts, BERLIN) == ["Frost"], "an outage ends no warning"
    clock.advance(hours=9)
    assert events(alerts, BERLIN) == []


@pytest.mark.parametrize("fault", [faults.timeout(), faults.latency(30), faults.down()])
def test_a_slow_provider_ends_no_warning(
    alerts: Alerts, upstreams: Upstreams, clock: Clock, fault: Fault
) -> None:
    assert events(alerts, BERLIN) == ["Frost"]
    clock.advance(minutes=6)
    upstreams.fail("*", fault)
    for _ in range(2):
        deadline = Deadline(0.4)
        collected = alerts.collect(alerts.start(BERLIN, deadline), deadline)
        assert [alert.texts[0].event for alert in collected.alerts] == ["Frost"]
        assert not collected.complete


def test_an_outage_is_neither_a_warning_nor_an_error(alerts: Alerts, upstreams: Upstreams) -> None:
    upstreams.fail("*", faults.down())
    assert events(alerts, PHOENIX) == []


class Issuer:
    """Issues its warnings, or fails, and counts its calls."""

    name = "issuer"

    def __init__(self) -> None:
        self.alerts_in_force: tuple[Alert, ...] = ()
        self.is_down = False
        self.calls = 0

    def covers(self, place: Place) -> bool:
        return True

    def alerts(self, where: Coordinates, deadline: Deadline) -> tuple[Alert, ...]:
        self.calls += 1
        if self.is_down:
            raise UpstreamUnavailable("down")
        return self.alerts_in_force


def warning(event: str, ends_at: datetime | None, severity: int = 1) -> Alert:
    credit = Credit("Example", "https://weather.example/", "CC BY 4.0")
    return Alert((AlertText("en", event),), credit, severity, None, ends_at)


class Forgetful(Memory):
    """As the shared stores, which drop a value when its time is up by the tests' clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.until: dict[str, datetime] = {}

    def get(self, key: str) -> bytes | None:
        if self.until.get(key, self.clock()) <= self.clock():
            return None
        return super().get(key)

    def set(self, key: str, value: bytes, timeout: object = 300) -> bool:
        self.until[key] = self.clock() + timedelta(seconds=float(str(timeout)))
        return super().set(key, value, 10**6)


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def store(clock: Clock) -> Store:
    return Forgetful(clock)


def worker(issuer: Issuer, store: Store, clock: Clock) -> Alerts:
    """The warnings as one more worker process sees them."""
    return Alerts([issuer], Cache(store, clock), clock)


def test_a_warning_in_force_survives_an_outage_in_all_workers(
    issuer: Issuer, store: Store, clock: Clock
) -> None:
    issuer.alerts_in_force = (warning("Flood", clock() + timedelta(hours=20)),)
    first, second = worker(issuer, store, clock), worker(issuer, store, clock)
    assert events(first, BERLIN) == ["Flood"]
    issuer.is_down = True
    clock.advance(hours=2)
    for alerts in (second, first, worker(issuer, store, clock)):
        assert events(alerts, BERLIN) == ["Flood"]
    clock.advance(hours=17)
    assert events(worker(issuer, store, clock), BERLIN) == ["Flood"]
    clock.advance(hours=1)
    for alerts in (first, second, worker(issuer, store, clock)):
        assert events(alerts, BERLIN) == []


def test_a_worker_that_knows_no_warning_leaves_those_of_the_others(
    issuer: Issuer, store: Store, clock: Clock
) -> None:
    """The store has lost the entry; the worker that still holds it goes on to show it."""
    issuer.alerts_in_force = (warning("Flood", clock() + timedelta(hours=20)),)
    first = worker(issuer, store, clock)
    assert events(first, BERLIN) == ["Flood"]
    assert isinstance(store, Forgetful)
    store.until.clear()
    issuer.is_down = True
    clock.advance(minutes=6)
    assert events(worker(issuer, store, clock), BERLIN) == []
    assert events(first, BERLIN) == ["Flood"]


def test_a_failing_provider_is_called_every_five_minutes_by_all_workers_together(
    issuer: Issuer, store: Store, clock: Clock
) -> None:
    issuer.alerts_in_force = (warning("Flood", clock() + timedelta(hours=20)),)
    workers = [worker(issuer, store, clock) for _ in range(3)]
    events(workers[0], BERLIN)
    issuer.is_down = True
    clock.advance(minutes=6)
    issuer.calls = 0
    for _ in range(12):
        assert [events(alerts, BERLIN) for alerts in workers] == [["Flood"]] * 3
        clock.advance(minutes=1)
    assert issuer.calls == 3


def test_a_failing_provider_without_warnings_is_called_every_five_minutes(
    issuer: Issuer, store: Store, clock: Clock
) -> None:
    issuer.is_down = True
    workers = [worker(issuer, store, clock) for _ in range(3)]
    for _ in range(12):
        assert [events(alerts, BERLIN) for alerts in workers] == [[]] * 3
        clock.advance(minutes=1)
    assert issuer.calls == 3


def test_a_new_warning_is_shown_to_the_first_request_after_five_minutes(
    issuer: Issuer, store: Store, clock: Clock
) -> None:
    issuer.alerts_in_force = (warning("Flood", clock() + timedelta(hours=20)),)
    alerts = worker(issuer, store, clock)
    assert events(alerts, BERLIN) == ["Flood"]
    issuer.alerts_in_force += (warning("Storm", clock() + timedelta(hours=20), severity=4),)
    clock.advance(minutes=5)
    assert events(alerts, BERLIN) == ["Storm", "Flood"], "the most severe first"


def test_a_withdrawn_warning_is_not_shown_after_five_minutes(
    issuer: Issuer, store: Store, clock: Clock
) -> None:
    issuer.alerts_in_force = (warning("Flood", clock() + timedelta(hours=20)),)
    alerts = worker(issuer, store, clock)
    assert events(alerts, BERLIN) == ["Flood"]
    issuer.alerts_in_force = ()
    clock.advance(minutes=5)
    assert events(alerts, BERLIN) == []


def test_a_warning_of_unknown_end_survives_an_outage_for_a_day(
    issuer: Issuer, store: Store, clock: Clock
) -> None:
    issuer.alerts_in_force = (warning("Heat", None),)
    alerts = worker(issuer, store, clock)
    assert events(alerts, BERLIN) == ["Heat"]
    issuer.is_down = True
    clock.advance(hours=23)
    assert events(alerts, BERLIN) == ["Heat"]
    clock.advance(hours=1)
    assert events(alerts, BERLIN) == []
