"""The limits of whole columns of hours and days.

Where a column is within them, so is each of its values, and no record needs to be made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import lt
from typing import Any

from weather.core import ranges
from weather.core.boundary.conditions import NUMBERS, NUMBERS_OF_DAY
from weather.core.dataclass import dataclass
from weather.core.models.column import Column
from weather.core.models.rows import Days, Hours, Rows
from weather.core.ranges import Range


@dataclass(frozen=True, slots=True)
class _ColumnRule:
    """The kinds that a column may be of, and the range of its values if they are numbers.
    `required`: it must be there, and have a value in every row."""

    kinds: frozenset[str]
    within: Range | None = None
    required: bool = False


def _numbers(within: Range, *, required: bool = False) -> _ColumnRule:
    return _ColumnRule(frozenset({"int", "decimal", "float"}), within, required)


_CODE = _ColumnRule(frozenset({"int"}), ranges.WEATHER_CODE)
_MOMENT = _ColumnRule(frozenset({"moment"}), ranges.SECONDS)
_KINDS_OF_KEYS = {"valid_at": "moment", "date": "date"}
_HOUR_COLUMNS = {
    **{name: _numbers(within) for name, within in NUMBERS.items()},
    "weather_code": _CODE,
    "is_day": _ColumnRule(frozenset({"bool"})),
}
_DAY_COLUMNS = {
    **{name: _numbers(within) for name, within in NUMBERS_OF_DAY.items()},
    "weather_code": _CODE,
    **{
        f"astronomy.{name}": _MOMENT
        for name in ("dawn", "sunrise", "solar_noon", "sunset", "dusk", "moonrise", "moonset")
    },
    "astronomy.moon_phase": _numbers(Range(0, 1), required=True),
    "astronomy.moon_illumination": _numbers(ranges.PERCENTAGE, required=True),
    "astronomy.daylight": _ColumnRule(frozenset({"duration"}), Range(0, 26 * 3600), required=True),
    "astronomy.sun_is_up_at_noon": _ColumnRule(frozenset({"bool"}), required=True),
}


def hours_are_within(hours: Hours) -> bool:
    """Whether the rule of every hour would change nothing, and their times ascend."""
    return _are_within(hours, "valid_at", _HOUR_COLUMNS)


def days_are_within(days: Days) -> bool:
    """Whether the rule of every day would change nothing, and their dates ascend."""
    return _are_within(days, "date", _DAY_COLUMNS)


def _are_within(records: Rows[Any], key: str, rules: Mapping[str, _ColumnRule]) -> bool:
    """Whether the rule of every record would change nothing. It is read off the columns, which
    takes a small part of the time; the number of a missing value is taken for a value."""
    columns = records.packed()
    if not len(records):
        return True
    if key not in columns or not _is_ascending(columns.pop(key), _KINDS_OF_KEYS[key]):
        return False
    if any(rule.required and name not in columns for name, rule in rules.items()):
        return False
    return columns.keys() <= rules.keys() and all(
        _is_within(column, rules[name]) for name, column in columns.items()
    )


def _is_ascending(column: Column, kind: str) -> bool:
    numbers = column.numbers
    if column.kind != kind or column.missing:
        return False
    within = ranges.SECONDS if kind == "moment" else ranges.DAYS
    first, last = numbers[0] / column.scale, numbers[-1] / column.scale
    if not (within.low <= first and last <= within.high):
        return False
    if isinstance(numbers, range):
        return numbers.step > 0
    return all(map(lt, numbers, numbers[1:]))


def _is_within(column: Column, rule: _ColumnRule) -> bool:
    if column.kind not in rule.kinds or (rule.required and column.missing):
        return False
    return rule.within is None or column.is_within(rule.within)
