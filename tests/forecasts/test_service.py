from __future__ import annotations

from simulator import Upstreams
from tests.conftest import Clock
from tests.forecasts.fakes import report
from weather.core.models import Coordinates, Place
from weather.forecasts.service import ForecastService

SOMEWHERE = Place(Coordinates(47.37, 8.55), "Somewhere")


def test_a_report(weather: ForecastService, clock: Clock) -> None:
    made = report(weather, SOMEWHERE)
    assert made.timezone == "Europe/Zurich"
    assert len(made.days) == 16
    assert made.days[0].date.isoformat() == "2026-05-15"
    assert made.hours[0].valid_at <= clock() < made.hours[1].valid_at
    assert [hour.valid_at.hour for hour in made.earlier] == [22, 23, *range(8)]
    assert made.air_quality
    assert made.current.is_day
    assert (made.provenance.provider, made.provenance.stale) == ("open-meteo", False)


def test_a_thousand_requests_for_ten_places_fetch_ten_forecasts(
    weather: ForecastService, upstreams: Upstreams
) -> None:
    for number in range(1000):
        # Visitors to one place stand some metres apart.
        point = Coordinates(40 + number % 10, 8.5 + (number % 7) / 10_000)
        report(weather, Place(point, "Somewhere"))
    names = ("open-meteo", "met-norway", "air-quality")
    assert [len(upstreams.calls(name)) for name in names] == [10, 0, 10]
