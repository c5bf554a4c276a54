"""Monthly means to annual harmonics, the counterpart of `weather.atlas.climate`."""

from __future__ import annotations

import numpy as np

from atlas_build.arrays import Booleans, Floats
from weather.atlas.climate import COEFFICIENTS, COLUMNS, MEAN_MONTH, PER_DEGREE, ROWS, STEPS

MONTHS = (31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # days
_REACH = 2  # cells around an inhabited one with the full resolution
_WIDE = {"temperature": 4, "precipitation": 8}  # cells joined elsewhere


def sections(monthly: dict[str, Floats], inhabited: Booleans) -> dict[str, bytes]:
    """`monthly` holds temperature (°C) and precipitation (mm a month): month, row, column."""
    days = np.array(MONTHS)[:, None, None] / MEAN_MONTH
    fields = {
        "temperature": monthly["temperature"],
        # The square root: no negative sums, and similar weights for drizzle and monsoon.
        "precipitation": np.sqrt(np.maximum(monthly["precipitation"] / days, 0)),
    }
    return {name: _section(field, inhabited, name) for name, field in fields.items()}


def inhabited(latitudes: Floats, longitudes: Floats) -> Booleans:
    """True for cells with a settlement and the cells around them."""
    row = np.rint((90 - latitudes) * PER_DEGREE).astype(np.int64)
    column = np.rint(longitudes % 360 * PER_DEGREE).astype(np.int64)
    cells = np.zeros((ROWS, COLUMNS), bool)
    for down in range(-_REACH, _REACH + 1):
        for right in range(-_REACH, _REACH + 1):
            cells[np.clip(row + down, 0, ROWS - 1), (column + right) % COLUMNS] = True
    return cells


def _section(field: Floats, fine: Booleans, name: str) -> bytes:
    wide = _WIDE[name]
    fitted = np.einsum("km,mij->kij", np.linalg.pinv(_design()), field.astype(np.float64))
    steps = np.rint(fitted / np.array(STEPS[name])[:, None, None]).astype(np.int64)
    rows = np.minimum((np.arange(ROWS) + wide // 2) // wide * wide, ROWS - 1)
    columns = (np.arange(COLUMNS) + wide // 2) // wide * wide % COLUMNS
    coarse = steps[:, rows][:, :, columns]
    differences = np.diff(np.where(fine, steps, coarse), axis=2, prepend=0)
    if np.abs(differences).max() > 127:
        raise ValueError("The climate's steps do not fit into a byte.")
    data: bytes = differences.astype(np.int8).tobytes()
    return data


def _design() -> Floats:
    """The contribution of every coefficient to every monthly mean: the integral of its harmonic."""
    edges = np.cumsum((0.0, *MONTHS)) / sum(MONTHS) * 2 * np.pi
    start, end = edges[:-1], edges[1:]
    parts = [np.ones(len(MONTHS))]
    for k in range(1, COEFFICIENTS // 2 + 1):
        span = k * (end - start)
        parts.append((np.sin(k * end) - np.sin(k * start)) / span)
        parts.append((np.cos(k * start) - np.cos(k * end)) / span)
    return np.stack(parts, axis=1)
