"""The rows that are joined from columns are byte for byte what `json.dumps` writes of an object
for each row."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests import reports
from tests.cache.strategies import DAYS, HOURS
from weather.core.measurement_systems import Units
from weather.core.models import Conditions, Day, Days, Hours, Report
from weather.i18n.languages import LANGUAGES, Language, get_language
from weather.views.json import render, rows, sections
from weather.views.options import ViewOptions
from weather.views.units import UnitSystem, unit_system

ZONES = [ZoneInfo(name) for name in ("UTC", "Asia/Kathmandu", "America/New_York")]
OPTIONS = [ViewOptions(units=units) for units in Units] + [ViewOptions(wind_in_ms=True)]


def dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def check(
    hours: tuple[Conditions, ...], days: tuple[Day, ...], options: ViewOptions, zone: ZoneInfo
) -> None:
    units, language = unit_system(options), get_language(options.language)
    expected = objects(hours, days, units, language, zone)
    assert expected == (
        rows.hours(Hours.of(hours), units, language, zone),
        rows.days(Days.of(days), units, language, zone),
        rows.astronomy(Days.of(days), zone),
    )


def objects(
    hours: tuple[Conditions, ...],
    days: tuple[Day, ...],
    units: UnitSystem,
    language: Language,
    zone: ZoneInfo,
) -> tuple[str, str, str]:
    return (
        dumps([sections.conditions(hour, units, language, zone) for hour in hours]),
        dumps([sections.day(day, units, language, zone) for day in days]),
        dumps([sections.astronomy(day.date, day.astronomy, zone) for day in days]),
    )


REPORTS = {
    "fine": reports.report(),
    "hill town": reports.report(reports.HILL_TOWN),
    "american": reports.american(),
    "polar night": reports.polar_night(),
    "polar day": reports.polar_day(),
    "storm": reports.storm(),
    "snow": reports.snow_night(),
    "six-hourly": reports.six_hourly(),
    "all missing": reports.all_values_missing(),
    "without rows": reports.report(hours=(), days=()),
}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_rows_of_a_report_are_those_of_objects(name: str, options: ViewOptions) -> None:
    report = REPORTS[name]
    check(tuple(report.hours), tuple(report.days), options, ZoneInfo(report.timezone))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_conditions_are_in_every_language(language: Language) -> None:
    report = reports.report()
    check(tuple(report.hours), tuple(report.days), ViewOptions(language=language.tag), ZONES[0])


@settings(deadline=None, max_examples=200)
@given(
    HOURS, st.lists(DAYS, max_size=3).map(tuple), st.sampled_from(OPTIONS), st.sampled_from(ZONES)
)
def test_any_rows_are_those_of_objects(
    hours: tuple[Conditions, ...], days: tuple[Day, ...], options: ViewOptions, zone: ZoneInfo
) -> None:
    try:
        objects(hours, days, unit_system(options), get_language("en"), zone)
    except (OverflowError, ValueError):  # a moment without a local time, an infinite number
        assume(False)
    # Rows are converted before a wind of 0 drops its direction, which may be infinite here alone.
    assume(not re.search(r"=-?(inf|nan)\b", repr((hours, days))))
    check(hours, days, options, zone)


def test_a_slice_has_the_gaps_of_its_own_rows() -> None:
    report = reports.report()
    values = [None if n % 5 == 3 else n / 10 for n in range(len(report.hours))]
    hours = Hours.of(report.hours).with_columns(temperature=values, visibility=values)
    for part in (hours[:48], hours[2:9], hours[13:14], hours[5:5]):
        check(tuple(part), (), OPTIONS[0], ZONES[1])


def test_equal_numbers_of_different_types_have_their_own_texts() -> None:
    hours = [replace(reports.report().hours[0], uv_index=value) for value in (1.0, 1, True)]
    for part in (hours, hours[:1], hours[1:2], hours[:1]):
        check(tuple(part), (), OPTIONS[0], ZONES[0])


def test_more_numbers_than_texts_are_kept_for_are_written_all_the_same() -> None:
    at = reports.report().hours[0]
    hours = tuple(replace(at, pressure_msl=n / 10) for n in range(9000))
    check(hours, (), OPTIONS[1], ZONES[0])
    check(hours[:50], (), OPTIONS[1], ZONES[0])


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_json_has_no_number_for_is_refused(value: float) -> None:
    report: Report = reports.report()
    hours = (replace(report.hours[0], cloud_cover=value), *report.hours[1:])
    with pytest.raises(ValueError, match="JSON compliant"):
        render(replace(report, hours=hours), ViewOptions())


@pytest.mark.parametrize("name", REPORTS)
def test_the_joined_object_is_the_one_that_its_values_are_written_as(name: str) -> None:
    body = render(REPORTS[name], ViewOptions())
    assert dumps(json.loads(body)) + "\n" == body
