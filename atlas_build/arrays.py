"""Types of arrays, and operations on runs that numpy lacks."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]
Booleans = NDArray[np.bool_]


def changes(values: Integers) -> Booleans:
    """True at the start of every run of equal values."""
    return np.append(True, values[1:] != values[:-1])


def spread(starts: Integers, counts: Integers) -> Integers:
    """start, start + 1, … for every start, `count` numbers each, in one array."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


def majority(keys: Integers, values: Integers, weights: Floats) -> tuple[Integers, Integers]:
    """The distinct keys, ascending, and the value of the largest weight of each; of equal weights
    the smallest value."""
    span = int(values.max()) + 1
    pairs, index = np.unique(keys.astype(np.int64) * span + values, return_inverse=True)
    weight = np.bincount(index, weights)
    key, value = pairs // span, pairs % span
    order = np.lexsort((value, -weight, key))
    first = changes(key[order])
    return key[order][first], value[order][first]


def quantiles(errors: Floats, weights: Floats, shares: tuple[float, ...]) -> list[float]:
    """Weighted quantiles, rounded to two decimals."""
    order = np.argsort(errors, kind="stable")
    cumulated = np.cumsum(weights[order])
    indices = np.searchsorted(cumulated, np.array(shares) * cumulated[-1])
    return [round(float(errors[order][i]), 2) for i in indices]
