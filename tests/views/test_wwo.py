"""The JSON of `format=j1` and `j2`: the schema that clients index without checks."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import reports
from weather.core.models import LocatedBy, Report
from weather.views import wwo
from weather.views.options import ViewOptions
from weather.views.wwo import vocabulary

GOLDEN = Path(__file__).parent / "golden" / "j1.json"
REPORTS = {
    "fine day": reports.report(),
    "polar night": reports.polar_night(),
    "all values missing": reports.all_values_missing(),
    "no hours": reports.report(hours=(), earlier=()),
    "hours off the full hour": reports.report(reports.HILL_TOWN),
}
INTEGER = re.compile(r"-?\d+")
DECIMAL = re.compile(r"-?\d+\.\d+")
TIME = re.compile(r"(0\d|1[0-2]):[0-5]\d [AP]M")

# The keys by type, from the interface's reference.
CURRENT = {
    "integer": "FeelsLikeC FeelsLikeF cloudcover humidity pressure pressureInches temp_C temp_F"
    " uvIndex visibility visibilityMiles weatherCode winddirDegree windspeedKmph windspeedMiles",
    "decimal": "precipInches precipMM",
    "wrapped": "weatherDesc weatherIconUrl",
    "text": "localObsDateTime observation_time winddir16Point",
}
HOUR = {
    "integer": "DewPointC DewPointF FeelsLikeC FeelsLikeF HeatIndexC HeatIndexF WindChillC"
    " WindChillF WindGustKmph WindGustMiles chanceoffog chanceoffrost chanceofhightemp"
    " chanceofovercast chanceofrain chanceofremdry chanceofsnow chanceofsunshine chanceofthunder"
    " chanceofwindy cloudcover humidity pressure pressureInches tempC tempF uvIndex visibility"
    " visibilityMiles weatherCode winddirDegree windspeedKmph windspeedMiles time",
    "decimal": "diffRad shortRad precipInches precipMM",
    "wrapped": "weatherDesc weatherIconUrl",
    "text": "winddir16Point",
}
DAY = {
    "integer": "avgtempC avgtempF maxtempC maxtempF mintempC mintempF uvIndex",
    "decimal": "sunHour totalSnow_cm",
    "text": "date",
    "lists": "astronomy hourly",
}
CODES = {
    *(113, 116, 119, 122, 143, 176, 179, 182, 185, 200, 227, 230, 248, 260, 263, 266, 281, 284),
    *(293, 296, 299, 302, 305, 308, 311, 314, 317, 320, 323, 326, 329, 332, 335, 338, 350, 353),
    *(356, 359, 362, 365, 368, 371, 374, 377, 386, 389, 392, 395),
}


def document(report: Report, **options: Any) -> Any:
    return json.loads(wwo.render(report, ViewOptions(**options)))


def check(fields: dict[str, Any], schema: dict[str, str]) -> None:
    assert set(fields) == {key for keys in schema.values() for key in keys.split()}
    for key in schema["integer"].split():
        assert INTEGER.fullmatch(fields[key]), (key, fields[key])
    for key in schema.get("decimal", "").split():
        assert DECIMAL.fullmatch(fields[key]), (key, fields[key])
    for key in schema.get("wrapped", "").split():
        assert isinstance(fields[key][0]["value"], str)
    for key in schema.get("text", "").split():
        assert isinstance(fields[key], str)


def test_golden_file() -> None:
    assert wwo.render(reports.report(), ViewOptions(language="de")) == GOLDEN.read_text()


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_every_key_is_there_with_its_type(report: Report) -> None:
    found = document(report)
    check(found["current_condition"][0], CURRENT)
    assert int(found["current_condition"][0]["weatherCode"]) in CODES
    assert TIME.fullmatch(found["current_condition"][0]["observation_time"])
    assert found["current_condition"][0]["winddir16Point"] in vocabulary.POINTS
    assert len(found["weather"]) == 3
    for day in found["weather"]:
        check(day, DAY)
        assert [hour["time"] for hour in day["hourly"]] == [str(n * 300) for n in range(8)]
        for hour in day["hourly"]:
            check(hour, HOUR)
            assert int(hour["weatherCode"]) in CODES
            assert 0 <= int(hour["winddirDegree"]) < 360
        sky = day["astronomy"][0]
        assert TIME.fullmatch(sky["sunrise"])
        assert TIME.fullmatch(sky["sunset"])
        assert sky["moon_phase"] in vocabulary.PHASES
        assert INTEGER.fullmatch(sky["moon_illumination"])


def test_the_fifth_hour_is_noon_by_the_local_clock() -> None:
    report = reports.report()
    noon = next(hour for hour in report.hours if hour.valid_at.hour == 10)  # UTC+2
    hour = document(report)["weather"][0]["hourly"][4]
    assert hour["time"] == "1200"
    assert hour["tempC"] == f"{noon.temperature:.0f}"


def test_a_missing_value_is_that_of_the_nearest_hour() -> None:
    report = reports.report()
    hours = [replace(hour, visibility=None) for hour in report.hours]
    hours[3] = replace(hours[3], visibility=7.0)
    found = document(replace(report, hours=tuple(hours), earlier=()))
    assert {hour["visibility"] for hour in found["weather"][0]["hourly"]} == {"7"}
    assert "visibility" not in found["meta"]["missing"]


def test_fields_without_any_value_are_listed() -> None:
    assert "temperature" in document(reports.all_values_missing())["meta"]["missing"]


def test_in_polar_night_the_sun_rises_and_sets_at_noon() -> None:
    sky = document(reports.polar_night())["weather"][0]["astronomy"][0]
    assert sky["sunrise"] == sky["sunset"]
    assert sky["sunrise"].startswith(("11:", "12:"))


def test_descriptions_are_translated_under_the_code_of_the_request() -> None:
    hour = document(reports.report(), language="pt-BR", language_code="pt-br")
    now = hour["current_condition"][0]
    assert now["lang_xx"] == now["lang_pt-br"]
    assert "lang_xx" in hour["weather"][0]["hourly"][0]


def test_english_has_no_translation() -> None:
    assert not [key for key in document(reports.report())["current_condition"][0] if "lang" in key]


def test_j2_has_no_hours() -> None:
    days = json.loads(wwo.render_without_hours(reports.report(), ViewOptions()))["weather"]
    assert all("hourly" not in day for day in days)


def test_days_can_be_more_than_three() -> None:
    assert len(document(reports.report(), days=10)["weather"]) == 10
    assert len(document(reports.report(), days=1)["weather"]) == 3


def test_the_request_is_repeated() -> None:
    report = reports.report()
    query = {"query": "windhaven", "type": "City"}
    assert document(report, query="windhaven")["request"] == [query]
    point = replace(report, located=replace(report.located, method=LocatedBy.COORDINATES))
    assert document(point)["request"] == [{"query": "Lat 54.32 and Lon 10.13", "type": "LatLon"}]


def test_age_and_sample_are_in_the_metadata() -> None:
    report = reports.report()
    old = replace(report.provenance, stale=True, sample=True)
    meta = document(replace(report, provenance=old))["meta"]
    assert meta["stale"] is meta["sample"] is True


def test_a_value_between_two_hours_is_that_of_the_nearer_one() -> None:
    report = reports.report()
    late = tuple(
        replace(hour, valid_at=hour.valid_at + timedelta(minutes=10)) for hour in report.hours
    )
    assert (
        document(replace(report, hours=late, earlier=()))["weather"][1]["hourly"]
        == (document(replace(report, earlier=()))["weather"][1]["hourly"])
    )
