"""What of stored days follows from their hours, their dates and their place, and is described
without numbers: the aggregates, and sun and moon.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weather.core.day_aggregates import AGGREGATED, AggregatedColumn, LocalHours
from weather.core.day_astronomy import FIELDS, AstronomyColumn, Sky, sky_of
from weather.core.models.column import Column
from weather.core.models.place import Coordinates
from weather.core.models.rows import Days, Rows
from weather.core.ranges import DAYS

Description = list[Any]
Descriptions = dict[str, Description]

FOLLOWS = "follows"
ASTRONOMY = "astronomy"  # of which all fields have one description


def split(rows: Rows[Any], local: LocalHours | None) -> tuple[Descriptions, dict[str, Column]]:
    """The descriptions of what follows from the hours `local` and the dates of their time zone, and
    the other columns, with values where they follow from others."""
    columns, descriptions = rows.packed(), Descriptions()
    if local and isinstance(rows, Days) and (sky := sky_of(rows, local.timezone)):
        place = sky.coordinates
        descriptions[ASTRONOMY] = [FOLLOWS, place.latitude, place.longitude]
        columns = {name: column for name, column in columns.items() if name not in FIELDS}
    for name, column in list(columns.items()):
        if isinstance(column, AggregatedColumn) and local and column.follows_from(local):
            descriptions[name] = [FOLLOWS]
            del columns[name]
        elif isinstance(column, AggregatedColumn | AstronomyColumn):
            columns[name] = column.part(0, len(column))
    return descriptions, columns


def of_days(descriptions: Mapping[str, Description]) -> Descriptions:
    """Those of what follows."""
    return {
        name: description
        for name, description in descriptions.items()
        if name == ASTRONOMY or (name in AGGREGATED and description == [FOLLOWS])
    }


def columns(
    descriptions: Descriptions, dates: Column, local: LocalHours | None
) -> dict[str, Column]:
    """The columns that follow. Raises `ValueError`, `TypeError` or `InvalidLocation` where they
    cannot."""
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
