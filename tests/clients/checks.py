"""What every value of `format=j1` must be, whichever client parsed it: ranges and vocabularies."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

CODES = {
    *(113, 116, 119, 122, 143, 176, 179, 182, 185, 200, 227, 230, 248, 260, 263, 266, 281, 284),
    *(293, 296, 299, 302, 305, 308, 311, 314, 317, 320, 323, 326, 329, 332, 335, 338, 350, 353),
    *(356, 359, 362, 365, 368, 371, 374, 377, 386, 389, 392, 395),
}
POINTS = tuple("N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split())
PHASES = {
    *("New Moon", "Waxing Crescent", "First Quarter", "Waxing Gibbous"),
    *("Full Moon", "Waning Gibbous", "Last Quarter", "Waning Crescent"),
}
CLOCK = re.compile(r"(0\d|1[0-2]):[0-5]\d [AP]M")
CELSIUS, PERCENT = range(-90, 61), range(101)
RANGES = {
    **dict.fromkeys(("cloudcover", "humidity", "moon_illumination"), PERCENT),
    "pressure": range(870, 1086),
    "pressureInches": range(25, 33),
    "uvIndex": range(21),
    "visibility": range(101),
    "visibilityMiles": range(63),
    "winddirDegree": range(360),
    "windspeedKmph": range(410),
    "windspeedMiles": range(255),
    "WindGustKmph": range(410),
    "WindGustMiles": range(255),
}
DECIMALS = {
    "precipMM": 500.0,
    "precipInches": 20.0,
    "diffRad": 1400.0,
    "shortRad": 1400.0,
    "sunHour": 24.0,
    "totalSnow_cm": 500.0,
}
CELSIUS_NAME = re.compile(r"(.*temp|.*temp_|FeelsLike|DewPoint|HeatIndex|WindChill)C")


def check_j1(model: dict[str, Any], language: str, day: date) -> None:
    """Every field of a parsed model: the language by its code, and the local date of today."""
    (now,), (area,), (request,) = (
        model[name] for name in ("current_condition", "nearest_area", "request")
    )
    check_numbers(now)
    check_condition(now, language)
    assert CLOCK.fullmatch(now["observation_time"])
    assert -90 <= area["latitude"] <= 90
    assert -180 <= area["longitude"] <= 180
    assert area["population"] >= 0
    for name in ("areaName", "country", "region", "weatherUrl"):
        assert isinstance(area[name][0]["value"], str)
    assert request["type"] in {"City", "LatLon"}
    assert request["query"]
    days = [entry["date"] for entry in model["weather"]]
    assert days == [(day + timedelta(days=number)).isoformat() for number in range(3)]
    for entry in model["weather"]:
        check_day(entry, language)


def check_day(day: dict[str, Any], language: str) -> None:
    check_numbers(day)
    assert day["mintempC"] <= day["avgtempC"] <= day["maxtempC"]
    (sky,) = day["astronomy"]
    check_numbers(sky)
    assert sky["moon_phase"] in PHASES
    assert CLOCK.fullmatch(sky["sunrise"])
    assert CLOCK.fullmatch(sky["sunset"])
    assert CLOCK.fullmatch(sky["moonrise"]) or sky["moonrise"] == "No moonrise"
    assert CLOCK.fullmatch(sky["moonset"]) or sky["moonset"] == "No moonset"
    assert [hour["time"] for hour in day["hourly"]] == [number * 300 for number in range(8)]
    for hour in day["hourly"]:
        check_numbers(hour)
        check_condition(hour, language)


def check_numbers(fields: dict[str, Any]) -> None:
    """Whole numbers and decimals within their ranges, Fahrenheit the same as Celsius."""
    for name, value in fields.items():
        if name in RANGES or name.startswith("chance"):
            assert value in RANGES.get(name, PERCENT), (name, value)
        elif name in DECIMALS:
            assert 0 <= value <= DECIMALS[name], (name, value)
        elif CELSIUS_NAME.fullmatch(name):
            assert value in CELSIUS, (name, value)
            # Both are rounded from the same unrounded value.
            assert abs(fields[f"{name[:-1]}F"] - (value * 9 / 5 + 32)) <= 1.4, name


def check_condition(fields: dict[str, Any], language: str) -> None:
    """The weather code and its words; in English no others."""
    assert fields["weatherCode"] in CODES
    assert fields["winddir16Point"] in POINTS
    # The point and the degrees are rounded from the same direction.
    sector = POINTS.index(fields["winddir16Point"]) * 22.5
    assert abs((fields["winddirDegree"] - sector + 180) % 360 - 180) <= 11.75
    (description,) = fields["weatherDesc"]
    assert re.fullmatch("[A-Z][A-Za-z ]+", description["value"])
    assert isinstance(fields["weatherIconUrl"][0]["value"], str)
    if language == "en":
        assert not [name for name in fields if name.startswith("lang_")]
        return
    (words,) = fields[f"lang_{language}"]
    assert words["value"].strip()
    assert fields["lang_xx"] == [words]
