"""The contract of test_recordings.py for MET Norway, the IP services and the warnings."""

import csv
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from simulator.parade import KALEIDOSCOPE, STATES
from simulator.server import Upstreams
from tests.simulator.client import get
from tests.simulator.recordings import (
    MISSING,
    SAMPLES,
    conforms,
    decimals,
    kinds,
    recorded,
    text,
    written,
)

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=MISSING)
MET = "/weatherapi/locationforecast/2.0/"


@pytest.mark.parametrize("name", ["newyork_compact", "beijing_compact", "london_complete"])
def test_a_locationforecast_has_the_format_of_its_recording(
    upstreams: Upstreams, name: str
) -> None:
    upstreams.now = lambda: datetime(2020, 7, 20, 11, 44, 31, tzinfo=UTC)
    raw = text(f"metno_{name}.json")
    lon, lat, height = written(raw)["geometry"]["coordinates"]
    product = name.partition("_")[2]
    path = f"{MET}{product}?lat={lat}&lon={lon}&altitude={height}"
    answer = get(upstreams, "met-norway", path)
    ours, theirs = written(answer.text), written(raw)
    assert ours["geometry"] == theirs["geometry"]
    assert list(ours) == list(theirs)
    units, known = (body["properties"]["meta"]["units"] for body in (ours, theirs))
    assert known.items() <= units.items()
    assert list(units) == sorted(units)
    steps, others = (body["properties"]["timeseries"] for body in (ours, theirs))
    assert steps[0]["time"] == others[0]["time"]
    for step, other in ((steps[0], others[0]), (steps[-3], others[-3]), (steps[-1], others[-1])):
        compare_steps(step["data"], other["data"], exact=product == "compact")


def compare_steps(ours: dict[str, Any], theirs: dict[str, Any], *, exact: bool) -> None:
    """Since 2020 `complete` has gusts and probabilities too; `compact` has not changed."""
    assert list(ours) == list(theirs)
    for period, part in theirs.items():
        assert list(ours[period]) == list(part)
        values, known = ours[period].get("details", {}), part.get("details", {})
        assert known.keys() == values.keys() if exact else known.keys() <= values.keys()
        assert all(decimals(value) == {1} for value in (*values.values(), *known.values()))


def test_a_locationforecast_has_the_headers_of_its_recording(upstreams: Upstreams) -> None:
    theirs = recorded("metno_london_complete.headers.json")["headers"]
    ours = get(upstreams, "met-norway", f"{MET}complete?lat=51.5&lon=-0.1").headers
    assert ours["Content-Type"] == theirs["Content-Type"]
    for headers in (ours, theirs):
        age = parsedate_to_datetime(headers["Expires"]) - parsedate_to_datetime(headers["Date"])
        assert 1800 <= age.seconds < 2000
        assert headers["Last-Modified"].endswith(" GMT")


def test_a_locationforecast_conforms_to_mets_schema(upstreams: Upstreams) -> None:
    schema = recorded("metno_METJSONForecast.schema.json")
    # The schema requires details of the twelve hours, which the real responses do not have.
    del schema["ForecastTimeStep"]["properties"]["data"]["properties"]["next_12_hours"]["required"]
    for product in ("compact", "complete"):
        path = f"{MET}{product}?lat={KALEIDOSCOPE[0]}&lon={KALEIDOSCOPE[1]}"
        body = get(upstreams, "met-norway", path).json()
        assert conforms(body, schema["METJSONForecast"], schema)


def test_the_symbols_are_those_of_mets_legend(upstreams: Upstreams) -> None:
    rows = csv.reader(text("metno_symbol_legend.csv").splitlines()[1:])
    legend = {row[0].strip() for row in rows}
    path = f"{MET}compact?lat={KALEIDOSCOPE[0]}&lon={KALEIDOSCOPE[1]}"
    steps = get(upstreams, "met-norway", path).json()["properties"]["timeseries"]
    hours = [step["data"]["next_1_hours"]["summary"]["symbol_code"] for step in steps[:52]]
    assert len(STATES) <= len(hours)
    assert {code.partition("_")[0] for code in hours} == legend


def recording_of(provider: str, ending: str) -> Any:
    """The recorded response of an IP service to the URL with this ending."""
    (recording,) = (
        recording
        for recording in recorded("ip_geolocation_recordings.json")
        if recording["provider"] == provider and recording["url"].endswith(ending)
    )
    return recording


@pytest.mark.parametrize(
    ("provider", "ours", "service", "theirs"),
    [
        ("ipwhois", "/8.8.8.8", "ipwho.is", "/155.248.192.115"),
        (
            "ipwhois",
            "/8.8.8.8?fields=country,region,city,connection,country_code,flag",
            "ipwho.is",
            "?fields=country,region,city,connection,country_code,flag",
        ),
        ("ipwhois", "/192.168.1.1", "ipwho.is", "/192.168.1.1"),
        ("ipwhois", "/notanip", "ipwho.is", "/notanip"),
        ("geojs", "/v1/ip/geo/8.8.8.8.json", "get.geojs.io", "/8.8.8.8.json"),
        ("geojs", "/v1/ip/geo/192.168.1.1.json", "get.geojs.io", "/192.168.1.1.json"),
    ],
)
def test_an_ip_service_has_the_format_of_its_recording(
    upstreams: Upstreams, provider: str, ours: str, service: str, theirs: str
) -> None:
    answer, known = get(upstreams, provider, ours), recording_of(service, theirs)
    assert answer.status_code == known["status"]
    compare_places(answer, known["body"])


def compare_places(answer: requests.Response, known: dict[str, Any]) -> None:
    body = answer.json()
    assert [name for name in body if name not in ("city", "region")] == [
        name for name in known if name not in ("city", "region")
    ]
    for name, value in known.items():
        assert name not in body or kinds(body[name]) == kinds(value)
        if isinstance(value, dict):
            assert list(body[name]) == list(value)
    if known.get("success") is False or known.get("latitude") == "nil":
        assert body == known


def test_warnings_have_the_format_of_their_recordings(upstreams: Upstreams) -> None:
    theirs = recorded("nws_alerts_reduced.json")
    ours = get(upstreams, "nws", "/alerts/active?point=33.4500,-112.0700").json()
    assert list(ours) == list(theirs)
    for feature in theirs["features"]:
        assert {tuple(simulated["properties"]) for simulated in ours["features"]} == {
            tuple(feature["properties"])
        }
    assert {feature["properties"]["status"] for feature in ours["features"]} == {"Test", "Actual"}
    known = recorded("brightsky_alerts_berlin.json")
    body = get(upstreams, "bright-sky", "/alerts?lat=52.52&lon=13.41").json()
    assert list(body["location"]) == list(known["location"])
    assert list(body["alerts"][0]) == list(known["alerts"][0])
    for name, value in known["alerts"][0].items():
        assert kinds(body["alerts"][0][name]) == kinds(value)
