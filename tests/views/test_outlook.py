"""The sentences about the next 24 hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import reports
from weather.core.measurement_systems import Units
from weather.core.models import Conditions, Report
from weather.i18n.languages import ENGLISH, get_language
from weather.views.options import ViewOptions
from weather.views.outlook import outlook
from weather.views.units import local_units

FIRST = reports.AT.replace(minute=0)


def dry_hour(n: int, **changes: Any) -> Conditions:
    """Mild, dry and calm conditions `n` hours from now."""
    conditions = Conditions(FIRST + timedelta(hours=n), temperature=12.0, precipitation=0.0)
    return replace(conditions, wind_gusts=20.0, **changes)


def with_rain(*wet: int, code: int = 63, **changes: Any) -> Report:
    """A report with a millimetre of rain in these hours, counted from the present one."""
    hours = tuple(
        dry_hour(n, precipitation=1.0, weather_code=code, **changes) if n in wet else dry_hour(n)
        for n in range(48)
    )
    return replace(reports.report(), hours=hours, current=hours[0])


def outlook_of(report: Report, units: Units = Units.METRIC, tag: str = "en") -> str:
    def format_time(moment: datetime) -> str:
        return f"{moment:%H:%M}"

    options = ViewOptions(units=units, language=tag)
    return outlook(report, get_language(tag), local_units(options), format_time)


@pytest.mark.parametrize(
    ("report", "text"),
    [
        (with_rain(), "Dry for the next 24 hours."),
        (with_rain(30), "Dry for the next 24 hours."),
        (replace(with_rain(), current=dry_hour(0, weather_code=51)), ""),
        (with_rain(24), "Dry for the next 24 hours."),
        (with_rain(8, 9, 10), "Rain from about 16:00, 3.0 mm by 19:00."),
        (with_rain(8, 11, 19), "Rain from about 16:00, 2.0 mm by 20:00."),
        (with_rain(0, 1), "Rain until about 10:00, 2.0 mm."),
        (with_rain(0), "Rain until about 09:00, 1.0 mm."),
        (with_rain(*range(48)), "Rain for the next 24 hours, 24.0 mm."),
        (with_rain(8, code=95), "Thunderstorm from about 16:00, 1.0 mm by 17:00."),
        (with_rain(8, code=3), "Rain from about 16:00, 1.0 mm by 17:00."),
        (with_rain(8, code=75, snowfall=2.5), "Snow from about 16:00, 2.5 cm by 17:00."),
        (with_rain(8, precipitation_probability=30.0), "Rain possible from about 16:00."),
        (with_rain(0, 1, precipitation_probability=30.0), "Rain possible until about 10:00."),
        (with_rain(8, code=71, snowfall=0.03), "Snow from about 16:00, 1.0 mm by 17:00."),
        (with_rain(8, precipitation_probability=70.0), "Rain from about 16:00, 1.0 mm by 17:00."),
    ],
)
def test_precipitation(report: Report, text: str) -> None:
    assert outlook_of(report) == text


@pytest.mark.parametrize(
    ("report", "text"),
    [
        (with_rain(20, 21), "Rain tomorrow from about 04:00, 2.0 mm by 06:00."),
        (with_rain(14, 16), "Rain from about 22:00, 2.0 mm by 01:00 tomorrow."),
        (with_rain(14, 15), "Rain from about 22:00, 2.0 mm by 00:00."),
        (with_rain(16), "Rain tomorrow from about 00:00, 1.0 mm by 01:00."),
        (with_rain(*range(18)), "Rain until about 02:00 tomorrow, 18.0 mm."),
        (
            with_rain(20, precipitation_probability=30.0),
            "Rain possible tomorrow from about 04:00.",
        ),
        (
            with_rain(*range(18), precipitation_probability=30.0),
            "Rain possible until about 02:00 tomorrow.",
        ),
    ],
)
def test_a_time_that_is_not_today_has_its_day(report: Report, text: str) -> None:
    assert outlook_of(replace(report, timezone="UTC")) == text


def test_what_the_present_hour_has_is_of_now() -> None:
    report = with_rain()
    hours = [*report.hours]
    hours[0] = replace(hours[0], wind_gusts=88.0, temperature=-3.4)
    changed = replace(report, hours=tuple(hours))
    assert outlook_of(changed) == "Dry for the next 24 hours. Gusts up to 88 km/h now."


def test_gusts_and_frost_of_tomorrow_name_the_day() -> None:
    report = with_rain()
    hours = [*report.hours]
    hours[20] = replace(hours[20], wind_gusts=88.0, temperature=-3.4)
    assert outlook_of(replace(report, hours=tuple(hours), timezone="UTC")) == (
        "Dry for the next 24 hours. Gusts up to 88 km/h tomorrow around 04:00."
        " Frost tomorrow from about 04:00, down to −3 °C."
    )


def test_the_day_is_that_of_the_place() -> None:
    """In Auckland the same morning is an evening."""
    report = with_rain(8)
    assert outlook_of(replace(report, timezone="Pacific/Auckland")).startswith("Rain tomorrow")


@pytest.mark.parametrize(
    "report",
    [
        replace(with_rain(), hours=with_rain().hours[:20]),
        replace(with_rain(), hours=(*with_rain().hours[:5], *with_rain().hours[6:])),
        replace(
            with_rain(),
            hours=(replace(with_rain().hours[0], precipitation=None), *with_rain().hours[1:]),
        ),
    ],
)
def test_nothing_is_dry_of_which_nothing_is_known(report: Report) -> None:
    assert outlook_of(report) == ""


@pytest.mark.parametrize(
    ("amounts", "chance", "text"),
    [
        # A drop at 16:00 hides no rain of the night; less than twice as much, or than a millimetre,
        # is in the table.
        (
            {8: 0.1, 13: 2.0, 14: 4.0},
            80.0,
            "Rain from about 16:00, 0.1 mm by 17:00. Rain from about 21:00, 6.0 mm by 23:00.",
        ),
        ({8: 3.0, 13: 5.9}, 80.0, "Rain from about 16:00, 3.0 mm by 17:00."),
        ({8: 0.1, 13: 0.9}, 80.0, "Rain from about 16:00, 0.1 mm by 17:00."),
        ({8: 0.1, 13: 9.0}, 30.0, "Rain possible from about 16:00."),
        (
            {8: 0.1, 13: 2.0, 18: 6.0},
            80.0,
            "Rain from about 16:00, 0.1 mm by 17:00. "
            "Rain tomorrow from about 02:00, 6.0 mm by 03:00.",
        ),
    ],
)
def test_a_drop_hides_no_rain_that_follows(
    amounts: dict[int, float], chance: float, text: str
) -> None:
    hours = [*with_rain(*amounts, precipitation_probability=chance).hours]
    for n, amount in amounts.items():
        hours[n] = replace(hours[n], precipitation=amount)
    assert outlook_of(replace(with_rain(), hours=tuple(hours), timezone="UTC")) == text


def test_rain_that_is_likely_is_not_hidden_by_what_is_only_possible() -> None:
    hours = [*with_rain(8, 14).hours]
    hours[8] = replace(hours[8], precipitation_probability=20.0)
    assert outlook_of(replace(with_rain(), hours=tuple(hours), timezone="UTC")) == (
        "Rain possible from about 16:00. Rain from about 22:00, 1.0 mm by 23:00."
    )


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0.04, "Dry for the next 24 hours."),
        (0.05, "Rain from about 16:00, 0.1 mm by 17:00."),
        (0.08, "Rain from about 16:00, 0.1 mm by 17:00."),
    ],
)
def test_no_hour_is_dry_whose_amount_the_table_shows(amount: float, text: str) -> None:
    hours = [*with_rain().hours]
    hours[8] = replace(hours[8], precipitation=amount)
    assert outlook_of(replace(with_rain(), hours=tuple(hours))) == text


def test_an_amount_that_would_be_shown_as_0_is_left_out() -> None:
    hours = [*with_rain().hours]
    hours[8] = replace(hours[8], precipitation=0.1, weather_code=51)
    report = replace(with_rain(), hours=tuple(hours))
    assert outlook_of(report, Units.IMPERIAL) == "Drizzle possible from about 16:00."


def test_snow_of_less_than_a_digit_is_said_as_precipitation() -> None:
    report = with_rain(5, code=73, snowfall=0.04)
    assert outlook_of(report) == "Snow from about 13:00, 1.0 mm by 14:00."
    report = with_rain(5, code=73, snowfall=0.7)
    assert outlook_of(report) == "Snow from about 13:00, 0.7 cm by 14:00."


def test_gusts_and_frost_have_their_own_sentences() -> None:
    report = with_rain()
    hours = [*report.hours]
    hours[5] = replace(hours[5], wind_gusts=88.0)
    hours[7] = replace(hours[7], temperature=-1.2)
    hours[8] = replace(hours[8], temperature=-3.4)
    report = replace(report, hours=tuple(hours))
    assert outlook_of(report) == (
        "Dry for the next 24 hours. Gusts up to 88 km/h around 13:00."
        " Frost from about 15:00, down to −3 °C."
    )
    assert "55 mph" in outlook_of(report, Units.IMPERIAL)
    assert "26 °F" in outlook_of(report, Units.IMPERIAL)
    frozen = replace(report, current=replace(report.current, temperature=-2.0))
    assert "Frost" not in outlook_of(frozen)


def test_missing_values_make_no_sentence() -> None:
    assert outlook_of(reports.all_values_missing()) == ""
    assert outlook_of(reports.report(hours=())) == ""


def test_the_outlook_is_translated() -> None:
    assert outlook_of(with_rain(8, 9), tag="de") == "Regen ab etwa 16:00, 2,0 mm bis 18:00."
    assert outlook_of(with_rain(8, 9), tag="ja") == "16:00ごろから雨、18:00までに2.0 mm。"
    assert ENGLISH.tag == "en"
