"""Units of single quantities, and the clock of 12 hours, in all views."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import reports
from weather.core.measurement_systems import Units
from weather.i18n.languages import LANGUAGES
from weather.views import html, oneline, prose, text, v2
from weather.views import json as json_view
from weather.views.options import ViewOptions
from weather.views.units import QUANTITY_WORDS, local_units, unit_system

METRIC = ViewOptions(units=Units.METRIC, color=False)
REPORT = reports.with_current(
    reports.report(),
    temperature=20.0, apparent_temperature=20.0, wind_speed=37.04, wind_gusts=37.04,
    pressure_msl=1013.25, precipitation=25.4, visibility=16.09344,
)  # fmt: skip


def of(*words: str) -> ViewOptions:
    return replace(METRIC, unit_words=words)


@pytest.mark.parametrize(
    ("word", "letter", "line", "field", "value"),
    [
        ("c", "t", "+20°C", "temperature", 20.0),
        ("f", "t", "+68°F", "temperature", 68.0),
        ("kmh", "w", "37km/h", "wind_speed", 37.0),
        ("ms", "w", "10m/s", "wind_speed", 10.3),
        ("mph", "w", "23mph", "wind_speed", 23.0),
        ("kn", "w", "20kn", "wind_speed", 20.0),
        ("bft", "w", "5Bft", "wind_speed", 5.0),
        ("hpa", "P", "1013hPa", "pressure_msl", 1013.25),
        ("mmhg", "P", "760mmHg", "pressure_msl", 760.0),
        ("inhg", "P", "29.92inHg", "pressure_msl", 29.92),
        ("mm", "p", "25.4mm", "precipitation", 25.4),
        ("in", "p", "1.00 in", "precipitation", 1.0),
    ],
)
def test_one_grammar_in_the_line_and_in_json(
    word: str, letter: str, line: str, field: str, value: float
) -> None:
    for system in Units:
        options = replace(of(word), units=system)
        rendered = oneline.render(REPORT, replace(options, template=f"%{letter}"))
        assert rendered.lstrip("↓↙←↖↑↗→↘") == line
        answer = json.loads(json_view.render(REPORT, options))
        assert answer["current"][field] == value
        assert answer["units"][field] == QUANTITY_WORDS[word][1].symbol


@pytest.mark.parametrize("word", sorted(QUANTITY_WORDS))
def test_a_word_changes_its_quantity_only(word: str) -> None:
    quantity, unit = QUANTITY_WORDS[word]
    for system in Units:
        options = replace(METRIC, units=system)
        changed = unit_system(replace(options, unit_words=(word,)))
        assert changed == replace(unit_system(options), **{quantity: unit})


def test_text_prose_and_pages_have_the_units() -> None:
    options = of("bft", "mmhg")
    for render in (text.render, v2.render, prose.render, html.render):
        body = str(render(REPORT, options))
        assert "5 Bft" in body.replace("\xa0", " ").replace("&nbsp;", " ")
        assert "km/h" not in body.partition("<form")[0]
    assert "760" in v2.render(REPORT, options)


def test_pages_of_one_report_in_several_units_are_not_mixed_up() -> None:
    pages = [
        str(html.render(REPORT, options))
        for options in (METRIC, of("kn"), of("bft"), of("mmhg"), replace(METRIC, twelve_hours=True))
    ]
    assert len(set(pages)) == 5
    russian = replace(METRIC, pressure_in_mmhg=True)
    assert "mmHg" in str(html.render(REPORT, russian))


def test_the_choice_of_units_names_those_of_the_systems() -> None:
    page = str(html.render(REPORT, of("bft")))
    assert ">°C, km/h\n<option" in page
    assert ">°C, Bft\n<option" not in page


# The limits of WMO-No. 306, code table 1100, in m/s.
_BEAUFORT = [
    (0.0, 0), (0.2, 0), (0.3, 1), (1.5, 1), (1.6, 2), (3.3, 2), (3.4, 3), (5.4, 3), (5.5, 4),
    (7.9, 4), (8.0, 5), (10.7, 5), (10.8, 6), (13.8, 6), (13.9, 7), (17.1, 7), (17.2, 8), (20.7, 8),
    (20.8, 9), (24.4, 9), (24.5, 10), (28.4, 10), (28.5, 11), (32.6, 11), (32.7, 12), (90.0, 12),
]  # fmt: skip


@pytest.mark.parametrize(("metres_per_second", "force"), _BEAUFORT)
def test_beaufort(metres_per_second: float, force: int) -> None:
    assert unit_system(of("bft")).speed.number(3.6 * metres_per_second) == str(force)


def test_calm_has_no_direction_in_beaufort() -> None:
    calm = reports.with_current(REPORT, wind_speed=1.0, wind_direction=90.0)
    options = replace(of("bft"), template="%w")
    assert oneline.render(calm, options) == "0Bft"
    assert json.loads(json_view.render(calm, options))["current"]["wind_direction"] is None


@given(st.floats(0, 400), st.floats(0, 400))
def test_a_stronger_wind_has_no_smaller_force(first: float, second: float) -> None:
    speed = unit_system(of("bft")).speed
    low, high = sorted((first, second))
    assert 0 <= speed.convert(low) <= speed.convert(high) <= 12


def test_every_unit_has_a_symbol_in_every_language() -> None:
    for language, word in itertools.product(LANGUAGES, QUANTITY_WORDS):
        quantity, _ = QUANTITY_WORDS[word]
        units = local_units(replace(of(word), language=language.tag))
        assert getattr(units, quantity).symbol


def test_a_clock_of_twelve_hours_in_texts_and_pages() -> None:
    options = replace(METRIC, twelve_hours=True)
    evening = reports.report(at=reports.AT.replace(hour=18))
    assert text.render(evening, options).startswith("Weather report: Windhaven, 8:15 PM\n")
    charts = v2.render(evening, options)
    assert "8:20:00 PM +0200" in charts
    assert "7:52:40 PM" in charts
    assert "8:15 PM" in str(html.render(evening, options))
    for body in (text.render(evening, METRIC), v2.render(evening, METRIC)):
        assert "PM" not in body


def test_warnings_are_announced_by_the_clock_of_twelve_hours() -> None:
    options = replace(METRIC, twelve_hours=True)
    report = reports.with_alerts()
    later = replace(report.alerts[0], starts_at=reports.AT.replace(hour=19))
    report = replace(report, alerts=(later,))
    for render in (text.render, v2.render, prose.render, html.render):
        assert "from 9:20 PM" in str(render(report, options))
        assert "from 21:20" in str(render(report, METRIC))
