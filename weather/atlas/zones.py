"""The time zone of a point: a raster of 1/40 degree, as the runs of equal zones of its rows.

A row is stored as its difference from the row above: where each boundary of that row has moved to,
and where a zone begins or ends. Bands of rows are coded by themselves and decoded at their first
use.

    names    IANA names, one a line; the first is empty, for the open sea
    bands    where each band begins: its byte in `moves`, its number in `starts` and `zones`
    moves    a byte for each boundary of the row above, and for each new one:
             0–240  it moves east by so many cells less 120
             251    it ends
             252    before it another begins: the next of `starts` and `zones`
             253    the row is complete
    starts   cells from the boundary before
    zones    the zone to the east of the boundary
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from weather.atlas import container, shared
from weather.atlas.arrays import big_endian
from weather.atlas.container import CorruptAtlas
from weather.atlas.once import once
from weather.atlas.text import Text
from weather.core.dataclass import dataclass
from weather.core.models import Coordinates

PER_DEGREE = 40
ROWS, COLUMNS = 180 * PER_DEGREE, 360 * PER_DEGREE
BAND = 60  # rows
STAYS, ENDS, BEGINS, COMPLETE = 120, 251, 252, 253
_COMPLETE = bytes([COMPLETE])
_DECODED_BANDS = 24

Row = tuple[Sequence[int], Sequence[int]]
"""Where the runs of a row begin, and their zones."""


@dataclass(frozen=True, slots=True)
class Zones:
    date: date
    names: list[str]
    bands: Sequence[int]
    moves: Text
    starts: Sequence[int]
    zones: Sequence[int]

    def rows(self, band: int) -> list[Row]:
        """The rows of a band, from north to south."""
        at, new = self.bands[2 * band : 2 * band + 2]
        rows: list[Row] = []
        above: Row = ((), ())
        for _ in range(BAND):
            end = self.moves.find(_COMPLETE, at)
            above, new = self._row(above, self.moves[at:end], new)
            rows.append(above)
            at = end + 1
        return rows

    def _row(self, above: Row, moves: bytes, new: int) -> tuple[Row, int]:
        """The row below a row, and the number of the next new boundary."""
        starts: array[int] = array("H")
        zones: array[int] = array("H")
        old = 0
        for move in moves:
            if move == BEGINS:
                starts.append((starts[-1] if starts else 0) + self.starts[new])
                zones.append(self.zones[new])
                new += 1
                continue
            if move != ENDS:
                starts.append(above[0][old] + move - STAYS)
                zones.append(above[1][old])
            old += 1
        return (starts, zones), new


def zone_at(where: Coordinates) -> str | None:
    """The IANA name of the time zone at a point; None on the open sea."""
    row = min(int((90 - where.latitude) * PER_DEGREE), ROWS - 1)
    column = min(int((where.longitude + 180) * PER_DEGREE), COLUMNS - 1)
    band, number = divmod(row, BAND)
    starts, zones = _rows(band)[number]
    return load().names[zones[bisect_right(starts, column) - 1]] or None


@lru_cache(_DECODED_BANDS)
def _rows(band: int) -> list[Row]:
    return load().rows(band)


@once
def load() -> Zones:
    """The table, read at the first call. Raises `CorruptAtlas`."""
    table: Zones | None = shared.table("zones")
    return table or decode(container.read("zones"))


def decode(file: container.Container) -> Zones:
    try:
        table = Zones(
            date=file.date,
            names=file.sections["names"].decode().split("\n"),
            bands=big_endian("I", file.sections["bands"]),
            moves=file.sections["moves"],
            starts=big_endian("H", file.sections["starts"]),
            zones=big_endian("H", file.sections["zones"]),
        )
    except (LookupError, ValueError) as error:
        raise CorruptAtlas(f"The atlas's table of time zones cannot be used ({error}).") from error
    if len(table.bands) != 2 * ROWS // BAND or file.sections["moves"].count(_COMPLETE) != ROWS:
        raise CorruptAtlas("The atlas's table of time zones is incomplete.")
    if len(table.starts) != len(table.zones) or max(table.zones) >= len(table.names):
        raise CorruptAtlas("The atlas's table of time zones is inconsistent.")
    return table
