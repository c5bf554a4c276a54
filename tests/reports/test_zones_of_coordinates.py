"""The time zone of coordinates is that of their side of a border.

Reported of 38.88,-7.16 in Portugal, which had the zone of the nearest city, Badajoz in Spain,
and of the place of one request whose zone the next one got: 65.84,24.14 is Haparanda in Sweden,
next to Tornio in Finland. The borders are those of timezone-boundary-builder (OpenStreetMap).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from simulator import Upstreams, faults
from tests.conftest import Clock
from tests.forecasts.fakes import Forecaster, report
from weather.atlas import Atlas
from weather.cache.cache import Cache
from weather.core.models import Coordinates, Place
from weather.core.threads import ThreadPool
from weather.forecasts.service import ForecastService
from weather.stores.memory import Memory


@pytest.mark.parametrize(
    ("point", "zone"),
    [
        ("38.88,-7.16", "Europe/Lisbon"),
        ("65.84,24.14", "Europe/Stockholm"),
        ("65.85,24.20", "Europe/Helsinki"),
        ("-48.9,-123.4", "Etc/GMT+8"),
    ],
)
def test_a_forecast_without_a_time_zone_has_that_of_the_point(
    make_app: Callable[..., Flask], upstreams: Upstreams, point: str, zone: str
) -> None:
    upstreams.fail("open-meteo", faults.down())
    response = make_app().test_client().get(f"/{point}?format=json")
    assert json.loads(response.data)["place"]["timezone"] == zone


def test_places_of_a_cell_do_not_share_a_time_zone(clock: Clock) -> None:
    clock.moment = datetime(2026, 5, 15, 21, 30, tzinfo=UTC)
    point = Coordinates(65.84, 24.14)
    service = ForecastService(
        [Forecaster("one", clock)],
        None,
        None,
        Cache(Memory(), clock),
        clock,
        threads=ThreadPool(8, "fetch"),
        zone_at=Atlas().zone_at,
    )
    nearest = Place(point, "Tornio", timezone="Europe/Helsinki", distance=2)
    tornio = report(service, Place(point, "Tornio", timezone="Europe/Helsinki"))
    haparanda = report(service, Place(point, "Haparanda", timezone="Europe/Stockholm"))
    assert report(service, nearest).timezone == "Europe/Stockholm"
    assert (tornio.timezone, tornio.days[0].date.day) == ("Europe/Helsinki", 16)
    assert (haparanda.timezone, haparanda.days[0].date.day) == ("Europe/Stockholm", 15)


@pytest.mark.parametrize(
    ("at", "nearest", "expected"),
    [
        (None, "Europe/Berlin", "Etc/GMT-1"),  # at sea
        ("Europe/Zurich", "Europe/Berlin", "Europe/Zurich"),
        ("Mars/Base", "Europe/Berlin", "Europe/Berlin"),  # newer than the system's zones
        ("Mars/Base", None, "Etc/GMT-1"),
    ],
)
@pytest.mark.parametrize("provider_zone", [None, "Mars/Other"])
def test_a_zone_that_cannot_be_loaded_is_replaced(
    clock: Clock, provider_zone: str | None, at: str | None, nearest: str | None, expected: str
) -> None:
    service = ForecastService(
        [Forecaster("one", clock, provider_zone)],
        None,
        None,
        Cache(Memory(), clock),
        clock,
        threads=ThreadPool(8, "fetch"),
        zone_at=lambda point: at,
        nearest_zone=lambda point: nearest,
    )
    assert report(service, Place(Coordinates(47.37, 8.55))).timezone == expected


def test_openstreetmap_is_credited_where_its_borders_were_used(
    make_app: Callable[..., Flask], upstreams: Upstreams
) -> None:
    """The licence of the borders is ODbL 1.0, which requires it (4.3)."""
    credit = "© OpenStreetMap contributors"
    client = make_app().test_client()
    for view in ("html", "text", "json"):
        # Open-Meteo has a time zone for the point, and MET Norway has none.
        assert credit not in client.get(f"/38.88,-7.16?format={view}").text
    upstreams.fail("open-meteo", faults.down())
    for view in ("html", "text", "json"):
        used = make_app().test_client().get(f"/38.88,-7.16?format={view}")
        # Where the line is full, text has the name and the licence alone, which OSMF's guideline
        # on attribution accepts.
        expected = "OpenStreetMap (ODbL" if view == "text" else credit
        assert expected in used.get_data(as_text=True)
        assert credit not in client.get(f"/Lisbon?format={view}").text
    upstreams.fail("met-norway", faults.down())
    fallback = make_app().test_client().get("/38.88,-7.16?format=html").text
    assert "NO FORECAST" in fallback.upper()
    assert credit in fallback
