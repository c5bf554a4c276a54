"""What is answered with yes, with no, and what is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import reports
from weather.core.errors import InvalidOption
from weather.core.measurement_systems import Units
from weather.core.models import Conditions, Hours, Report
from weather.views.answers import judge, render
from weather.views.answers.verdict import Verdict
from weather.views.options import ViewOptions
from weather.views.question import TOPICS, Question, Threshold
from weather.views.units import QUANTITY_WORDS

FIRST = reports.AT.replace(minute=0)  # the present hour; it is 8:20
HOUR = timedelta(hours=1)
FAIR: dict[str, Any] = {
    **{"temperature": 12.0, "precipitation": 0.0, "snowfall": 0.0, "weather_code": 1},
    **{"wind_speed": 10.0, "wind_gusts": 20.0},
}


def forecast(changes: dict[int, dict[str, Any]], count: int = 48) -> Report:
    """A report of fair hours of which some, counted from the present one, have other values."""
    rows = [
        replace(Conditions(FIRST + n * HOUR, **FAIR), **changes.get(n, {})) for n in range(count)
    ]
    return replace(reports.report(), hours=Hours.of(rows), current=replace(rows[0]))


def verdict(
    report: Report, word: str, hours: int | None = None, above: Threshold | None = None
) -> Verdict:
    question = Question.of(word, hours, above)
    return judge(report, ViewOptions(units=Units.METRIC, question=question))


def rain(*hours: int, amount: float = 1.0, **changes: Any) -> dict[int, dict[str, Any]]:
    return {n: {"precipitation": amount, "weather_code": 61, **changes} for n in hours}


@pytest.mark.parametrize(
    ("changes", "hours", "answer"),
    [
        ({}, 3, False),
        (rain(0, weather_code=1), 3, True),  # from 8:00 to 9:00
        (rain(3), 3, True),  # begins at 11:00, which is within three hours
        (rain(4), 3, False),  # begins at 12:00
        (rain(4), 4, True),
        (rain(47), 47, True),
        (rain(2, amount=0.1), 3, True),
        (rain(2, amount=0.09), 3, False),
        (rain(2, precipitation_probability=39.0), 3, False),
        (rain(2, precipitation_probability=40.0), 3, True),
        ({**rain(2, precipitation_probability=10.0), **rain(20)}, 24, True),
        (rain(2, weather_code=75), 3, False),  # snow
        (rain(2, weather_code=85), 3, False),
        (rain(2, weather_code=None, snowfall=1.0), 3, False),
        (rain(2, weather_code=None), 3, True),
        (rain(2, weather_code=66), 3, True),  # freezing
        (rain(2, weather_code=95), 3, True),
        ({0: {"weather_code": 61}}, 1, True),  # it rains now
        ({0: {"weather_code": 71}}, 1, False),  # it snows now
    ],
)
def test_rain(changes: dict[int, dict[str, Any]], hours: int, answer: bool) -> None:
    assert verdict(forecast(changes), "rain", hours).answer is answer


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, False),
        (rain(2, amount=0.4), False),
        (rain(2, amount=0.5), True),
        (rain(2, 9, amount=0.25), True),
        (rain(2, weather_code=75), True),
        (rain(2, precipitation_probability=39.0), False),
        (rain(12), True),
        (rain(14), False),
        ({0: {"weather_code": 81}}, True),
    ],
)
def test_umbrella(changes: dict[int, dict[str, Any]], answer: bool) -> None:
    assert verdict(forecast(changes), "umbrella").answer is answer


@pytest.mark.parametrize(
    ("changes", "hours", "answer"),
    [
        ({}, 24, False),
        ({0: {"temperature": -0.1}}, 1, True),
        ({3: {"temperature": -0.01}}, 3, True),
        ({3: {"temperature": 0.0}}, 3, False),
        ({4: {"temperature": -5.0}}, 3, False),
        ({4: {"temperature": -5.0}}, 4, True),
    ],
)
def test_frost(changes: dict[int, dict[str, Any]], hours: int, answer: bool) -> None:
    assert verdict(forecast(changes), "frost", hours).answer is answer


@pytest.mark.parametrize(("word", "name"), [("wind", "wind_speed"), ("gusts", "wind_gusts")])
@pytest.mark.parametrize(
    ("speed", "above", "answer"),
    [
        (50.0, Threshold(50), False),
        (50.01, Threshold(50), True),
        (50.4, Threshold(14, "ms"), False),  # 14 m/s exactly
        (50.41, Threshold(14, "ms"), True),
        (48.28032, Threshold(30, "mph"), False),
        (55.56, Threshold(30, "kn"), False),
        (55.57, Threshold(30, "kn"), True),
        (74.8, Threshold(8, "bft"), False),  # 20.8 m/s are force 9
        (74.89, Threshold(8, "bft"), True),
        (38.8, None, None),
    ],
)
def test_speeds_above_a_threshold(
    word: str, name: str, speed: float, above: Threshold | None, answer: bool | None
) -> None:
    expected = answer if answer is not None else False
    assert verdict(forecast({3: {name: speed}}), word, 12, above).answer is expected


@pytest.mark.parametrize(("word", "least"), [("wind", 38.88), ("gusts", 61.92)])
def test_by_default_a_strong_breeze_and_gusts_of_a_gale(word: str, least: float) -> None:
    name = {"wind": "wind_speed", "gusts": "wind_gusts"}[word]
    assert verdict(forecast({3: {name: least - 0.01}}), word).answer is False
    assert verdict(forecast({3: {name: least}}), word).answer is True


def test_gusts_of_the_present_hour_count_and_those_of_the_past_one_do_not() -> None:
    assert verdict(forecast({0: {"wind_gusts": 150.0}}), "gusts", 1).answer is True
    assert verdict(forecast({1: {"wind_gusts": 150.0}}), "gusts", 1).answer is True
    assert verdict(forecast({2: {"wind_gusts": 150.0}}), "gusts", 1).answer is False
    past = forecast({0: {"wind_gusts": 150.0}})
    past = replace(past, at=past.at + HOUR, hours=past.hours[1:], earlier=past.hours[:1])
    assert verdict(past, "gusts").answer is False


@pytest.mark.parametrize("word", TOPICS)
def test_a_threshold_without_a_unit_is_in_the_visitors(word: str) -> None:
    report = forecast({3: {"wind_speed": 60.0, "wind_gusts": 60.0}})
    question = Question.of(word, None, Threshold(40))
    answers = {
        units: judge(report, ViewOptions(units=units, question=question)).answer
        for units in (Units.METRIC, Units.IMPERIAL)
    }
    is_speed = TOPICS[word].above is not None
    assert answers == {Units.METRIC: is_speed, Units.IMPERIAL: False}


def test_beaufort_has_no_force_50() -> None:
    options = ViewOptions(unit_words=("bft",), question=Question.of("wind", 3, Threshold(50)))
    with pytest.raises(InvalidOption, match="above"):
        judge(forecast({}), options)


@pytest.mark.parametrize("word", TOPICS)
def test_a_forecast_that_ends_before_is_no_answer(word: str) -> None:
    assert verdict(forecast({}, 24), word, 23).answer is False
    assert verdict(forecast({}, 23), word, 24).answer is None


@pytest.mark.parametrize("word", TOPICS)
def test_what_is_expected_before_a_forecast_ends_is_expected(word: str) -> None:
    storm = {"precipitation": 2.0, "temperature": -3.0, "wind_speed": 90.0, "wind_gusts": 120.0}
    assert verdict(forecast({5: storm}, 24), word, 384).answer is True


@pytest.mark.parametrize("word", TOPICS)
def test_a_report_without_values_is_no_answer(word: str) -> None:
    assert verdict(reports.all_values_missing(), word).answer is None
    assert verdict(replace(reports.report(), hours=()), word).answer is None


@pytest.mark.parametrize("gap", [(3, 4, 5), (1,), tuple(range(1, 13))])
@pytest.mark.parametrize("word", ["rain", "umbrella"])
def test_a_missing_sum_is_no_answer(word: str, gap: Sequence[int]) -> None:
    missing = {n: {"precipitation": None} for n in gap}
    assert verdict(forecast(missing), word, 12).answer is None


@pytest.mark.parametrize(("word", "name"), [("frost", "temperature"), ("wind", "wind_speed")])
def test_values_may_be_three_hours_apart(word: str, name: str) -> None:
    assert verdict(forecast({n: {name: None} for n in (3, 4)}), word, 12).answer is False
    assert verdict(forecast({n: {name: None} for n in (3, 4, 5)}), word, 12).answer is None
    # The end of the window is between two values.
    assert verdict(forecast({n: {name: None} for n in (12, 13)}), word, 12).answer is False


@pytest.mark.parametrize("word", TOPICS)
def test_a_forecast_without_the_present_hour_is_used(word: str) -> None:
    whole = forecast({})
    # The sum of the present hour is not known.
    is_sum = word in {"rain", "umbrella"}
    assert verdict(replace(whole, hours=whole.hours[1:]), word).answer is (
        None if is_sum else False
    )
    assert verdict(replace(whole, hours=whole.hours[4:]), word).answer is None


@pytest.mark.parametrize("word", TOPICS)
@pytest.mark.parametrize("place", [reports.WINDHAVEN, reports.NEW_WINDHAVEN, reports.HILL_TOWN])
def test_sixteen_days_end_with_the_sixteenth_local_day(word: str, place: Any) -> None:
    report = reports.report(place)
    zone = ZoneInfo(report.timezone)
    end = datetime.combine(report.days[-1].date, datetime.min.time(), zone) + timedelta(hours=23)
    until_the_end = report.hours[: sum(hour.valid_at <= end for hour in report.hours)]
    found = verdict(replace(report, hours=until_the_end), word, 384)
    assert found.answer is not None
    assert found.window.end == end


@pytest.mark.parametrize("word", TOPICS)
def test_an_answer_stays_true_until_the_hour_ends(word: str) -> None:
    report = reports.report()
    for minute in (0, 1, 59):
        later = replace(report, at=report.at.replace(minute=minute))
        found, first = verdict(later, word, 7), verdict(report, word, 7)
        assert (found.answer, found.window) == (first.answer, first.window)


SPEEDS = sorted(word for word, (name, _) in QUANTITY_WORDS.items() if name == "speed")


@settings(deadline=None)
@given(
    speeds=st.lists(st.decimals(0, 200, places=2).map(float), min_size=10, max_size=10),
    number=st.integers(0, 12),
    unit=st.sampled_from(SPEEDS),
    hours=st.integers(1, 8),
)
def test_the_answer_is_that_of_the_highest_speed_of_the_window(
    speeds: list[float], number: int, unit: str, hours: int
) -> None:
    report = forecast({n: {"wind_speed": speed} for n, speed in enumerate(speeds)})
    found = verdict(report, "wind", hours, Threshold(number, unit))
    highest = max(speeds[: hours + 1])
    converted = round(QUANTITY_WORDS[unit][1].exact(highest), 6)
    assert found.answer is (converted > number)
    assert found.value == highest


@pytest.mark.parametrize("tag", ["en", "de", "ar", "ja"])
@pytest.mark.parametrize("word", TOPICS)
def test_the_line_begins_with_the_answer_in_english(word: str, tag: str) -> None:
    for report in (forecast({}), reports.storm(), reports.snow_night(), reports.sample()):
        options = ViewOptions(language=tag, question=Question.of(word, None, None))
        line = render(report, options)
        answer = {True: "yes", False: "no"}.get(judge(report, options).answer or False)
        assert line.startswith(f"{answer}: Windhaven, Holm, DE")
        assert line.endswith("\n")
        assert line.count("\n") == 1
