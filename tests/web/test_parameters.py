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
from weather.web.parameters import (
    DAYS,
    FORMAT,
    LETTERS,
    PLACE,
    PRESENTATION,
    STRICT,
    UNIT_WORDS,
    WIDTH,
    Parameter,
    Whole,
)

DECLARED = (*PLACE, *PRESENTATION, FORMAT, STRICT)


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
    for name in ("weather.negotiated", "weather.in_json", "places.search", "compare.compare"):
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
