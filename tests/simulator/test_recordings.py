"""A contract: the simulated Open-Meteo answers in the format of recordings of the real one.

The query of every recording is sent to the simulator, with the recording's clock. Keys and their
order, JSON types, units and times must agree, and the decimals where the recording is the raw text.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from simulator import Upstreams, faults
from tests.simulator.client import ZURICH, get
from tests.simulator.recordings import MISSING, SAMPLES, decimals, kinds, recorded, text, written

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=MISSING)

SECTIONS = ("current_weather", "current", "minutely_15", "hourly", "daily")
IMPERIAL = "temperature_unit=fahrenheit&wind_speed_unit=mph&precipitation_unit=inch"
BERLIN = "latitude=52.52&longitude=13.42"
ENSCHEDE = "latitude=52.28&longitude=6.87&timezone=auto"
LEGACY = "latitude=0&longitude=0&timezone=auto&current_weather=true"
# file, query without variables, clock in UTC, whether the file holds the raw text of the service
FORECASTS = [
    (
        "toronto_imperial",
        f"latitude=43.7&longitude=-79.4&timezone=auto&past_days=1&{IMPERIAL}",
        "2026-03-06T02:04",
        True,
    ),
    (
        "los_angeles_unixtime",
        "latitude=34.05&longitude=-118.24&timezone=auto&timeformat=unixtime&forecast_hours=48",
        "2026-10-09T10:50",
        False,
    ),
    ("enschede_current_daily_subset", f"{ENSCHEDE}&forecast_days=3", "2026-10-03T10:31", False),
    ("berlin_minutely15_gmt", BERLIN, "2023-11-13T10:47", True),
    ("two_models", BERLIN + "&models=best_match,gfs_seamless", "2023-11-13T10:47", True),
    ("customer", BERLIN + "&apikey=demo-key", "2024-01-24T08:31", True),
    ("paris_daily", "latitude=48.86&longitude=2.34", "2024-08-19T12:00", True),
    ("null_island_legacy_current_weather", LEGACY, "2026-05-24T23:31", False),
    ("no_variables", "latitude=52.28&longitude=6.87", "2026-05-24T23:31", True),
]
FILES = {"customer": "openmeteo_customer_api_apikey.json"}


@pytest.fixture
def upstreams() -> Iterator[Upstreams]:
    with Upstreams() as server:
        yield server


def stop(upstreams: Upstreams, moment: str) -> None:
    upstreams.now = lambda: datetime.fromisoformat(moment).replace(tzinfo=UTC)


def variables(body: dict[str, Any]) -> str:
    """The query for the recording's variables, in its order."""
    queries = {}
    for section in SECTIONS[1:]:
        names = [key for key in body.get(section, {}) if key not in ("time", "interval")]
        plain = [name.replace("_best_match", "") for name in names if "gfs" not in name]
        queries[section] = ",".join(plain)
    return "&".join(f"{section}={names}" for section, names in queries.items() if names)


