"""Climate normals: ERA5 monthly means of 2000–2025 on a grid of 0.25°, as annual harmonics.

A grid point holds the mean and three harmonics of the year: of the temperature in steps of
0.5 °C, and of the square root of the precipitation's rate (mm per mean month) in steps of 0.5,
its mean in steps of 0.25. They are fitted so that a month's average of the daily values is the
month's mean in the source. Rows are stored as differences to the western neighbour, so that a
value is the sum of its row up to it. Where no city lies within about 50 km, points are 1°
(temperature) and 2° (precipitation) apart.
"""

from __future__ import annotations

import math
from array import array
from datetime import date
from itertools import accumulate
from typing import NamedTuple, TypeAlias
from zlib import adler32

from weather.atlas import container, shared
from weather.atlas.container import CorruptAtlas
from weather.atlas.once import once
from weather.core.dataclass import dataclass
from weather.core.models import ClimateNormal, Coordinates

PERIOD = "2000–2025"
ROWS, COLUMNS, COEFFICIENTS = 721, 1440, 7  # from 90° N southwards and from 0° E eastwards
PER_DEGREE = 4
STEPS = {  # of the mean and of each harmonic's cosine and sine
    "temperature": (0.5,) * COEFFICIENTS,
    "precipitation": (0.25,) + (0.5,) * (COEFFICIENTS - 1),
}
MEAN_MONTH = 365.2425 / 12  # days
_BIAS = 128  # makes a signed byte unsigned
_BIASED = bytes(byte ^ _BIAS for byte in range(256))
_BASE = 65521  # of Adler-32 (RFC 1950, 2.2)

Bytes: TypeAlias = "array[int] | memoryview[int]"


@dataclass(frozen=True, slots=True)
class Grid:
    date: date
    temperature: Bytes  # signed bytes: coefficient by row by column, differences along rows
    precipitation: Bytes

    def normal(self, where: Coordinates, angle: float) -> ClimateNormal:
        corners = _corners(where)
        degrees = _harmonics(_coefficients(self.temperature, "temperature", corners), angle)
        root = _harmonics(_coefficients(self.precipitation, "precipitation", corners), angle)
        rate = max(root, 0.0) ** 2 / MEAN_MONTH
        return ClimateNormal(degrees, rate, self._relief(corners.row, corners.column), PERIOD)

    def _relief(self, row: int, column: int) -> float:
        """The range of annual means in °C, over the four grid points and the twelve around them."""
        means = [
            mean
            for r in range(max(row - 1, 0), min(row + 3, ROWS))
            for mean in _row(self.temperature, 0, r, column - 1, 4)
        ]
        return STEPS["temperature"][0] * (max(means) - min(means))


def normal(where: Coordinates, day: date) -> ClimateNormal:
    """The normals of a point on that day of the year, interpolated between four grid points."""
    return load().normal(where, angle(day))


def angle(day: date) -> float:
    """The position of the middle of a day in its year, in radians."""
    start = day.replace(month=1, day=1).toordinal()
    length = 366 if day.year % 4 == 0 and (day.year % 100 or day.year % 400 == 0) else 365
    return math.tau * (day.toordinal() - start + 0.5) / length


def _harmonics(c: list[float], angle: float) -> float:
    mean, *waves = c
    return mean + sum(
        cosine * math.cos(k * angle) + sine * math.sin(k * angle)
        for k, (cosine, sine) in enumerate(zip(waves[::2], waves[1::2], strict=True), start=1)
    )


class _Corners(NamedTuple):
    """The four grid points around a point: the northern row, the western column, and how far the
    point is from them, in parts of the grid's step."""

    row: int
    column: int
    down: float
    right: float


def _corners(where: Coordinates) -> _Corners:
    y, x = (90 - where.latitude) * PER_DEGREE, where.longitude % 360 * PER_DEGREE
    row, column = min(int(y), ROWS - 2), int(x)
    return _Corners(row, column % COLUMNS, y - row, x - column)


def _coefficients(grid: Bytes, name: str, corners: _Corners) -> list[float]:
    """Those of a point, between those of its corners (bilinear)."""
    row, column, down, right = corners
    coefficients = []
    for plane, step in enumerate(STEPS[name]):
        northwest, northeast = _row(grid, plane, row, column, 2)
        southwest, southeast = _row(grid, plane, row + 1, column, 2)
        north = northwest * (1 - right) + northeast * right
        south = southwest * (1 - right) + southeast * right
        coefficients.append(step * (north * (1 - down) + south * down))
    return coefficients


def _row(grid: Bytes, plane: int, row: int, column: int, count: int) -> list[int]:
    """A coefficient at so many neighbours, from a column eastwards around the earth: one sum of
    hundreds of differences for all of them."""
    start, column = (plane * ROWS + row) * COLUMNS, column % COLUMNS
    end = start + COLUMNS
    east = grid[start + column + 1 : min(start + column + count, end)]
    first = _sum(grid[start : start + column + 1].tobytes())
    values = list(accumulate(east, initial=first))
    # A row ends at the meridian at which it begins.
    return values + list(accumulate(grid[start : start + count - len(values)]))


def _sum(signed: bytes) -> int:
    """The sum of signed bytes, if it is within ±32,760: a value of the grid is within ±200.

    The lower half of Adler-32, begun with 0, is the sum of unsigned bytes modulo its base; to add
    hundreds of numbers one by one takes ten times as long.
    """
    total = (adler32(signed.translate(_BIASED), 0) & 0xFFFF) - _BIAS * len(signed)
    return (total + _BASE // 2) % _BASE - _BASE // 2


@once
def load() -> Grid:
    """The grids, read at the first call. Raises `CorruptAtlas`."""
    table: Grid | None = shared.table("climate")
    return table or decode(container.read("climate"))


def decode(file: container.Container) -> Grid:
    try:
        grids = [array("b", file.sections[name]) for name in STEPS]
    except LookupError as error:
        raise CorruptAtlas(f"The atlas's climate lacks {error}.") from error
    if any(len(grid) != COEFFICIENTS * ROWS * COLUMNS for grid in grids):
        raise CorruptAtlas("The atlas's climate has another size than its grid.")
    return Grid(file.date, *grids)
