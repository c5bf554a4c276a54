"""The adapters of the services that issue warnings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from simulator import Upstreams, faults
from tests.conftest import Clock
from tests.simulator.recordings import MISSING, SAMPLES
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Coordinates, Place
from weather.providers.bright_sky import BrightSky
from weather.providers.nws import NWS
from weather.upstream.client import Upstream

BERLIN = Place(Coordinates(52.52, 13.41), "Berlin", country_code="DE")
PHOENIX = Place(Coordinates(33.45, -112.07), "Phoenix", country_code="US")
OSLO = Place(Coordinates(59.91, 10.75), "Oslo", country_code="NO")


@pytest.fixture
def nws(upstreams: Upstreams) -> NWS:
    return NWS(Upstream("tests"), upstreams.url("nws"))


@pytest.fixture
def bright_sky(upstreams: Upstreams) -> BrightSky:
    return BrightSky(Upstream("tests"), upstreams.url("bright-sky"))


def test_a_warning_of_the_united_states(nws: NWS, clock: Clock) -> None:
    (alert,) = nws.alerts(PHOENIX.coordinates, Deadline(5))
    assert alert.texts[0].event == "Heat Advisory"
    assert alert.texts[0].language == "en"
    assert alert.severity == 2
    assert alert.ends_at
    assert alert.ends_at - clock() > timedelta(hours=30)


def test_a_warning_of_germany_has_both_languages(bright_sky: BrightSky) -> None:
    (alert,) = bright_sky.alerts(BERLIN.coordinates, Deadline(5))
    assert [(text.language, text.event) for text in alert.texts] == [
        ("de", "Frost"),
        ("en", "Frost"),
    ]
    assert alert.severity == 1


def test_a_point_abroad_has_no_warning(nws: NWS, bright_sky: BrightSky) -> None:
    assert nws.alerts(OSLO.coordinates, Deadline(5)) == ()
    assert bright_sky.alerts(OSLO.coordinates, Deadline(5)) == ()


@pytest.mark.parametrize("body", ["[]", "3", "{}", '{"features":3,"alerts":3}', "<html>"])
def test_an_unusable_response_is_an_error(
    nws: NWS, bright_sky: BrightSky, upstreams: Upstreams, body: str
) -> None:
    upstreams.fail("*", faults.text(body))
    for provider, place in ((nws, PHOENIX), (bright_sky, BERLIN)):
        with pytest.raises(UpstreamError):
            provider.alerts(place.coordinates, Deadline(5))


@pytest.mark.parametrize(
    "body", ['{"features":[3,{},{"properties":{"status":"Actual"}}],"alerts":[3,{}]}']
)
def test_a_warning_without_content_is_left_out(
    nws: NWS, bright_sky: BrightSky, upstreams: Upstreams, body: str
) -> None:
    upstreams.fail("*", faults.text(body))
    assert nws.alerts(PHOENIX.coordinates, Deadline(5)) == ()
    assert bright_sky.alerts(BERLIN.coordinates, Deadline(5)) == ()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=MISSING)
def test_recorded_responses(nws: NWS, bright_sky: BrightSky, upstreams: Upstreams) -> None:
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
