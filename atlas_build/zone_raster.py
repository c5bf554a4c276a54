"""The time zones of timezonefinder's data on the raster of `weather.atlas.zones`.

A zone is extended over the sea to whole blocks of half a degree: coasts cost bytes, and the open
sea has nautical zones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from atlas_build.arrays import Floats, Integers
from weather.atlas.zones import COLUMNS, PER_DEGREE, ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from timezonefinder import TimezoneFinder

SEA = 0
_BLOCK = PER_DEGREE // 2  # cells
_OFFSHORE = 2  # cells beside a coast that are land in any case


def names(finder: TimezoneFinder) -> list[str]:
    """The zones' names by the numbers of a raster; the first is empty."""
    return ["", *(name for name in finder.timezone_names if not _is_nautical(name))]


def numbers_at(finder: TimezoneFinder, latitudes: Floats, longitudes: Floats) -> Integers:
    """The numbers of the zones at points."""
    number = {name: index for index, name in enumerate(names(finder))}
    of_id = np.array([number.get(name, SEA) for name in finder.timezone_names], np.int64)
    numbers: Integers = of_id[finder.timezone_ids_at(lngs=longitudes, lats=latitudes)]
    return numbers


def raster(finder: TimezoneFinder, tick: Callable[[float], None]) -> Integers:
    """The number of the zone at the centre of each cell: (row from the north, column)."""
    longitudes = (np.arange(COLUMNS) + 0.5) / PER_DEGREE - 180
    cells = np.empty((ROWS, COLUMNS), np.int16)
    for row in range(ROWS):
        latitudes = np.full(COLUMNS, 90 - (row + 0.5) / PER_DEGREE)
        cells[row] = numbers_at(finder, latitudes, longitudes)
        tick(row / ROWS)
    return _extended(cells)


def _extended(cells: Integers) -> Integers:
    coastal = _spread(cells, np.ones(cells.shape, bool), _OFFSHORE)
    blocks = (ROWS // _BLOCK, _BLOCK, COLUMNS // _BLOCK, _BLOCK)
    inhabited = (coastal.reshape(blocks) != SEA).any(axis=(1, 3))
    return _spread(coastal, inhabited.repeat(_BLOCK, 0).repeat(_BLOCK, 1), _BLOCK)


def _spread(cells: Integers, within: np.ndarray, steps: int) -> Integers:
    """Cells of the sea given the zone of a neighbour, so many times."""
    cells = cells.copy()
    for _ in range(steps):
        for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
            neighbours = np.roll(cells, step, axis)
            if axis == 0:
                neighbours[0 if step == 1 else -1] = SEA
            free = (cells == SEA) & (neighbours != SEA) & within
            cells[free] = neighbours[free]
    return cells


def _is_nautical(name: str) -> bool:
    return name.startswith("Etc/")
