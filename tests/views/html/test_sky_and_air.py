"""The sections of the page about sun, moon and air."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests import reports
from tests.views.html.rendering import report_page
from weather.core.models import AirQuality, Coordinates


def test_sun_and_moon() -> None:
    document = report_page()
    assert document.facts["Dawn"] == "03:29"
    assert document.values("Sunrise")[-1] == "04:07"
    assert document.facts["Solar noon"] == "12:00"
    assert document.values("Sunset")[-1] == "19:52"
    assert document.facts["Dusk"] == "20:30"
    assert document.facts["Daylight"] == "15 h 45 min"
    assert document.facts["Moonrise"] == "05:05"
    assert document.facts["Moonset"] == "17:05"
    assert "New moon 3 % lit" in document.text


def test_polar_night_and_polar_day() -> None:
    night, day = report_page(reports.polar_night()), report_page(reports.polar_day())
    assert "The sun does not rise today." in night.text
    assert night.values("Sunrise")[-1] == night.facts["Dusk"] == "–"
    assert night.facts["Daylight"] == "0 h 00 min"
    assert 'href="#snow-showers-night"' in night.html.partition("id=days")[2]
    assert 'href="#snow-showers-night"' not in day.html
    assert "The sun does not set today." in day.text
    assert day.facts["Daylight"] == "24 h 00 min"
    assert "The sun does not" not in report_page().text


def test_the_moon_is_mirrored_in_the_southern_hemisphere() -> None:
    place = replace(reports.WINDHAVEN, coordinates=Coordinates(-33.9, 151.2))
    mirrored = "matrix(-1 0 0 1 24 0)"
    waxing = datetime(2026, 5, 22, 8, tzinfo=UTC)
    assert mirrored not in report_page(reports.report(at=waxing)).html
    assert mirrored in report_page(reports.report(place, waxing)).html
    waning = waxing + timedelta(days=14)
    assert mirrored in report_page(reports.report(at=waning)).html
    assert mirrored not in report_page(reports.report(place, waning)).html


def test_air_quality() -> None:
    document = report_page()
    assert "European index 11, good. Good air to be outdoors." in document.text
    assert document.facts["US index"] == "47, good"
    assert document.facts["PM2.5"] == "39 µg/m³"
    assert document.facts["Ragweed"] == "43"
    assert "PM2.5" not in report_page(reports.report(air_quality=None)).text


def test_air_without_pollen_has_no_pollen_heading() -> None:
    air_quality = AirQuality(reports.AT, us_aqi=47)
    document = report_page(reports.report(air_quality=air_quality))
    assert document.all("h3") == ["A trend"]  # of the days
    assert document.values("US index") == ["47, good"]
    assert not {"European index", "PM2.5", "Ragweed"} & set(document.facts)
    assert "class=bands" not in document.html
