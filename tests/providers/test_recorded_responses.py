"""Recordings of the real services, read by the adapters over a real socket."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

import pytest

from simulator import Upstreams, faults
from tests.simulator.recordings import MISSING, SAMPLES
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, UpstreamUnavailable
from weather.core.models import Coordinates
from weather.providers.geojs import GeoJS
from weather.providers.ipwhois import IPWhois
from weather.providers.met_norway import METNorway
from weather.providers.open_meteo import OpenMeteo
from weather.providers.open_meteo_air_quality import OpenMeteoAirQuality
from weather.providers.open_meteo_geocoding import OpenMeteoGeocoder
from weather.upstream.client import Upstream

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=MISSING)

SOMEWHERE = Coordinates(1, 2)
UPSTREAM = Upstream("weather-tests/1 (tests@example.org)")


def recorded(name: str) -> str:
    return (SAMPLES / name).read_text()


def in_unixtime(text: str) -> str:
    """A recording that was made with local times, as one made with timeformat=unixtime."""
    payload = json.loads(text)
    offset: int = payload["utc_offset_seconds"]

    def seconds(time: str) -> int:
        return int(datetime.fromisoformat(time).replace(tzinfo=UTC).timestamp()) - offset

    for section in ("current", "hourly"):
        times = payload.get(section, {}).get("time")
        if times:
            found = [seconds(t) for t in times] if isinstance(times, list) else seconds(times)
            payload[section]["time"] = found
    return json.dumps(payload)


@pytest.fixture
def replay(upstreams: Upstreams) -> Callable[..., Upstreams]:
    def replay(text: str, status: int = 200) -> Upstreams:
        upstreams.fail("*", faults.status(status, text) if status != 200 else faults.text(text))
        return upstreams

    return replay


@pytest.mark.parametrize(
    ("name", "hours", "zone"),
    [
        ("openmeteo_forecast_los_angeles_unixtime.json", 48, "America/Los_Angeles"),
        ("openmeteo_forecast_toronto_imperial.json", 192, "America/Toronto"),
    ],
)
def test_open_meteo(replay: Any, name: str, hours: int, zone: str) -> None:
    text = recorded(name)
    url = replay(text if "unixtime" in name else in_unixtime(text)).url("open-meteo")
    forecast = OpenMeteo(UPSTREAM, url).forecast(SOMEWHERE, None, Deadline(5))
    assert (len(forecast.hours), forecast.timezone) == (hours, zone)
    assert forecast.hours[0].temperature is not None
    assert forecast.current


def test_hours_over_a_clock_change_are_evenly_spaced(replay: Any) -> None:
    url = replay(in_unixtime(recorded("openmeteo_forecast_toronto_imperial.json")))
    forecast = OpenMeteo(UPSTREAM, url.url("open-meteo")).forecast(SOMEWHERE, None, Deadline(5))
    lengths = {
        (after.valid_at - before.valid_at).total_seconds()
        for before, after in zip(forecast.hours, forecast.hours[1:], strict=False)
    }
    assert lengths == {3600.0}


@pytest.mark.parametrize(
    "name",
    [
        "openmeteo_not_covered_nan.txt",
        "openmeteo_forecast_no_variables.json",
        "openmeteo_forecast_multi_location.json",
        "openmeteo_forecast_paris_daily.json",
        "openmeteo_forecast_berlin_minutely15_gmt.json",  # codes alone
    ],
)
def test_open_meteo_without_a_forecast(replay: Any, name: str) -> None:
    url = replay(recorded(name)).url("open-meteo")
    with pytest.raises(UpstreamError):
        OpenMeteo(UPSTREAM, url).forecast(SOMEWHERE, None, Deadline(5))


def test_errors(replay: Any) -> None:
    for error in json.loads(recorded("openmeteo_errors.json")):
        url = replay(json.dumps(error["body"]), error["status"]).url("open-meteo")
        expected = UpstreamUnavailable if error["status"] in {429, 503} else UpstreamError
        with pytest.raises(expected):
            OpenMeteo(UPSTREAM, url).forecast(SOMEWHERE, None, Deadline(5))


def test_air_quality(replay: Any) -> None:
    text = in_unixtime(recorded("openmeteo_air_quality_enschede_all_variables.json"))
    air = OpenMeteoAirQuality(UPSTREAM, replay(text).url("air-quality"))
    found = air.air_quality(SOMEWHERE, Deadline(5))
    assert found.european_aqi is not None
    assert found.birch_pollen is not None


@pytest.mark.parametrize("name", ["london_complete", "newyork_compact", "beijing_compact"])
def test_met_norway(replay: Any, name: str) -> None:
    url = replay(recorded(f"metno_{name}.json")).url("met-norway")
    forecast = METNorway(UPSTREAM, url).forecast(SOMEWHERE, None, Deadline(5))
    assert len(forecast.hours) == 212
    assert all(hour.temperature is not None for hour in forecast.hours)
    assert all(hour.weather_code is not None for hour in forecast.hours[:-1])
    # The sums of the steps are those of the hours.
    steps = json.loads(recorded(f"metno_{name}.json"))["properties"]["timeseries"]
    fallen = 0.0
    for step in steps[:-1]:
        ahead = step["data"].get("next_1_hours") or step["data"].get("next_6_hours")
        fallen += ahead["details"]["precipitation_amount"]
    total = sum(hour.precipitation or 0 for hour in forecast.hours)
    assert total == pytest.approx(fallen, rel=0.05, abs=0.2)


@pytest.mark.parametrize(
    ("name", "first", "count"),
    [
        ("openmeteo_geocoding_enschede.json", "Enschede", 2),
        ("openmeteo_geocoding_hollywood.json", "Hollywood", 10),
        ("openmeteo_geocoding_hollywood_count20.json", "Hollywood", 20),
        ("openmeteo_geocoding_missing_fields.json", "Antarctica", 3),
        ("openmeteo_geocoding_los_angeles.json", "Los Angeles", 1),
        ("openmeteo_geocoding_no_match.json", None, 0),
    ],
)
def test_geocoding(replay: Any, name: str, first: str | None, count: int) -> None:
    url = replay(recorded(name)).url("geocoding")
    found = OpenMeteoGeocoder(UPSTREAM, url).search("any", (), "en", Deadline(5))
    assert len(found) >= count
    assert first is None or found[0].name == first


def test_ip_services(replay: Any) -> None:
    known: dict[str, tuple[type[IPWhois | GeoJS], str]] = {
        "ipwho.is": (IPWhois, "ipwhois"),
        "get.geojs.io": (GeoJS, "geojs"),
    }
    seen = 0
    for recording in json.loads(recorded("ip_geolocation_recordings.json")):
        if recording["provider"] not in known or "fields=" in recording["url"]:
            continue
        service, name = known[recording["provider"]]
        body = recording["body"]
        address = ip_address(body.get("ip", "8.8.8.8"))
        url = replay(json.dumps(body), recording["status"]).url(name)
        place = service(UPSTREAM, url).locate(address, Deadline(5))
        assert (place is not None) == ("city" in body)
        seen += 1
    assert seen >= 5
