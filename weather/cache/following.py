"""Columns of stored rows that are computed from other columns or from a place.

Of these only a description is stored, and no numbers: of the daylight of hours, of the aggregates
of days, and of the sun and moon of days.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weather.core.boundary.sizes import HOURS_WITH_EARLIER
from weather.core.day_aggregates import AGGREGATED, AggregatedColumn, LocalHours
from weather.core.day_astronomy import FIELDS, AstronomyColumn, Sky, sky_of
from weather.core.daylight import Daylight
from weather.core.models.column import Column
from weather.core.models.place import Coordinates
from weather.core.models.rows import Days, Rows
from weather.core.ranges import DAYS

Description = list[Any]
Descriptions = dict[str, Description]

FOLLOWS = "follows"
ASTRONOMY = "astronomy"  # one description for all fields of sun and moon
_DAYLIGHT = "is_day"


def split(rows: Rows[Any], local: LocalHours | None) -> tuple[Descriptions, dict[str, Column]]:
    """The descriptions of the columns that can be computed from what is stored, and the other
    columns, whose values are stored. `local`: the hours of days, and the time zone of their
    dates."""
    columns, descriptions = rows.packed(), Descriptions()
    if local and isinstance(rows, Days) and (sky := sky_of(rows, local.timezone)):
        descriptions[ASTRONOMY] = _from(sky.coordinates)
        columns = {name: column for name, column in columns.items() if name not in FIELDS}
    for name, column in list(columns.items()):
        description = _description(column, columns, local)
        if description:
            descriptions[name] = description
            del columns[name]
        elif isinstance(column, AggregatedColumn | AstronomyColumn | Daylight):
            columns[name] = column.part(0, len(column))
    return descriptions, columns


def _description(
    column: Column, columns: Mapping[str, Column], local: LocalHours | None
) -> Description | None:
    if isinstance(column, Daylight):
        follows = column.times is columns.get("valid_at") and len(column) <= HOURS_WITH_EARLIER
        return _from(column.coordinates) if follows else None
    if isinstance(column, AggregatedColumn) and local and column.follows_from(local):
        return [FOLLOWS]
    return None


def _from(place: Coordinates) -> Description:
    return [FOLLOWS, place.latitude, place.longitude]


def of_rows(descriptions: Mapping[str, Description]) -> Descriptions:
    """Those of the columns that are computed."""
    return {
        name: description
        for name, description in descriptions.items()
        if name == ASTRONOMY
        or (name == _DAYLIGHT and description[0] == FOLLOWS)
        or (name in AGGREGATED and description == [FOLLOWS])
    }


def columns(
    descriptions: Descriptions, read: Mapping[str, Column], local: LocalHours | None
) -> dict[str, Column]:
    """The columns that are computed from those that have been `read`, and from the hours of days.
    Raises `ValueError`, `KeyError`, `TypeError` or `InvalidLocation` where that is impossible."""
    if place := descriptions.get(_DAYLIGHT):
        _, latitude, longitude = place
        times = read["valid_at"]
        if len(times) > HOURS_WITH_EARLIER:
            raise ValueError("more hours than there may be")
        return {_DAYLIGHT: Daylight.at(Coordinates(latitude, longitude), times)}
    dates = read["date"]
    if local is None or dates.kind != "date" or dates.missing:
        raise ValueError("days follow from hours that are not there")
    aggregates = local.by_day(dates)
    followed: dict[str, Column] = {
        name: aggregates[name] for name in descriptions if name != ASTRONOMY
    }
    if ASTRONOMY in descriptions:
        followed |= _sky(dates, local.timezone, *descriptions[ASTRONOMY]).columns()
    return followed


def _sky(dates: Column, timezone: str, text: str, latitude: float, longitude: float) -> Sky:
    # Near the ends of the calendar no day has bounds in UTC.
    if text != FOLLOWS or not dates.is_within(DAYS):
        raise ValueError("sun and moon follow from nothing that is known")
    return Sky(Coordinates(latitude, longitude), timezone, dates)
