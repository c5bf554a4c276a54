"""SVG path data of series, in relative coordinates, which compress well. Coordinates are whole
numbers; a missing value interrupts a path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

Point = tuple[int, int]
Points = Sequence[Point | None]


def curve(points: Points, *, reach: int = 0) -> str:
    """The line through points: smooth where its control points lie `reach` before each point, else
    straight."""
    return "".join(f"M{run[0][0]} {run[0][1]}{_onward(run, reach)}" for run in runs(points))


def area(points: Points, base: int, *, reach: int = 0) -> str:
    """The area between the curve through points and the horizontal line y = `base`."""
    return "".join(
        f"M{run[0][0]} {base}V{run[0][1]}{_onward(run, reach)}V{base}z" for run in runs(points)
    )


def bars(rects: Sequence[tuple[int, int, int]], base: int) -> str:
    """Bars from y = `base` upwards: left, width and height of each."""
    path, last = "", 0
    for left, width, height in rects:
        path += f"m{left - last} {0 if path else base}v-{height}h{width}v{height}z"
        last = left
    return path


def runs(points: Points) -> Iterator[list[Point]]:
    """The parts of a series between missing values."""
    run: list[Point] = []
    for point in points:
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _onward(run: Sequence[Point], reach: int) -> str:
    """From the first point of a run to the others."""
    steps = ((x - last_x, y - last_y) for (last_x, last_y), (x, y) in pairwise(run))
    if reach:
        return "".join(f"s{dx - reach}{_signed(dy)} {dx}{_signed(dy)}" for dx, dy in steps)
    return "".join(f"l{dx}{_signed(dy)}" if dy else f"h{dx}" for dx, dy in steps)


def _signed(number: int) -> str:
    """The number, parted from the one before it."""
    return str(number) if number < 0 else f" {number}"
