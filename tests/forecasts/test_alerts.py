"""Warnings: the adapters, and when they are asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from simulator import Upstreams, faults
from tests.conftest import Clock
from tests.simulator.recordings import MISSING, SAMPLES
from weather.cache.cache import Cache
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Coordinates, Place
from weather.forecasts.alerts import Alerts
from weather.providers.bright_sky import BrightSky
from weather.providers.nws import NWS
from weather.stores.memory import Memory
from weather.upstream.client import Upstream

BERLIN = Place(Coordinates(52.52, 13.41), "Berlin", country_code="DE")
COLOGNE = Place(Coordinates(50.93, 6.95), "Cologne", country_code="DE")
PHOENIX = Place(Coordinates(33.45, -112.07), "Phoenix", country_code="US")
BOSTON = Place(Coordinates(42.36, -71.06))
OSLO = Place(Coordinates(59.91, 10.75), "Oslo", country_code="NO")


@pytest.fixture
def nws(upstreams: Upstreams) -> NWS:
    return NWS(Upstream("tests"), upstreams.url("nws"))


@pytest.fixture
def bright_sky(upstreams: Upstreams) -> BrightSky:
    return BrightSky(Upstream("tests"), upstreams.url("bright-sky"))


@pytest.fixture
def alerts(nws: NWS, bright_sky: BrightSky, clock: Clock) -> Alerts:
    return Alerts([nws, bright_sky], Cache(Memory(), clock), clock)


def told(alerts: Alerts, place: Place) -> list[str]:
    deadline = Deadline(5)
    found = alerts.collect(alerts.start(place, deadline), deadline)
    return [alert.texts[0].event for alert in found]


def test_a_warning_of_the_united_states(nws: NWS, clock: Clock) -> None:
    (alert,) = nws.alerts(PHOENIX.coordinates, Deadline(5))
    assert alert.texts[0].event == "Heat Advisory"
    assert alert.texts[0].language == "en"
    assert alert.severity == 2
    assert alert.ends_at
    assert alert.ends_at - clock() > timedelta(hours=30)


def test_a_warning_of_germany_in_both_languages(bright_sky: BrightSky) -> None:
    (alert,) = bright_sky.alerts(BERLIN.coordinates, Deadline(5))
    assert [(each.language, each.event) for each in alert.texts] == [
        ("de", "Frost"),
        ("en", "Frost"),
    ]
    assert alert.severity == 1


@pytest.mark.parametrize(
    ("place", "by"), [(PHOENIX, "nws"), (BOSTON, "nws"), (BERLIN, "bright-sky"), (OSLO, None)]
)
def test_only_who_covers_a_place_is_asked(
    alerts: Alerts, upstreams: Upstreams, place: Place, by: str | None
) -> None:
    told(alerts, place)
    assert [call.provider for call in upstreams.calls()] == ([by] if by else [])


def test_no_warning_and_a_point_abroad(alerts: Alerts, nws: NWS, bright_sky: BrightSky) -> None:
    assert told(alerts, COLOGNE) == []
    assert nws.alerts(OSLO.coordinates, Deadline(5)) == ()
    assert bright_sky.alerts(OSLO.coordinates, Deadline(5)) == ()


def test_warnings_are_kept_for_minutes_and_end(
    alerts: Alerts, upstreams: Upstreams, clock: Clock
) -> None:
    assert told(alerts, BERLIN) == told(alerts, BERLIN) == ["Frost"]
    assert len(upstreams.calls("bright-sky")) == 1
    upstreams.fail("*", faults.down())
    clock.advance(minutes=6)
    assert told(alerts, BERLIN) == ["Frost"], "an outage calls off no warning"
    clock.advance(hours=9)
    assert told(alerts, BERLIN) == []


def test_an_outage_is_no_warning_and_no_error(alerts: Alerts, upstreams: Upstreams) -> None:
    upstreams.fail("*", faults.down())
    assert told(alerts, PHOENIX) == []


@pytest.mark.parametrize("body", ["[]", "3", "{}", '{"features":3,"alerts":3}', "<html>"])
def test_unusable_answers(nws: NWS, bright_sky: BrightSky, upstreams: Upstreams, body: str) -> None:
    upstreams.fail("*", faults.text(body))
    for provider, place in ((nws, PHOENIX), (bright_sky, BERLIN)):
        with pytest.raises(UpstreamError):
            provider.alerts(place.coordinates, Deadline(5))


@pytest.mark.parametrize(
    "body", ['{"features":[3,{},{"properties":{"status":"Actual"}}],"alerts":[3,{}]}']
)
def test_what_tells_nothing_is_left_out(
    nws: NWS, bright_sky: BrightSky, upstreams: Upstreams, body: str
) -> None:
    upstreams.fail("*", faults.text(body))
    assert nws.alerts(PHOENIX.coordinates, Deadline(5)) == ()
    assert bright_sky.alerts(BERLIN.coordinates, Deadline(5)) == ()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=MISSING)
def test_recorded_answers(nws: NWS, bright_sky: BrightSky, upstreams: Upstreams) -> None:
    upstreams.fail("*", faults.text((SAMPLES / "nws_alerts_reduced.json").read_text()))
    (heat,) = nws.alerts(PHOENIX.coordinates, Deadline(5))
    assert heat.texts[0].event == "Heat Advisory", "and not the test of a tsunami warning"
    assert heat.ends_at == datetime(2026, 3, 26, 0, tzinfo=UTC)
    upstreams.fail("*", faults.text((SAMPLES / "nws_alerts_none.json").read_text()))
    assert nws.alerts(PHOENIX.coordinates, Deadline(5)) == ()
    upstreams.fail("*", faults.text((SAMPLES / "brightsky_alerts_berlin.json").read_text()))
    (frost,) = bright_sky.alerts(BERLIN.coordinates, Deadline(5))
    assert frost.texts[1].headline == "Official WARNING of FROST"
    assert frost.starts_at == datetime(2026, 3, 7, tzinfo=UTC)
