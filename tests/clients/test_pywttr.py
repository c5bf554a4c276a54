"""pywttr and aiopywttr: pydantic models, every key of which must be there with its type."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from tests.clients.checks import check_j1
from tests.clients.conftest import MAY, NOVEMBER, OUTAGE, Run

LIBRARIES = ("use_pywttr.py", "use_aiopywttr.py")
AREAS = {
    "Paris": ("Paris", "France"),
    "Berlin": ("Berlin", "Germany"),
    "Москва": ("Moscow", "Russia"),
    "São Paulo": ("São Paulo", "Brazil"),
    "New York": ("New York", "United States"),
    "London,UK": ("London", "United Kingdom"),
    "Sydney": ("Sydney", "Australia"),
}
MAY_15, NOVEMBER_20 = date(2026, 5, 15), date(2026, 11, 20)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("place", "language", "query"),
    [
        ("Paris", "en", "Paris"),
        ("Berlin", "de", "Berlin"),
        ("Москва", "zh-cn", "Москва"),
        ("São Paulo", "pt-br", "São Paulo"),
        ("New York", "af", "New York"),  # a language without a catalogue: English words
        ("London,UK", "ru", "London, UK"),
        ("Sydney", "oc", "Sydney"),
    ],
)
def test_every_field_is_parsed(
    run: Run, library: str, place: str, language: str, query: str
) -> None:
    model = run(library, place, language).json
    check_j1(model, language, MAY_15)
    assert model["request"][0] == {"query": query, "type": "City"}
    (area,) = model["nearest_area"]
    # In English whatever the language, as clients compare them.
    assert (area["areaName"][0]["value"], area["country"][0]["value"]) == AREAS[place]


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_words_are_in_the_language(run: Run, library: str) -> None:
    def words(language: str) -> str:
        model = run(library, "Paris", language).json
        value: str = model["current_condition"][0]["lang_xx"][0]["value"]
        return value

    german, chinese, unknown = map(words, ("de", "zh-cn", "af"))
    assert len({german, chinese, unknown}) == 3
    assert not chinese.isascii()
    assert unknown.isascii()


@pytest.mark.parametrize("library", LIBRARIES)
def test_coordinates(run: Run, library: str) -> None:
    model = run(library, "-33.87,151.21", "de").json
    check_j1(model, "de", MAY_15)
    assert model["request"][0] == {"query": "Lat -33.87 and Lon 151.21", "type": "LatLon"}
    area = model["nearest_area"][0]
    assert (area["latitude"], area["longitude"]) == pytest.approx((-33.87, 151.21), abs=0.1)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("place", ["Longyearbyen", "78.22,15.65"])
def test_polar_night_and_midnight_sun(run: Run, library: str, place: str) -> None:
    dark = run(library, place, "nb", at=NOVEMBER).json
    check_j1(dark, "nb", NOVEMBER_20)
    bright = run(library, place, "nb", at=MAY).json
    check_j1(bright, "nb", MAY_15)
    for day in dark["weather"]:
        sky = day["astronomy"][0]
        assert sky["sunrise"] == sky["sunset"]  # solar noon
        assert day["sunHour"] == 0
    sky = bright["weather"][0]["astronomy"][0]
    assert (sky["sunrise"], sky["sunset"]) == ("12:00 AM", "11:59 PM")


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("place", "moment", "status"), [("Xyzzyville", MAY, "404"), ("Paris", OUTAGE, "503")]
)
def test_what_cannot_be_had_is_an_error_of_http(
    run: Run, library: str, place: str, moment: datetime, status: str
) -> None:
    result = run(library, place, "en", at=moment)
    assert result.status == 1
    errors = result.errors.splitlines()
    assert re.match(r"(httpx2\.HTTPStatusError|aiohttp\.\S*ClientResponseError)", error_of(errors))
    assert status in error_of(errors)


def error_of(lines: list[str]) -> str:
    """The line of a traceback that names the exception."""
    return next(line for line in reversed(lines) if re.match(r"[a-z]\S*Error", line))
