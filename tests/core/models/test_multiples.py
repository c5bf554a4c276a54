"""Multiples that are looked up are those that arithmetic finds."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.core.models import multiples
from weather.core.models.column import Column
from weather.core.models.multiples import looked_up
from weather.core.ranges import Range

_BOUNDS = Range(-50, 50)
_VALUES = st.lists(
    st.integers(-50, 50)
    | st.builds(round, st.floats(-50, 50), st.integers(0, 3))
    | st.sampled_from([-0.0, 0.0, 1.005, 0.1 + 0.2, 49.99]),
    min_size=1,
    max_size=60,
)


@given(_VALUES)
def test_a_column_is_that_of_its_values(values: list[Any]) -> None:
    types = frozenset(map(type, values))
    found = Column.of_looked_up(values, types, _BOUNDS)
    computed = Column.of([value + 0.0 for value in values])
    if found is None:
        assert computed.kind == "float", "no scale has them all"
    else:
        assert (found.kind, found.scale, found.numbers) == (
            computed.kind,
            computed.scale,
            computed.numbers,
        )
        assert found.bounds is _BOUNDS


@given(_VALUES, st.sets(st.integers(0, 59)))
def test_a_column_with_gaps_is_that_of_its_values(values: list[Any], gaps: set[int]) -> None:
    gapped = [None if row in gaps else value for row, value in enumerate(values)]
    found = Column.of_looked_up(gapped, frozenset(map(type, gapped)), _BOUNDS)
    if found is not None:
        computed = Column.of([None if value is None else value + 0.0 for value in gapped])
        assert (found.scale, found.missing) == (computed.scale, computed.missing)
        assert found.numbers == computed.numbers


@pytest.mark.parametrize("odd", [50.1, -51, 1e300, math.inf, math.nan, 1 / 3, 10**30])
def test_a_value_out_of_bounds_or_of_no_scale_is_not_found(odd: float) -> None:
    for values in ([odd], [1.5, odd], [odd, 1.5], [1.5] * 100 + [odd]):
        assert looked_up(values, _BOUNDS.low, _BOUNDS.high) is None


def test_a_field_of_many_values_is_left_to_arithmetic(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = cache(multiples._Multiples)  # none of another test
    monkeypatch.setattr(multiples, "_MOST", 10)
    monkeypatch.setattr(multiples, "_table", tables)
    tenths = [number / 10 for number in range(1, 13)]
    assert looked_up(tenths, 0, 10) == (10, list(range(1, 13)))
    assert looked_up(tenths, 0, 10) is None
    assert Range(0, 10).numbers(tenths).values(0, 12) == tenths


def test_no_more_values_are_kept_however_many_a_provider_sends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = cache(multiples._Multiples)
    monkeypatch.setattr(multiples, "_MOST", 10)
    monkeypatch.setattr(multiples, "_table", tables)
    many = [number / 10 for number in range(500)]
    assert looked_up(many, 0, 50) == (10, list(range(500)))
    assert len(tables(0, 50, 1)) <= 10
    assert len(tables(0, 50, 10)) == 10
