"""The rows of a report as JSON, joined from columns: an object for each value of hundreds of rows
takes longer than everything else in a response.

The texts are those of `json.dumps`; a test compares them with rows that are made of objects.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from weather.core.models import Days, Hours
from weather.core.models.column import Column, Kind
from weather.core.models.rows import Rows
from weather.core.rounding import rounded
from weather.i18n.languages import Language
from weather.views import wording
from weather.views.json.sections import CONDITIONS, DAY, EVENTS, noon
from weather.views.json.times import local_time, local_times
from weather.views.json.units import columns, conversion
from weather.views.units import Unit, UnitSystem

_MOST_TEXTS = 4096  # of one field in one unit
_NULL, _TRUE = "null", "true"
# `json.dumps` makes one at each call.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)

Convert = Callable[[Any], Any]
Columns = dict[str, Callable[[], list[str]]]
Fields = frozenset[str] | None


def hours(
    rows: Hours, units: UnitSystem, language: Language, zone: ZoneInfo, fields: Fields = None
) -> str:
    """`hourly`; with some `fields` alone, if they are given."""
    texts: Columns = {
        "valid_at": lambda: _times(rows, "valid_at", zone),
        **_condition(rows, language),
        **_numbers(rows, CONDITIONS, units),
        "wind_direction": lambda: _directions(rows, units),
    }
    return _joined(texts, fields)


def days(
    rows: Days, units: UnitSystem, language: Language, zone: ZoneInfo, fields: Fields = None
) -> str:
    """`daily`; with some `fields` alone, if they are given."""
    texts: Columns = {
        "date": lambda: _dates(rows),
        **_condition(rows, language),
        **_numbers(rows, DAY, units),
        "wind_direction": lambda: _directions(rows, units),
        "sunrise": lambda: _times(rows, "astronomy.sunrise", zone),
        "sunset": lambda: _times(rows, "astronomy.sunset", zone),
    }
    return _joined(texts, fields)


def astronomy(rows: Days, zone: ZoneInfo, fields: Fields = None) -> str:
    """`astronomy`; with some `fields` alone, if they are given."""
    texts: Columns = {
        "date": lambda: _dates(rows),
        **{name: partial(_times, rows, f"astronomy.{name}", zone) for name in EVENTS},
        "daylight": lambda: _converted(rows, "astronomy.daylight", _seconds),
        "moon_phase": lambda: _converted(rows, "astronomy.moon_phase", _same),
        "moon_illumination": lambda: _converted(rows, "astronomy.moon_illumination", _tenths),
        "moon_at": lambda: [f'"{noon(day, zone)}"' for day in rows.column("date")],
    }
    return _joined(texts, fields)


def dumps(value: object) -> str:
    """Compact JSON. Raises `ValueError` for NaN and infinity."""
    return _ENCODER.encode(value)


def _joined(columns: Columns, fields: Fields) -> str:
    """A list of objects with a field for each column of JSON texts, of which the others are not
    made."""
    names = [name for name in columns if fields is None or name in fields]
    cells = list[list[str]]()
    for name in names:
        texts = columns[name]()
        cells += [f'{"," if cells else ""}"{name}":'] * len(texts), texts
    # To join a row takes half of the time in which a pattern is filled with it.
    rows = "},{".join(map("".join, zip(*cells, strict=True)))
    return f"[{{{rows}}}]" if rows else "[]"


def _dates(rows: Days) -> list[str]:
    return [f'"{day.isoformat()}"' for day in rows.column("date")]


def _times(rows: Rows[Any], name: str, zone: ZoneInfo) -> list[str]:
    """The texts of `local_time`."""
    column = rows.part(name)
    if column is None or column.kind != "moment" or column.scale != 1:
        texts = (local_time(moment, zone) for moment in rows.column(name))
        return [f'"{text}"' if text else _NULL for text in texts]
    times = [f'"{text}"' for text in local_times(column.numbers, zone)]
    for gap in column.gaps(0, len(column)):
        times[gap] = _NULL
    return times


def _condition(rows: Rows[Any], language: Language) -> Columns:
    return {
        "weather_code": lambda: _converted(rows, "weather_code", _same),
        "condition": lambda: _converted(rows, "weather_code", _word(language)),
    }


def _numbers(rows: Rows[Any], names: tuple[str, ...], units: UnitSystem) -> Columns:
    return {
        name: partial(_converted, rows, name, convert) for name, convert in columns(units, names)
    }


def _directions(rows: Rows[Any], units: UnitSystem) -> list[str]:
    """No direction where the other views show a wind of 0."""
    directions = _converted(rows, "wind_direction", conversion(units, "wind_direction"))
    are_calm = _converted(rows, "wind_speed", _is_calm(units.speed))
    return [
        _NULL if is_calm == _TRUE else text
        for text, is_calm in zip(directions, are_calm, strict=True)
    ]


def _converted(rows: Rows[Any], name: str, convert: Convert) -> list[str]:
    """The JSON texts of a field. Most fields have few values, whose texts are kept."""
    column = rows.part(name)
    if not rows:
        return []
    if column is None:
        return [dumps(convert(None))] * len(rows)
    if column.kind in {"any", "float"}:
        return [dumps(convert(value)) for value in column.values(0, len(column))]
    texts = _texts(convert, column.kind, column.scale)
    converted = list(map(texts.__getitem__, column.numbers))
    if column.missing:
        for gap in column.gaps(0, len(column)):
            converted[gap] = dumps(convert(None))
    return converted


class _Texts(dict[int, str]):
    """The JSON text of each number of a column, made at its first use."""

    def __init__(self, convert: Convert, kind: Kind, scale: int) -> None:
        super().__init__()
        self._convert = convert
        self._kind = kind
        self._scale = scale

    def __missing__(self, number: int) -> str:
        (value,) = Column(self._kind, [number], self._scale).values(0, 1)
        text = dumps(self._convert(value))
        if len(self) >= _MOST_TEXTS:
            self.clear()
        self[number] = text
        return text


@lru_cache(maxsize=512)
def _texts(convert: Convert, kind: Kind, scale: int) -> _Texts:
    return _Texts(convert, kind, scale)


@lru_cache(maxsize=64)
def _is_calm(unit: Unit) -> Convert:
    return lambda speed: speed is None or unit.convert(speed) == 0


@lru_cache(maxsize=64)
def _word(language: Language) -> Convert:
    return lambda code: wording.condition(language, code)


def _seconds(duration: timedelta) -> int:
    return int(duration.total_seconds())


def _tenths(value: float) -> float:
    return rounded(value, 1)


def _same(value: Any) -> Any:
    return value
