"""Answers in words and in JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests import reports
from tests.views.answers.test_verdict import forecast, rain
from weather.core.measurement_systems import Units
from weather.core.models import Report
from weather.views.answers import render, render_json
from weather.views.options import ViewOptions
from weather.views.question import TOPICS, Question, Threshold

HERE = "Windhaven, Holm, DE"


def options(word: str, hours: int | None = None, **changes: Any) -> ViewOptions:
    above = changes.pop("above", None)
    question = Question.of(word, hours, above)
    return replace(ViewOptions(units=Units.METRIC, question=question), **changes)


@pytest.mark.parametrize(
    ("report", "chosen", "line"),
    [
        (forecast({}), options("rain", 3), "no: {}: Precipitation 0.0 mm, until 13:00"),
        (forecast({}), options("rain"), "no: {}: Precipitation 0.0 mm, until Sat 16 May 10:00"),
        (forecast(rain(3, 4)), options("rain"),
         "yes: {}: Rain from about 13:00, 2.0 mm by 15:00."),
        (forecast(rain(3, precipitation_probability=9.0)), options("rain"),
         "no: {}: Rain possible from about 13:00."),
        ({"weather_code": 80}, options("umbrella"), "yes: {}: Light showers"),
        (forecast(rain(0, 1)), options("rain"), "yes: {}: Rain until about 12:00, 2.0 mm."),
        # It goes on after the last hour of the question.
        (forecast(rain(0, 1, 2, 3, 4)), options("rain", 2),
         "yes: {}: Rain until about 15:00, 5.0 mm."),
        (forecast(rain(1, 2, 3, 4)), options("umbrella", 2),
         "yes: {}: Rain from about 11:00, 4.0 mm by 15:00."),
        (forecast(rain(0, precipitation_probability=9.0)), options("umbrella"),
         "yes: {}: Light rain"),
        (forecast(rain(0, weather_code=2, precipitation_probability=9.0)), options("umbrella"),
         "no: {}: Rain possible until about 11:00."),
        (reports.with_current(forecast(rain(3, 4)), weather_code=51), options("rain"),
         "yes: {}: Light drizzle. Rain from about 13:00, 2.0 mm by 15:00."),
        (forecast({0: {"temperature": -2.14}}), options("frost"),
         "yes: {}: Frost now, down to −2.1 °C."),
        (forecast({0: {"wind_gusts": 80.0}}), options("gusts", above=Threshold(50)),
         "yes: {}: Gusts up to 80.0 km/h now."),
        (forecast({5: {"temperature": -2.14}}), options("frost"),
         "yes: {}: Frost from about 15:00, down to −2.1 °C."),
        (forecast({5: {"temperature": -0.3}}), options("frost", units=Units.IMPERIAL),
         "yes: {}: Frost from about 3:00 PM, down to 31.5 °F."),
        (forecast({5: {"temperature": 3.2}}), options("frost", 6),
         "no: {}: 3.2 to 12.0 °C, until 16:00"),
        (forecast({5: {"wind_speed": 50.3}}), options("wind", above=Threshold(50)),
         "yes: {}: Wind up to 50.3 km/h around 15:00."),
        (forecast({5: {"wind_gusts": 80.0}}), options("gusts", above=Threshold(8, "bft")),
         "yes: {}: Gusts up to 9 Bft around 15:00."),
        (forecast({}), options("rain", 3, city=False), "no: Precipitation 0.0 mm, until 13:00"),
        (forecast({}), options("rain", 3, language="de"),
         "no: {}: Niederschlag 0,0 mm, bis 13:00"),
    ],
)  # fmt: skip
def test_lines(report: Report | dict[str, Any], chosen: ViewOptions, line: str) -> None:
    if isinstance(report, dict):
        report = reports.with_current(forecast({}), **report)
    if chosen.units is Units.IMPERIAL:
        chosen = replace(chosen, twelve_hours=True)
    assert render(report, chosen) == line.format(HERE) + "\n"


@pytest.mark.parametrize("word", TOPICS)
def test_a_stale_a_sample_and_an_offline_answer_are_marked(word: str) -> None:
    assert render(reports.stale(), options(word)).endswith("(stale: 47 min old)\n")
    assert render(reports.sample(), options(word)).endswith("(SAMPLE DATA, not a real forecast)\n")
    report = reports.report()
    offline = replace(report, located=replace(report.located, offline=True))
    assert render(offline, options(word)).endswith("(place found offline)\n")
    stale = json.loads(render_json(reports.stale(), options(word)))
    assert stale["provenance"]["stale"] is True


@pytest.mark.parametrize("word", TOPICS)
def test_json_has_the_answer_and_its_reasons(word: str) -> None:
    report = reports.with_alerts()
    content = json.loads(render_json(report, options(word, 24)))
    assert content["question"] == word
    assert content["answer"] is render(report, options(word, 24)).startswith("yes")
    assert content["text"] + "\n" == render(report, options(word, 24))
    assert content["from"] == "2026-05-15T10:00:00+02:00"
    assert content["until"] == "2026-05-16T10:00:00+02:00"
    assert (content["starts_at"] is not None) is content["answer"]
    assert content["place"]["name"] == "Windhaven"
    assert [alert["event"] for alert in content["alerts"]] == ["Heat Advisory", "Frost"]
    assert content["provenance"]["attribution"]


def test_json_has_the_units_of_the_request() -> None:
    report = forecast({5: {"wind_speed": 80.0, "temperature": -3.0}, **rain(7)})
    chosen: dict[str, Any] = {"units": Units.IMPERIAL}
    frost = json.loads(render_json(report, options("frost", **chosen)))
    assert [frost[name] for name in ("value", "threshold", "unit")] == [26.6, 32.0, "°F"]
    wind = json.loads(render_json(report, options("wind", above=Threshold(20, "ms"), **chosen)))
    assert [wind[name] for name in ("value", "threshold", "unit")] == [22.2, 20.0, "m/s"]
    wet = json.loads(render_json(report, options("rain", **chosen)))
    assert [wet[name] for name in ("value", "threshold", "unit")] == [0.04, None, "in"]
