"""Columns of numbers."""

from __future__ import annotations

from weather.core.models.column import Column
from weather.core.ranges import Range


def test_a_column_within_some_bounds_may_be_out_of_others() -> None:
    column = Column.of([1.5, None, 8.0])
    wide, narrow = Range(0, 10), Range(0, 5)
    for _ in range(2):
        assert column.is_within(wide)
        assert column.is_within(Range(0, 10))
        assert not column.is_within(narrow)
    assert Column.of([1.5, 11.0]).is_within(wide) is False


def test_a_part_of_a_column_has_bounds_of_its_own() -> None:
    column, bounds = Column.of([1, 20, 3]), Range(0, 5)
    assert not column.is_within(bounds)
    assert column.part(2, 3).is_within(bounds)
    assert not column.of_following_rows().is_within(bounds)
