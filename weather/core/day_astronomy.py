"""Sun and moon of days, computed where they are read.

Most views show those of a few days, or none. They follow from the place and the dates alone, so a
newer forecast of the same place takes over those that have been computed.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import date
from typing import Any, NamedTuple

from weather.core import astronomy
from weather.core.dataclass import dataclass
from weather.core.ephemeris import Horizon
from weather.core.models.column import Column, Kind
from weather.core.models.place import Coordinates
from weather.core.models.rows import Days
from weather.core.ranges import STORED_DIGITS, Range

# In place of numbers: of what has not been computed, and of what does not happen on a day.
_UNREAD, _MISSING = -(1 << 63), 1 - (1 << 63)
_SIZE, _SIZE_OF_DAY = 200, 8  # bytes
_DAY = 86_400  # seconds
_EPOCH = date(1970, 1, 1).toordinal()


class _Group(NamedTuple):
    """Fields of `Astronomy` that are computed together."""

    fields: tuple[str, ...]
    compute: Callable[[Horizon, date, str], Sequence[int | None]]


_GROUPS = (
    _Group(astronomy.Sun._fields, astronomy.sun_of_day),
    _Group(astronomy.MoonEvents._fields, astronomy.moon_of_day),
    _Group(
        astronomy.MoonAtNoon._fields, lambda _, day, timezone: astronomy.moon_at_noon(day, timezone)
    ),
)
_OTHERS: dict[str, tuple[Kind, int]] = {  # kinds and scales; the other fields are moments
    "daylight": ("duration", 1),
    "sun_is_up_at_noon": ("bool", 1),
    "moon_phase": ("decimal", astronomy.PHASES),
    "moon_illumination": ("decimal", 10**STORED_DIGITS),
}
FIELDS = tuple(f"astronomy.{name}" for group in _GROUPS for name in group.fields)


class Sky:
    """Sun and moon at a place on the days of some dates in a time zone (an IANA name). No date may
    be missing. Each group of fields is computed once for each day."""

    __slots__ = ("_horizon", "_numbers", "coordinates", "dates", "timezone")

    def __init__(
        self, coordinates: Coordinates, timezone: str, dates: Column, previous: Sky | None = None
    ) -> None:
        """What `previous` has computed, of the same place and time zone, is taken over."""
        self.coordinates, self.timezone, self.dates = coordinates, timezone, dates
        self._horizon = Horizon(coordinates)
        self._numbers: dict[_Group, array[int]] = {}
        if previous and (previous.coordinates, previous.timezone) == (coordinates, timezone):
            self._take_over(previous)

    def columns(self) -> dict[str, Column]:
        """The columns of the days."""
        rows, columns = range(len(self.dates)), dict[str, Column]()
        for group in _GROUPS:
            for place, name in enumerate(group.fields):
                kind, scale = _OTHERS.get(name, ("moment", 1))
                columns[f"astronomy.{name}"] = AstronomyColumn(
                    kind, rows, scale, sky=self, group=group, place=place
                )
        return columns

    def numbers(self, group: _Group, start: int, stop: int) -> array[int]:
        """The numbers of the days from `start` to before `stop`: those of all fields of the group
        on the first day, then those of the next one."""
        width, numbers = len(group.fields), self._of(group)
        if _UNREAD in numbers[start * width : stop * width : width]:
            for row, day in enumerate(self.dates.values(start, stop), start):
                if numbers[row * width] == _UNREAD:
                    values = group.compute(self._horizon, day, self.timezone)
                    # In one step, so that other threads read all of them or none. Two threads may
                    # compute the same.
                    numbers[row * width : (row + 1) * width] = _packed(values)
        return numbers[start * width : stop * width]

    def all_within(self, low: float, high: float) -> bool:
        """Whether the events of all days are certainly between two moments, in seconds since 1970.
        A local day begins at most a day before its date does in UTC, and ends at most a day after
        its date."""
        ordinals: array[int] = self.dates.numbers  # type: ignore[assignment]
        first, last = ((day - _EPOCH) * _DAY for day in (min(ordinals), max(ordinals)))
        return low <= first - _DAY and last + 2 * _DAY <= high

    def _of(self, group: _Group) -> array[int]:
        numbers = self._numbers.get(group)
        if numbers is None:
            unread = array("q", [_UNREAD]) * (len(group.fields) * len(self.dates))
            numbers = self._numbers.setdefault(group, unread)  # or another thread's
        return numbers

    def _take_over(self, previous: Sky) -> None:
        rows = {day: row for row, day in enumerate(previous.dates.numbers)}
        same = [(row, rows.get(day)) for row, day in enumerate(self.dates.numbers)]
        for group, known in list(previous._numbers.items()):
            width, numbers = len(group.fields), self._of(group)
            for row, before in same:
                if before is not None:
                    of_day = known[before * width : (before + 1) * width]
                    numbers[row * width : (row + 1) * width] = of_day


def _packed(values: Sequence[int | None]) -> array[int]:
    if None in values:
        values = [_MISSING if value is None else value for value in values]
    return array("q", values)  # type: ignore[arg-type]  # of which none is None


@dataclass(frozen=True, slots=True, eq=False)
class AstronomyColumn(Column):
    """The column of one field of sun and moon. `numbers` only says how many days there are: what
    the column holds is computed by its methods."""

    sky: Sky = field(kw_only=True)
    group: _Group = field(kw_only=True)
    place: int = field(kw_only=True)  # of the field in its group

    def value(self, index: int) -> Any:
        number = self.sky.numbers(self.group, index, index + 1)[self.place]
        return None if number == _MISSING else Column(self.kind, [number], self.scale).value(0)

    def values(self, start: int, stop: int) -> list[Any]:
        column = self.part(start, stop)
        return column.values(0, len(column))

    def part(self, start: int, stop: int) -> Column:
        numbers = self.sky.numbers(self.group, start, stop)[self.place :: len(self.group.fields)]
        missing = 0
        if _MISSING in numbers:
            missing = sum(1 << row for row, number in enumerate(numbers) if number == _MISSING)
            known = next((number for number in numbers if number != _MISSING), 0)
            numbers = array("q", [known if number == _MISSING else number for number in numbers])
        return Column(self.kind, numbers, self.scale, missing)

    def is_within(self, bounds: Range) -> bool:
        """Computes nothing for days that are far from the bounds of moments. The other fields are
        always within theirs."""
        if self.kind != "moment" or self.sky.all_within(bounds.low, bounds.high):
            return True
        return self.part(0, len(self)).is_within(bounds)

    def size(self) -> int:
        """Also of what is computed later."""
        return _SIZE + _SIZE_OF_DAY * len(self)


def sky_of(days: Days, timezone: str) -> Sky | None:
    """The `Sky` that computes sun and moon of these days. None if there is none, if it is of
    another time zone, or if it is not of exactly these dates."""
    columns = days.columns
    of_fields = [columns.get(name) for name in FIELDS]
    first = of_fields[0]
    if not isinstance(first, AstronomyColumn):
        return None
    sky = first.sky
    are_its = all(isinstance(of, AstronomyColumn) and of.sky is sky for of in of_fields)
    is_whole = len(days) == len(first) and columns.get("date") is sky.dates
    return sky if are_its and is_whole and sky.timezone == timezone else None
