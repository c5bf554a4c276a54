"""The declarations that requests are parsed by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import pytest
from flask import Flask

from weather.core.errors import InvalidLocation, InvalidOption
from weather.places.query import CoordinatesQuery, from_pair
from weather.views.options import ViewOptions
from weather.views.units import QUANTITY_WORDS
from weather.web.parameter_kinds import Whole
from weather.web.parameters import (
    ABOVE,
    ANSWER,
    DAYS,
    FORMAT,
    LETTERS,
    PLACE,
    PRESENTATION,
    STRICT,
    UNIT_WORDS,
    WIDTH,
    WITHIN,
    Parameter,
)

DECLARED = (*PLACE, *PRESENTATION, FORMAT, STRICT, *ANSWER)


@pytest.mark.parametrize("parameter", DECLARED, ids=lambda parameter: parameter.name)
def test_each_parameter_has_a_schema_and_a_meaning(parameter: Parameter) -> None:
    schema = parameter.kind.schema()
    assert schema["type"] in {"string", "number", "integer", "boolean"}
    assert parameter.meaning


@pytest.mark.parametrize("kind", [DAYS, Whole(384), WIDTH.kind])
def test_bounds_of_the_schema_are_those_of_the_reader(kind: Whole) -> None:
    most = kind.schema()["maximum"]
    assert kind.read("n", str(most)) == most
    with pytest.raises(InvalidOption):
        kind.read("n", str(most + 1))
    least = kind.schema()["minimum"]
    assert kind.read("n", str(least)) == least
    with pytest.raises(InvalidOption):
        kind.read("n", str(least - 1))


@pytest.mark.parametrize("word", sorted(UNIT_WORDS.words))
def test_unit_words_of_the_schema_are_readable(word: str) -> None:
    pattern = UNIT_WORDS.schema()["pattern"]
    assert UNIT_WORDS.read("units", word) == {word}
    assert re.search(pattern, word)
    assert re.search(pattern, f"metric,{word}")
    assert not re.search(pattern, f"{word},kelvin")


def test_each_quantity_has_one_unit() -> None:
    for first, (quantity, _) in QUANTITY_WORDS.items():
        for second, (other, _) in QUANTITY_WORDS.items():
            text = f"{first},{second}"
            if first != second and quantity == other:
                with pytest.raises(InvalidOption, match="units"):
                    UNIT_WORDS.read("units", text)
            else:
                assert UNIT_WORDS.read("units", text) == {first, second}


@pytest.mark.parametrize(("text", "twelve"), [("12", True), ("24", False)])
def test_clocks(text: str, twelve: bool) -> None:
    (parameter,) = [entry for entry in PRESENTATION if entry.name == "clock"]
    assert parameter.kind.read("clock", text) is twelve
    with pytest.raises(InvalidOption, match="clock"):
        parameter.kind.read("clock", f"{text}h")


def test_each_letter_is_declared_once_and_sets_fields_that_exist() -> None:
    letters = [entry.letter for entry in LETTERS]
    assert len(set(letters)) == len(letters)
    names = {field.name for field in fields(ViewOptions)}
    for entry in LETTERS:
        assert set(entry.fields) <= names | {"transparency"}  # of pictures
        assert entry.units <= UNIT_WORDS.words
        assert entry.meaning


def test_each_weather_route_declares_what_it_reads(make_app: Callable[..., Flask]) -> None:
    functions: Mapping[str, Any] = make_app().view_functions
    names = ("weather.negotiated", "weather.in_json", "places.search", "compare.compare")
    for name in (*names, "answers.negotiated", "answers.of_weather", "answers.of_speed"):
        assert functions[name].endpoint.parameters


def test_blueprints_need_no_file_of_their_modules(make_app: Callable[..., Flask]) -> None:
    """The modules of the static executable have none."""
    assert {blueprint.import_name for blueprint in make_app().iter_blueprints()} == {"weather"}


@pytest.mark.parametrize(("name", "most"), [("lat", 90), ("lon", 180)])
def test_bounds_of_coordinates_are_those_of_the_globe(name: str, most: float) -> None:
    (parameter,) = [entry for entry in PLACE if entry.name == name]
    assert parameter.kind.schema()["maximum"] == most
    other = {"lat": "lon", "lon": "lat"}[name]
    for value, valid in ((most, True), (most + 0.1, False)):
        pair = {name: str(value), other: "0"}
        try:
            assert isinstance(from_pair(pair["lat"], pair["lon"]), CoordinatesQuery) == valid
        except InvalidLocation:
            assert not valid


@pytest.mark.parametrize(("text", "value"), [("1", True), ("on", True), ("no", False), ("", False)])
def test_switches(text: str, value: bool) -> None:
    assert STRICT.kind.read("strict", text) is value


def test_a_switch_is_nothing_else() -> None:
    with pytest.raises(InvalidOption, match="strict"):
        STRICT.kind.read("strict", "abc")


@pytest.mark.parametrize(
    ("text", "hours"), [("1h", 1), ("384h", 384), ("1d", 24), ("16d", 384), ("3H", 3), (" 2d ", 48)]
)
def test_spans_are_hours(text: str, hours: int) -> None:
    assert WITHIN.kind.read("within", text) == hours


@pytest.mark.parametrize("text", ["", "3", "0h", "0d", "385h", "17d", "1w", "3h2h", "٣h", "3²h"])
def test_no_other_spans(text: str) -> None:
    with pytest.raises(InvalidOption, match="within"):
        WITHIN.kind.read("within", text)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("50", 50, ""), ("50.5", 50.5, ""), ("50,5 km/h", 50.5, "kmh"), ("14m/s", 14, "ms"),
     ("8bft", 8, "bft"), ("8 Beaufort", 8, "bft"), ("30MPH", 30, "mph"), ("30kn", 30, "kn"),
     ("30 kts", 30, "kn"), ("0", 0, ""), ("500", 500, ""), ("12bft", 12, "bft")],
)  # fmt: skip
def test_speeds(text: str, number: float, unit: str) -> None:
    threshold = ABOVE.kind.read("above", text)
    assert (threshold.number, threshold.unit) == (number, unit)


@pytest.mark.parametrize(
    "text",
    ["", "km/h", "-1", "501", "13bft", "7.5bft", "5e2", "inf", "NaN", "50 km / h", "²"],
)
def test_no_other_speeds(text: str) -> None:
    with pytest.raises(InvalidOption, match="above"):
        ABOVE.kind.read("above", text)


@pytest.mark.parametrize(
    ("parameter", "text"),
    [(WITHIN, "3h"), (WITHIN, "16d"), (ABOVE, "50"), (ABOVE, "14m/s"), (ABOVE, "7 bft")],
)
def test_the_schema_of_a_parameter_of_answers_has_its_values(
    parameter: Parameter, text: str
) -> None:
    assert re.search(parameter.kind.schema()["pattern"], text)
    assert not re.search(parameter.kind.schema()["pattern"], f"x{text}")
