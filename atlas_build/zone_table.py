"""Encodes a raster of time zones for `weather.atlas.zones`."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import numpy as np

from atlas_build.arrays import Integers
from weather.atlas.zones import BAND, BEGINS, COMPLETE, ENDS, STAYS

Row = tuple[list[int], list[int]]
"""Where the runs of a row begin, and their zones."""
Pair = tuple[int | None, int | None]
"""The number of a boundary in the row above and of the same one in a row."""

# About the bits that each costs.
_END, _BEGIN, _STAY, _CELL = 1.5, 5.0, 0.3, 0.1
_FARTHEST = 40  # cells, beyond which a move costs no more


def sections(names: Sequence[str], cells: Integers) -> dict[str, bytes]:
    bands, starts, zones, moves = array("I"), array("H"), array("H"), bytearray()
    above: Row = ([], [])
    for number, row in enumerate(_rows(cells)):
        if number % BAND == 0:
            bands.extend((len(moves), len(starts)))
            above = ([], [])
        _append(above, row, moves, starts, zones)
        above = row
    columns = {"bands": bands, "starts": starts, "zones": zones}
    packed = {name: np.array(column).astype(f">u{column.itemsize}").tobytes()
              for name, column in columns.items()}  # fmt: skip
    return {"names": "\n".join(names).encode(), "moves": bytes(moves), **packed}


def _rows(cells: Integers) -> Iterator[Row]:
    for row in cells:
        starts = np.concatenate([[0], np.flatnonzero(np.diff(row)) + 1])
        yield starts.tolist(), row[starts].tolist()


def _append(above: Row, row: Row, moves: bytearray, starts: array[int], zones: array[int]) -> None:
    last = 0
    for old, new in _aligned(above, row):
        if new is None:
            moves.append(ENDS)
            continue
        if old is None:
            moves.append(BEGINS)
            starts.append(row[0][new] - last)
            zones.append(row[1][new])
        else:
            moves.append(row[0][new] - above[0][old] + STAYS)
        last = row[0][new]
    moves.append(COMPLETE)


def _aligned(above: Row, row: Row) -> list[Pair]:
    """The cheapest way from the boundaries of a row to those of the row below."""
    if above[1] == row[1] and all(
        abs(old - new) <= STAYS for old, new in zip(above[0], row[0], strict=True)
    ):
        return [(number, number) for number in range(len(row[0]))]
    best = _costs(above, row)
    old, new = len(above[0]), len(row[0])
    pairs: list[Pair] = []
    while old or new:
        step = best[old][new][1]
        pairs.append((old - 1 if step != "begin" else None, new - 1 if step != "end" else None))
        old -= step != "begin"
        new -= step != "end"
    return pairs[::-1]


def _costs(above: Row, row: Row) -> list[list[tuple[float, str]]]:
    """By boundaries of the row above and of the row: the cost up to there and the last step."""
    first = [(number * _BEGIN, "begin") for number in range(len(row[0]) + 1)]
    table = [first]
    for old, (start, zone) in enumerate(zip(*above, strict=True), 1):
        line = [(old * _END, "end")]
        before = table[-1]
        for new, (other, own) in enumerate(zip(*row, strict=True), 1):
            options = [(before[new][0] + _END, "end"), (line[-1][0] + _BEGIN, "begin")]
            away = abs(start - other)
            if zone == own and away <= STAYS:
                cost = _STAY + min(away, _FARTHEST) * _CELL
                options.append((before[new - 1][0] + cost, "stay"))
            line.append(min(options))
        table.append(line)
    return table