def compare(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Asserts equal keys in order, units, types, lengths and times."""
    assert list(ours) == list(theirs)
    for section in [name for name in SECTIONS if name in theirs]:
        values, expected = ours[section], theirs[section]
        assert list(values) == list(expected)
        assert ours[f"{section}_units"] == theirs[f"{section}_units"]
        assert values["time"] == expected["time"]
        for name, value in expected.items():
            assert kinds(values[name]) <= kinds(value) or not kinds(value), name
            assert isinstance(values[name], list) == isinstance(value, list)
    for name in ("utc_offset_seconds", "timezone", "timezone_abbreviation"):
        assert ours[name] == theirs[name]


@pytest.mark.parametrize(("name", "query", "clock", "raw"), FORECASTS)
def test_a_forecast_has_the_format_of_its_recording(
    upstreams: Upstreams, name: str, query: str, clock: str, raw: bool
) -> None:
    stop(upstreams, clock)
    theirs = text(FILES.get(name, f"openmeteo_forecast_{name}.json"))
    provider = "customer-open-meteo" if name == "customer" else "open-meteo"
    path = f"/v1/forecast?{query}&{variables(written(theirs))}"
    ours = get(upstreams, provider, path).text
    if name == "two_models":
        ours, theirs = without_current(ours), without_current(theirs)
    compare(json.loads(ours), json.loads(theirs))
    if raw:
        same_decimals(written(ours), written(theirs))


def without_current(raw: str) -> str:
    """Since 2026 the keys of `current` have the model's suffix, which this recording lacks."""
    body = json.loads(raw)
    return json.dumps({key: body[key] for key in body if not key.startswith("current")})


def same_decimals(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert decimals(ours["elevation"]) == decimals(theirs["elevation"])
    for section in [name for name in SECTIONS if name in theirs]:
        for name, value in theirs[section].items():
            assert decimals(ours[section][name]) <= decimals(value) or not decimals(value), name


def test_a_forecast_of_several_places_is_a_list(upstreams: Upstreams) -> None:
    stop(upstreams, "2025-01-28T12:00")
    query = "latitude=47.16,47.18&longitude=7.02,6.9&timezone=Europe/Berlin&forecast_days=1"
    query += "&daily=temperature_2m_max,temperature_2m_min"
    ours = get(upstreams, "open-meteo", "/v1/forecast?" + query).json()
    theirs = recorded("openmeteo_forecast_multi_location.json")
    assert [list(body) for body in ours] == [list(body) for body in theirs]
    assert [body["daily"]["time"] for body in ours] == [body["daily"]["time"] for body in theirs]


@pytest.mark.parametrize(
    ("name", "clock", "hours"),
    [
        ("enschede_all_variables", "2026-10-03T10:31", 3),
        ("amsterdam_1h", "2026-07-11T10:00", 1),
    ],
)
def test_air_quality_has_the_format_of_its_recording(
    upstreams: Upstreams, name: str, clock: str, hours: int
) -> None:
    stop(upstreams, clock)
    theirs = recorded(f"openmeteo_air_quality_{name}.json")
    day = clock[:10]
    window = f"start_hour={day}T00:00&end_hour={day}T0{hours - 1}:00"
    query = f"{ENSCHEDE}&{variables(theirs)}&{window}"
    compare(get(upstreams, "air-quality", "/v1/air-quality?" + query).json(), theirs)


def test_elevation_has_the_format_of_its_recording(upstreams: Upstreams) -> None:
    ours = get(upstreams, "open-meteo", "/v1/elevation?" + BERLIN).json()
    theirs = recorded("openmeteo_elevation.json")
    assert list(ours) == list(theirs)
    assert kinds(ours["elevation"]) == kinds(theirs["elevation"])


def test_a_point_outside_every_model_has_nan(upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.bare_nan())
    ours = get(upstreams, "open-meteo", f"/v1/forecast?{ZURICH}").text
    theirs = text("openmeteo_not_covered_nan.txt").strip()
    keys = [part.split('"')[1] for part in theirs.split(",")]
    assert [part.split('"')[1] for part in ours.split(",")] == keys
    assert ours.startswith('{"latitude":nan,"longitude":nan,')


# The queries of the recorded errors.
INVALID_QUERIES = [
    "latitude=999&longitude=0",
    "latitude=abc&longitude=0",
    ZURICH + "&models=bogus_model_xyz",
    ZURICH + "&daily=sunrise, sunset",
    "latitude=47",
    ZURICH + "&daily=sunrise&forecast_days=30",
    "latitude=35&longitude=139&models=icon_d2",
    ZURICH + "&timezone=Mars/Base",
]


def test_every_recorded_error_message_occurs(upstreams: Upstreams) -> None:
    answers = [get(upstreams, "open-meteo", f"/v1/forecast?{query}") for query in INVALID_QUERIES]
    for key in ("", "&apikey=wrong"):
        answers.append(get(upstreams, "customer-open-meteo", f"/v1/forecast?{ZURICH}{key}"))
    answers.append(get(upstreams, "geocoding", "/v1/search?name=Paris&count=0"))
    answers.append(get(upstreams, "geocoding", "/v1/get?id=1"))
    for fault in (*map(faults.rate_limited, faults.LIMITS), faults.overloaded()):
        upstreams.fail("open-meteo", fault)
        answers.append(get(upstreams, "open-meteo", f"/v1/forecast?{ZURICH}"))
    given = {(answer.status_code, answer.json()["reason"]) for answer in answers}
    known = [
        (error["status"], error["body"]["reason"]) for error in recorded("openmeteo_errors.json")
    ]
    missing = [reason for status, reason in known if (status, reason) not in given]
    assert [reason for reason in missing if not excused(reason)] == []


def excused(reason: str) -> bool:
    """Of another endpoint, or a wording that only some servers use."""
    return "VariableOrSpread" in reason or reason.endswith("Allowed range 0 to 16.")


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("hollywood", "name=San"),
        ("hollywood_count20", "name=San&count=20"),
        ("enschede", "name=Munich"),
        ("missing_fields", "name=Null Island"),
        ("los_angeles", "name=Los Angeles"),
        ("no_match", "name=Nowhere at all"),
    ],
)
def test_geocoding_has_the_format_of_its_recording(
    upstreams: Upstreams, name: str, query: str
) -> None:
    ours = get(upstreams, "geocoding", "/v1/search?" + query).json()
    theirs = recorded(f"openmeteo_geocoding_{name}.json")
    assert list(ours) == list(theirs)
    known = recorded("openmeteo_geocoding_get_by_id_nl.json")
    for entry in ours.get("results", []):
        for other in theirs["results"]:
            compare_entries(entry, other)
        assert entry.keys() <= known.keys()


def test_geocoding_by_id_has_the_format_of_its_recording(upstreams: Upstreams) -> None:
    queries = get(upstreams, "geocoding", "/v1/search?name=Amsterdam").json()["results"][0]["id"]
    ours = get(upstreams, "geocoding", f"/v1/get?id={queries}&language=nl").json()
    theirs = recorded("openmeteo_geocoding_get_by_id_nl.json")
    compare_entries(ours, theirs)
    assert ours["country"] == theirs["country"]


def compare_entries(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Asserts that the common fields have the same order and types; fields may be missing."""
    both = [name for name in ours if name in theirs]
    assert both == [name for name in theirs if name in ours]
    assert all(kinds(ours[name]) == kinds(theirs[name]) for name in both)
    assert not {"", 0} & {value for value in ours.values() if not isinstance(value, list)}
