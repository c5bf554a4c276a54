"""The choice of fields of the JSON object."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests import reports
from weather.core.errors import InvalidOption
from weather.core.models import Disagreement, Nowcast, Report
from weather.views.json import render, render_fallback
from weather.views.json.fields import FIELDS, NAMES, suggestion
from weather.views.options import ViewOptions
from weather.web.parameters import FIELDS as PARAMETER

WHOLE = replace(
    reports.with_departure(4),
    alerts=reports.with_alerts().alerts,
    rest_of_today=reports.report().days[0],
    disagreements=(Disagreement(reports.AT.date(), "met-norway", 9.0, 1.0, 4.2, 61),),
    yesterday=reports.report().days[0],
    nowcast=Nowcast(reports.AT.replace(minute=15), (0.0, 0.4, 0.0)).coming(reports.AT),
)


def rendered(report: Report, *names: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(render(report, ViewOptions(fields=names)))
    return body


@pytest.mark.parametrize("section", FIELDS)
def test_the_names_of_fields_are_those_of_the_object(section: str) -> None:
    value = rendered(WHOLE)[section]
    for item in value if isinstance(value, list) else [value]:
        assert set(item) == set(FIELDS[section])
    assert value
    assert list(rendered(WHOLE)) == list(FIELDS)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_field_alone_is_that_of_the_whole_object(name: str) -> None:
    whole, (section, _, field) = rendered(WHOLE), name.partition(".")
    expected = whole[section]
    if field and isinstance(expected, list):
        expected = [{field: item[field]} for item in expected]
    elif field:
        expected = {field: expected[field]}
    assert rendered(WHOLE, name) == {section: expected}


def test_a_section_and_a_field_of_it_are_the_section() -> None:
    assert rendered(WHOLE, "daily", "daily.date") == {"daily": rendered(WHOLE)["daily"]}


def test_fields_of_climate_normals() -> None:
    fallback = reports.climate_fallback()
    options = ViewOptions(fields=("astronomy.daylight", "current.temperature", "place"))
    body = json.loads(render_fallback(fallback, options))
    whole = json.loads(render_fallback(fallback, ViewOptions()))
    daylight = whole["astronomy"][0]["daylight"]
    assert body == {
        "place": whole["place"],
        "current": None,
        "astronomy": [{"daylight": daylight}],
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("daily,current", ("current", "daily")),
        ("daily,daily", ("daily",)),
        ("hourly.temperature", ("hourly.temperature",)),
    ],
)
def test_names_are_read_in_one_order(text: str, names: tuple[str, ...]) -> None:
    assert PARAMETER.kind.read("fields", text) == names


@pytest.mark.parametrize(
    "text",
    ["", ",", "daily, current", "daily,", "temperature", "current.temp", "current.", "x" * 500],
)
def test_other_names_are_refused(text: str) -> None:
    with pytest.raises(InvalidOption, match="fields"):
        PARAMETER.kind.read("fields", text)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("temperature", "current.temperature"),
        ("current.temprature", "current.temperature"),
        ("hourl", "hourly"),
        ("sunrise", "astronomy.sunrise"),
        ("zzz", ""),
    ],
)
def test_a_name_suggests_a_field(name: str, meant: str) -> None:
    assert suggestion(name) == meant


def test_the_moment_of_each_figure_of_the_moon() -> None:
    body = rendered(reports.report(reports.HILL_TOWN))
    assert body["current"]["moon_at"] == "2026-05-15T14:00:00+05:45"
    for day in body["astronomy"]:
        assert day["moon_at"] == f"{day['date']}T12:00:00+05:45"
