"""The sentence about the next 24 hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import reports
from weather.core.models import Conditions, Report
from weather.i18n.languages import ENGLISH, get_language
from weather.views.options import Units, ViewOptions
from weather.views.outlook import outlook
from weather.views.units import local_units

FIRST = reports.AT.replace(minute=0)


def calm(n: int, **changes: Any) -> Conditions:
    plain = Conditions(FIRST + timedelta(hours=n), temperature=12.0, precipitation=0.0)
    return replace(plain, wind_gusts=20.0, **changes)


def rainy(*wet: int, code: int = 63, **changes: Any) -> Report:
    """Hours that end at these numbers of hours from now have a millimetre of rain."""
    hours = tuple(
        calm(n, precipitation=1.0, weather_code=code, **changes) if n in wet else calm(n)
        for n in range(48)
    )
    return replace(reports.report(), hours=hours, current=hours[0])


def said(report: Report, units: Units = Units.METRIC, tag: str = "en") -> str:
    def time(moment: datetime) -> str:
        return f"{moment:%H:%M}"

    wishes = ViewOptions(units=units, language=tag)
    return outlook(report, get_language(tag), local_units(wishes), time)


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (rainy(), "Dry for the next 24 hours."),
        (rainy(30), "Dry for the next 24 hours."),
        (rainy(0), "Dry for the next 24 hours."),
        (rainy(9, 10, 11), "Rain from about 16:00, 3.0 mm by 19:00."),
        (rainy(9, 12, 20), "Rain from about 16:00, 2.0 mm by 20:00."),
        (rainy(1, 2), "Rain until about 10:00, 2.0 mm."),
        (rainy(*range(1, 48)), "Rain for the next 24 hours, 24.0 mm."),
        (rainy(9, code=95), "Thunderstorm from about 16:00, 1.0 mm by 17:00."),
        (rainy(9, code=3), "Rain from about 16:00, 1.0 mm by 17:00."),
        (rainy(9, code=75, snowfall=2.5), "Snow from about 16:00, 2.5 cm by 17:00."),
        (rainy(9, precipitation_probability=30.0), "Rain possible from about 16:00."),
        (rainy(9, precipitation_probability=70.0), "Rain from about 16:00, 1.0 mm by 17:00."),
    ],
)
def test_rain(report: Report, words: str) -> None:
    assert said(report) == words


def test_storm_and_frost_are_told_besides() -> None:
    report = rainy()
    hours = [*report.hours]
    hours[5] = replace(hours[5], wind_gusts=88.0)
    hours[7] = replace(hours[7], temperature=-1.2)
    hours[8] = replace(hours[8], temperature=-3.4)
    report = replace(report, hours=tuple(hours))
    assert said(report) == (
        "Dry for the next 24 hours. Gusts up to 88 km/h around 13:00."
        " Frost from about 15:00, down to −3 °C."
    )
    assert "55 mph" in said(report, Units.IMPERIAL)
    assert "26 °F" in said(report, Units.IMPERIAL)
    frozen = replace(report, current=replace(report.current, temperature=-2.0))
    assert "Frost" not in said(frozen)


def test_what_is_not_told_is_not_foretold() -> None:
    assert said(reports.nothing_told()) == ""
    assert said(reports.report(hours=())) == ""


def test_it_speaks_other_languages() -> None:
    assert said(rainy(9, 10), tag="de") == "Regen ab etwa 16:00, 2,0 mm bis 18:00."
    assert said(rainy(9, 10), tag="ja") == "16:00ごろから雨、18:00までに2.0 mm。"
    assert ENGLISH.tag == "en"
