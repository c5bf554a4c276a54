from __future__ import annotations

from simulator import Upstreams, faults
from tests.conftest import Clock
from tests.forecasts.fakes import report
from weather.core.models import Coordinates, Place
from weather.forecasts.service import ForecastService

SOMEWHERE = Place(Coordinates(47.37, 8.55), "Somewhere")


def test_a_report_is_made_without_the_air_quality_if_that_fails(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    upstreams.fail("air-quality", faults.down())
    for _ in range(3):
        assert report(weather, SOMEWHERE).air_quality is None
    assert len(upstreams.calls("air-quality")) == 2, "one try and its retry, not one a request"


def test_a_failing_air_quality_provider_is_called_every_five_minutes(
    weather: ForecastService, upstreams: Upstreams, clock: Clock
) -> None:
    upstreams.fail("air-quality", faults.down())
    for _ in range(12):
        report(weather, SOMEWHERE)
        clock.advance(minutes=1)
    assert len(upstreams.calls("air-quality")) == 3 * 2, "with one retry each"


def test_a_failure_does_not_replace_the_air_quality_of_the_last_hours(
    weather: ForecastService, upstreams: Upstreams, clock: Clock
) -> None:
    before = report(weather, SOMEWHERE).air_quality
    assert before
    upstreams.fail("air-quality", faults.down())
    clock.advance(hours=2)
    for _ in range(3):
        assert report(weather, SOMEWHERE).air_quality == before
        clock.advance(minutes=2)
    clock.moment = before.valid_at
    clock.advance(hours=3)
    assert report(weather, SOMEWHERE).air_quality is None
