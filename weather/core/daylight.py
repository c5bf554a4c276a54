"""Whether the sun is up at each hour, computed where it is read: a one-line view shows one hour."""

from __future__ import annotations

from array import array
from typing import Any

from weather.core.astronomy import daylight
from weather.core.dataclass import dataclass
from weather.core.models.column import Column
from weather.core.models.place import Coordinates
from weather.core.ranges import Range

_SIZE, _SIZE_OF_HOUR = 300, 1  # bytes


@dataclass(frozen=True, slots=True, eq=False)
class Daylight(Column):
    """The column of `is_day` at a place and the moments of another column. `numbers` only says how
    many hours there are. One hour is computed by itself; when several are read, all are computed
    and kept."""

    coordinates: Coordinates = Coordinates(0, 0)
    times: Column = Column("any", ())
    _computed: Column | None = None

    @classmethod
    def at(cls, coordinates: Coordinates, times: Column) -> Daylight:
        """Raises `ValueError` unless the times are moments in seconds, of which none is missing."""
        if times.kind != "moment" or times.scale != 1 or times.missing:
            raise ValueError("times that are no moments in seconds")
        return cls("bool", range(len(times)), coordinates=coordinates, times=times)

    def value(self, index: int) -> bool:
        if self._computed:
            return self._computed.value(index)  # type: ignore[no-any-return]
        (is_day,) = daylight(self.coordinates, self.times.numbers[index : index + 1])
        return is_day

    def values(self, start: int, stop: int) -> list[Any]:
        return self._whole().values(start, stop)

    def part(self, start: int, stop: int) -> Column:
        return self._whole().part(start, stop)

    def is_within(self, bounds: Range) -> bool:
        return bounds.low <= 0 and bounds.high >= 1

    def size(self) -> int:
        """Also of what is computed later."""
        return _SIZE + _SIZE_OF_HOUR * len(self)

    def _whole(self) -> Column:
        computed = self._computed
        if computed is None:
            light = daylight(self.coordinates, self.times.numbers)
            computed = Column("bool", array("b", light))
            object.__setattr__(self, "_computed", computed)
        return computed
