"""The calendar: RFC 5545's rules, held by an independent reading of its lines."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests import reports
from weather.core.models import Report
from weather.i18n.languages import LANGUAGES, Language
from weather.views import calendar
from weather.views.options import ViewOptions


def lines(text: str) -> list[str]:
    """The unfolded lines."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def events(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in lines(text):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            found[-1].setdefault(name, value)
    return found


def test_every_day_is_an_event_of_its_whole_day() -> None:
    report = reports.report()
    found = events(calendar.render(report, ViewOptions()))
    assert len(found) == len(report.days) == 16
    assert found[0]["DTSTART;VALUE=DATE"] == "20260515"
    assert found[0]["DTEND;VALUE=DATE"] == "20260516"
    assert re.fullmatch(r"🌨️ -?\d+ – -?\d+ °C", found[0]["SUMMARY"])
    assert found[0]["GEO"] == "54.3213;10.1349"
    assert len({event["UID"] for event in found}) == 16


def test_days_choose_how_many() -> None:
    assert len(events(calendar.render(reports.report(), ViewOptions(days=3)))) == 3


def test_an_event_keeps_its_identity_when_the_forecast_changes() -> None:
    report = reports.report()
    later = replace(report, at=report.at.replace(hour=15))
    first, second = (events(calendar.render(r, ViewOptions()))[0]["UID"] for r in (report, later))
    assert first == second


def test_special_characters_are_escaped() -> None:
    place = replace(reports.WINDHAVEN, name="A, B; C\\D\nE")
    text = calendar.render(reports.report(place), ViewOptions())
    assert events(text)[0]["LOCATION"] == "A\\, B\\; C\\\\DE\\, Holm\\, DE"


@pytest.mark.parametrize("report", [reports.all_values_missing(), reports.report(days=())])
@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_any_report_is_a_calendar(report: Report, language: Language) -> None:
    found = lines(calendar.render(report, ViewOptions(language=language.tag)))
    assert (found[0], found[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert not [line for line in found if not re.match("[A-Z-]+[;:]", line)]
