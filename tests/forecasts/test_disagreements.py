"""Where the providers disagree, and only by forecasts that the cache has."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from simulator import Upstreams
from tests import reports
from tests.conftest import Clock
from tests.forecasts.fakes import CREDIT, Forecaster, report, service
from weather.cache.cache import Cache
from weather.core.deadline import Deadline
from weather.core.models import (
    Astronomy,
    Conditions,
    Coordinates,
    Credit,
    Day,
    Disagreement,
    Forecast,
    Place,
)
from weather.core.models.disagreement import disagreements
from weather.stores.memory import Memory
from weather.views import json as json_view
from weather.views import prose
from weather.views.html.sections import shared_parts
from weather.views.options import ViewOptions

HERE = Place(Coordinates(47.37, 8.55), timezone="UTC")
OTHER = Credit("Other", "https://other.example/", "CC BY 4.0")
FRIDAY = date(2026, 5, 15)


def day(number: int = 0, high: float | None = 20.0, rain: float | None = 0.0) -> Day:
    return Day(
        FRIDAY + timedelta(days=number), Astronomy(), temperature_max=high, precipitation=rain
    )


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (day(), day(), False),
        (day(high=20), day(high=16.1), False),
        (day(high=20), day(high=16), True),
        (day(high=16), day(high=20), True),
        (day(rain=0.0), day(rain=0.9), False),
        (day(rain=0.0), day(rain=1.0), True),
        (day(rain=4.0), day(rain=0.09), True),
        (day(rain=4.0), day(rain=0.1), False),
        (day(rain=None), day(rain=9.0), False),
        (day(high=None), day(high=9.0), False),
        (day(), day(1, high=0), False),
    ],
)
def test_a_difference_of_four_degrees_or_of_rain_and_none(
    one: Day, other: Day, differ: bool
) -> None:
    found = list(disagreements([one], {other.date: other}, "other"))
    assert bool(found) == differ
    if found:
        assert found[0].temperature_max == other.temperature_max
        assert found[0].precipitation == other.precipitation


class Warmer(Forecaster):
    """Ten degrees more than the other one."""

    def forecast(
        self, where: Coordinates, previous: Forecast | None, deadline: Deadline
    ) -> Forecast:
        known = super().forecast(where, previous, deadline)
        hours = [
            Conditions(hour.valid_at, temperature=(hour.temperature or 0) + 10)
            for hour in known.hours
        ]
        return Forecast(self.name, (OTHER,), hours)


def test_a_forecast_in_the_cache_is_compared_and_none_is_fetched(clock: Clock) -> None:
    first, second = Forecaster("one", clock), Warmer("two", clock)
    weather = service(Cache(Memory(), clock), clock, first, second)
    assert report(weather, HERE).disagreements == ()
    assert second.calls == 0
    clock.advance(hours=2)
    first.is_down = True
    assert report(weather, HERE).provenance.provider == "two"
    first.is_down = False
    clock.advance(minutes=2)  # the failure is over, and the second forecast is fresh
    found = report(weather, HERE)
    assert found.provenance.provider == "one"
    assert [item.date for item in found.disagreements] == [
        day.date for day in found.days[1:] if day.temperature_max is not None
    ]
    assert {item.provider for item in found.disagreements} == {"two"}
    assert found.provenance.credits == (CREDIT, OTHER)
    assert second.calls == 1


def test_json_prose_and_page_say_it() -> None:
    item = Disagreement(reports.AT.date() + timedelta(days=1), "met-norway", -9.4, -12.0, 4.2, 61)
    case, options = reports.report(disagreements=(item,)), ViewOptions()
    body: dict[str, Any] = json.loads(json_view.render(case, options))
    assert body["disagreements"] == [
        {
            "date": "2026-05-16",
            "provider": "met-norway",
            "weather_code": 61,
            "temperature_max": -9.4,
            "temperature_min": -12.0,
            "precipitation": 4.2,
        }
    ]
    lines = prose.render(case, options).splitlines()
    at = lines.index("Another forecast: -9 °C, 4.2 mm.")
    assert lines[at - 1].startswith("Saturday 16 May:")
    assert "Another forecast<dd>−9 °C, 4.2 mm" in shared_parts(case, options).sections


def test_the_second_provider_is_not_called_for_a_comparison(
    client: Any, upstreams: Upstreams
) -> None:
    body = client.get("/api/v1/weather?q=Zurich").get_json()
    assert body["disagreements"] == []
    assert "met-norway" not in {call.provider for call in upstreams.calls()}
