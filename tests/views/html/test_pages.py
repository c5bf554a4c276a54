"""The page of a report: current conditions, hours and days."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from tests import reports
from tests.views.html.document import Document
from tests.views.html.rendering import IMPERIAL, render, report_page
from weather.core.measurement_systems import Units
from weather.views.options import ViewOptions

# Current conditions


def test_current_conditions() -> None:
    document = report_page()
    assert document.one("h1") == "Windhaven, Holm, DE"
    title = "Windhaven, Holm, DE: 11 °C, Mainly clear · The weather where you are"
    assert document.one("title") == title
    assert "Now 10:15 CEST, Friday 15 May" in document.all("h2")
    assert "11 °C Mainly clear Feels like 10 °C Today 4° to 14°" in document.text
    assert document.facts["Wind"] == "3 km/h from the south"
    assert dict(zip(document.all("dt")[1:9], document.all("dd")[1:9], strict=True)) == {
        "Gusts": "5 km/h",
        "Precipitation": "dry",
        "Humidity": "91 %",
        "Dew point": "6 °C",
        "Pressure": "1016 hPa",
        "Cloud cover": "30 %",
        "Visibility": "24 km",
        "UV index": "5, moderate",
    }


def test_imperial_units() -> None:
    document = report_page(reports.report(), IMPERIAL)
    assert "51 °F Mainly clear Feels like 50 °F Today 40° to 58°" in document.text
    assert document.facts["Wind"].startswith("2 mph")
    assert document.facts["Pressure"] == "30.01 inHg"
    assert document.row("in")[-1] == "0.08"
    assert document.row("°F")[0] == "51°"


def test_wind_in_metres_per_second() -> None:
    document = report_page(options=ViewOptions(units=Units.METRIC, wind_in_ms=True))
    assert document.facts["Gusts"] == "1 m/s"
    assert document.row("Wind m/s")[-1] == "from the northwest 5"


def test_frost_has_a_minus_sign_and_calm_air_no_direction() -> None:
    document = report_page(reports.snow_night())
    assert "−7 °C Heavy snow Feels like −13 °C" in document.text
    assert document.facts["Wind"] == "0 km/h"
    assert document.facts["Snowfall"] == "3.1 cm"
    assert document.facts["Visibility"] == "0.3 km"
    assert not re.search(r"(?<!\w)-\d", document.text)
    assert "snow night" in render(reports.snow_night())


def test_missing_values_are_dashes_or_left_out() -> None:
    document = report_page(reports.all_values_missing())
    assert document.one("h1") == "54.3213,10.1349"
    assert "– °C Unknown At these coordinates" in document.text
    assert set(document.row("°C") + document.row("Wind km/h") + document.row("Gusts")) == {"–"}
    assert set(document.row("Precipitation") + document.row("mm")) == {"–"}
    assert document.all("summary")[1] == "Today Unknown – – Precipitation – Wind –"
    assert not {"Wind", "Gusts", "Humidity", "Visibility", "Feels like"} & set(document.facts)


# Hours


def test_the_next_24_hours() -> None:
    document = report_page()
    table = document.html.partition("<thead>")[2].partition("<tbody>")[0]
    times = Document(table).all("th")
    assert len(times) == 24
    assert times[0] == "Fri 10:00"
    assert times[1] == "11:00"
    assert times[14] == "Sat 00:00"
    assert document.row("Sky")[::6] == ["Mainly clear", "Partly cloudy", "Overcast", "Light rain"]
    assert document.row("°C")[:4] == ["11°", "12°", "13°", "14°"]
    assert document.row("Precipitation")[-3:] == ["18 %", "68 %", "68 %"]
    assert document.row("mm")[-4:] == ["0.6", "0.6", "2.1", "2.1"]
    assert document.row("Wind km/h")[0] == "from the south 3"
    assert document.row("Gusts")[-1] == "31"


def test_hours_are_in_the_places_time_zone() -> None:
    document = report_page(reports.report(reports.HILL_TOWN))
    assert "Now 14:00 UTC+05:45, Friday 15 May" in document.all("h2")
    assert "2026-05-15T14:00+05:45" in document.attributes("time", "datetime")


def test_a_six_hourly_forecast_has_a_column_for_each_of_its_hours() -> None:
    complete = reports.report()
    coarse = reports.report(hours=complete.hours[::6])
    assert report_page(coarse).row("°C") == ["11°", "14°", "8°", "5°", "11°"]


def test_all_days_have_a_link_late_in_the_evening() -> None:
    whole = reports.report(at=datetime(2026, 5, 15, 21, 50, tzinfo=UTC))
    # The hours of a provider end with its last day.
    hours = whole.hours[: 15 * 24 + 1]
    assert "16 d" in report_page(replace(whole, hours=hours)).all("a")


# Days


def test_days() -> None:
    document = report_page()
    lines = document.all("summary")[1:]
    assert len(lines) == len(document.all("details")) - 1 == 16
    assert lines[0] == (
        "Today Snow showers 4° 14° Precipitation 39 % 1.6 mm Wind from the southeast 10 km/h"
    )
    assert lines[1].startswith("Sat 16 May Thunderstorm 4° 14°")
    assert document.values("Feels like")[0] == "4 to 14 °C"
    assert document.values("Gusts")[1] == "15 km/h"
    assert document.values("UV index")[1] == "5, moderate"
    assert document.values("Sunrise")[0] == "04:07"
    assert document.values("Sunset")[0] == "19:52"
    assert len(report_page(reports.six_hourly()).all("summary")) == 1 + 9


def test_a_day_without_precipitation_is_dry() -> None:
    complete = reports.report()
    dry = reports.report(days=(replace(complete.days[0], precipitation=0.0),))
    assert "39 % dry" in report_page(dry).all("summary")[1]


def test_all_days_have_one_temperature_scale() -> None:
    complete = reports.report()
    cold = replace(complete.days[0], temperature_min=-10.0, temperature_max=0.0)
    warm = replace(complete.days[1], temperature_min=0.0, temperature_max=10.0)
    document = report_page(reports.report(days=(cold, warm)))
    bars = [bar for _, bar in document.elements if bar.get("fill") == "url(#warmth)"]
    assert [(bar["x"], bar["width"]) for bar in bars] == [("0", "50"), ("50", "50")]
