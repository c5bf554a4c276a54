"""Records of both layouts, complete and with faults."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weather.core.models import Coordinates, Place
from weather.providers.ip_records import place

NESTED: dict[str, Any] = {
    "city": {"geoname_id": 7, "names": {"de": "Hügelfurt", "en": "Hillford"}},
    "continent": {"code": "EU", "names": {"en": "Europe"}},
    "country": {"iso_code": "XE", "names": {"en": "Exampland", "de": "Beispielien"}},
    "location": {
        "accuracy_radius": 20,
        "latitude": 47.5,
        "longitude": -8.25,
        "time_zone": "Europe/Zurich",
    },
    "subdivisions": [
        {"iso_code": "UP", "names": {"en": "Upper Vale"}},
        {"names": {"en": "Hundred of Ford"}},
    ],
}
FLAT: dict[str, Any] = {
    "city": "Hillford (Hillford (Ward 1) / Colleges)",
    "country_code": "XE",
    "latitude": 47.5,
    "longitude": -8.25,
    "postcode": "",
    "state1": "Upper Vale",
    "state2": "Hundred of Ford",
    "timezone": "",
}
FLAT_PLACE = Place(Coordinates(47.5, -8.25), "Hillford", "Upper Vale", country_code="XE")
NESTED_PLACE = Place(
    Coordinates(47.5, -8.25), "Hillford", "Upper Vale", "Exampland", "XE", "Europe/Zurich"
)
KEYS = sorted({*NESTED, *FLAT, *NESTED["location"], "names", "en", "iso_code"})


def test_both_layouts_give_the_same_fields() -> None:
    assert place(NESTED) == NESTED_PLACE
    assert place(FLAT) == FLAT_PLACE


@pytest.mark.parametrize(
    ("city", "name"),
    [
        ("Hillford", "Hillford"),
        ("  Hillford ", "Hillford"),
        ("Hillford (Old Town)", "Hillford"),
        ("Hillford (Old Town (West) / Docks)", "Hillford"),
        ("Hillford (Old (Town", "Hillford"),
        ("Hillford [Colony]", "Hillford"),
        ("Hillford/Furt", "Hillford/Furt"),
        ("Hillford 09", "Hillford 09"),
    ],
)
def test_a_quarter_is_cut_off_the_citys_name(city: str, name: str) -> None:
    for record in (FLAT | {"city": city}, NESTED | {"city": {"names": {"en": city}}}):
        found = place(record)
        assert found is not None
        assert found.name == name


def test_points_are_rounded_to_four_digits() -> None:
    found = place(FLAT | {"latitude": 47.37690353393555, "longitude": -0.00001})
    assert found is not None
    assert str(found.coordinates) == "47.3769,0.0000"
    assert found.coordinates == Coordinates(47.3769, 0.0)


def _without(record: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != key}


@pytest.mark.parametrize(
    "record",
    [
        {},
        [],
        ["Hillford"],
        "Hillford",
        7,
        True,
        None,
        _without(FLAT, "city"),
        _without(FLAT, "latitude"),
        _without(FLAT, "longitude"),
        _without(NESTED, "city"),
        _without(NESTED, "location"),
        FLAT | {"city": ""},
        FLAT | {"city": "(Old Town)"},
        FLAT | {"city": 7},
        FLAT | {"city": ["Hillford"]},
        FLAT | {"city": {}},
        FLAT | {"latitude": float("nan")},
        FLAT | {"longitude": float("inf")},
        FLAT | {"latitude": 1 << 127},
        FLAT | {"latitude": 90.5},
        FLAT | {"longitude": -180.5},
        FLAT | {"latitude": 0.0, "longitude": 0.0},
        FLAT | {"latitude": -0.0, "longitude": 0.0},
        FLAT | {"latitude": True},
        FLAT | {"latitude": "north"},
        FLAT | {"latitude": {"degrees": 47.5}},
        NESTED | {"city": ""},
        NESTED | {"city": {"names": "Hillford"}},
        NESTED | {"city": {"names": {"de": "Hügelfurt"}}},
        NESTED | {"location": [47.5, -8.25]},
        NESTED | {"location": {"latitude": 47.5}},
    ],
)
def test_a_record_without_city_or_point_is_no_place(record: object) -> None:
    """The point is then the middle of a country, and no city is guessed."""
    assert place(record) is None


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"subdivisions": []}, "region", None),
        ({"subdivisions": {}}, "region", None),
        ({"subdivisions": "Upper Vale"}, "region", None),
        ({"subdivisions": [7]}, "region", None),
        ({"country": "Exampland"}, "country", None),
        ({"country": {"iso_code": 7}}, "country_code", None),
        ({"country": {"iso_code": "EXA"}}, "country_code", None),
        ({"country": {"iso_code": "xe"}}, "country_code", "XE"),
        ({"location": {"latitude": 47.5, "longitude": -8}}, "timezone", None),
        ({"location": {"latitude": 47.5, "longitude": 8, "time_zone": 1}}, "timezone", None),
    ],
)
def test_a_missing_field_is_none(change: dict[str, Any], field: str, value: str | None) -> None:
    found = place(NESTED | change)
    assert found is not None
    assert getattr(found, field) == value


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda values: st.lists(values) | st.dictionaries(st.sampled_from(KEYS), values),
    max_leaves=8,
)


@settings(deadline=None)
@given(VALUES, st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_a_record_of_any_form_is_a_place_or_none(record: object, change: dict[str, Any]) -> None:
    for altered in (record, NESTED | change, FLAT | change):
        assert isinstance(place(altered), Place | None)
