"""Reduces the number of runs at the smallest cost in error.

The address space is a sequence of segments, each with its true city and a weight. A run is a
sequence of segments with one assigned city. It costs the weighted distance to the true cities, and
the bits that it takes in the file. The cheapest runs are computed by dynamic programming (Viterbi)
over the segments of a page, with the cities of the page as states. Pages are independent, and
thousands of similar size are computed at once. The bits of a run depend on how often its city is
used in the page, which is known only afterwards: therefore two rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from atlas_build.arrays import Booleans, Floats, Integers, changes
from atlas_build.snap import kilometres

NOWHERE = -1  # the city of addresses without a place
_NOWHERE_KM = 1_500.0  # the cost of a city for such addresses, or of none for others
_FOREIGN_KM = 300.0  # the cost of a wrong country, added to the distance
_ROUNDS = 2
_WORK = 4_000_000  # segments times cities in a batch


@dataclass(frozen=True, slots=True)
class Segments:
    """Neighbouring segments have different cities; `pages` ascends."""

    starts: Integers
    cities: Integers
    weights: Floats
    pages: Integers


@dataclass(frozen=True, slots=True)
class Costs:
    """Bits in the file, and the value of a bit in kilometres times weight."""

    kilometres_per_bit: float
    position: float  # bits for the start of a run
    new_city: float  # bits for the first use of a city in a page


@dataclass(frozen=True, slots=True)
class Globe:
    """The cities as unit vectors, and the indices of their countries; NOWHERE is the last item."""

    points: Floats
    countries: Integers

    def error(self, truth: Integers, assigned: Integers) -> Floats:
        distance = kilometres(self.points[truth], self.points[assigned])
        distance += _FOREIGN_KM * (self.countries[truth] != self.countries[assigned])
        only_one = (truth == NOWHERE) != (assigned == NOWHERE)
        both = (truth == NOWHERE) & (assigned == NOWHERE)
        return np.where(both, 0, np.where(only_one, _NOWHERE_KM, distance)).astype(np.float32)


@dataclass(slots=True)
class _Pages:
    """The positions of the segments and the cities of every page in the long arrays."""

    first: Integers
    count: Integers
    city_first: Integers
    city_count: Integers
    page_cities: Integers  # distinct cities of each page, page by page
    keys: Integers  # page and city as one number, ascending


def simplify(
    segments: Segments, globe: Globe, costs: Costs, tick: Callable[[float], None]
) -> Integers:
    """The city assigned to every segment. `tick` is called with the completed share."""
    numbers = np.cumsum(changes(segments.pages)) - 1
    pages = _pages(segments, numbers)
    assigned = segments.cities.copy()
    uses = np.bincount(np.searchsorted(pages.keys, _keys(numbers, assigned))).astype(np.float64)
    for turn in range(_ROUNDS):
        switching = costs.kilometres_per_bit * _bits(pages, uses, costs)
        for members, done in _batches(pages):
            cities, where = _assign(segments, globe, pages, members, switching)
            assigned[where] = cities
            tick((turn + done) / _ROUNDS)
        begins = changes(assigned) | changes(numbers)
        used = np.searchsorted(pages.keys, _keys(numbers[begins], assigned[begins]))
        uses = np.bincount(used, minlength=len(pages.keys)).astype(np.float64)
    return assigned


def _keys(numbers: Integers, cities: Integers) -> Integers:
    return numbers.astype(np.int64) << 20 | (cities + 1)


def _pages(segments: Segments, numbers: Integers) -> _Pages:
    first = np.flatnonzero(changes(numbers))
    keys = np.unique(_keys(numbers, segments.cities))
    city_first = np.flatnonzero(changes(keys >> 20))
    return _Pages(
        first=first,
        count=np.diff(np.append(first, len(numbers))),
        city_first=city_first,
        city_count=np.diff(np.append(city_first, len(keys))),
        page_cities=(keys & (1 << 20) - 1) - 1,
        keys=keys,
    )


def _bits(pages: _Pages, uses: Floats, costs: Costs) -> Floats:
    """The bits of a run of every city of every page; infinite for a city that is no longer used."""
    total = np.repeat(np.add.reduceat(uses, pages.city_first), pages.city_count)
    with np.errstate(divide="ignore"):
        return costs.position + np.log2(total / uses) + costs.new_city / uses


def _batches(pages: _Pages) -> Iterator[tuple[Integers, float]]:
    """Pages of similar size, with the share of all pages that is completed with them."""
    todo = np.flatnonzero(pages.count > 1)
    todo = todo[np.lexsort((todo, pages.city_count[todo], pages.count[todo]))]
    at = 0
    while at < len(todo):
        page = todo[at]
        size = int(pages.count[page]) * max(8, int(pages.city_count[page]))
        members = todo[at : at + max(1, min(4_000, _WORK // size))]
        at += len(members)
        yield members, at / len(todo)


def _padded(first: Integers, count: Integers) -> tuple[Integers, Booleans]:
    """Indices of the members of every row, padded to the widest, and the mask of the padding."""
    column = np.arange(int(count.max()))
    return first[:, None] + np.minimum(column, count[:, None] - 1), column >= count[:, None]


def _assign(
    segments: Segments, globe: Globe, pages: _Pages, members: Integers, switching: Floats
) -> tuple[Integers, Integers]:
    """The cities assigned in the pages, and the indices of their segments."""
    segment, beyond = _padded(pages.first[members], pages.count[members])
    state, no_state = _padded(pages.city_first[members], pages.city_count[members])
    candidates = pages.page_cities[state]
    cost = np.where(no_state, np.inf, switching[state]).astype(np.float32)
    weights = np.where(beyond, 0, segments.weights[segment]).astype(np.float32)
    path = _cheapest(globe, segments.cities[segment], weights, candidates, cost)
    chosen = np.take_along_axis(candidates, path, axis=1)
    return chosen[~beyond], segment[~beyond]


def _cheapest(
    globe: Globe, truth: Integers, weights: Floats, candidates: Integers, cost: Floats
) -> Integers:
    """The states of the cheapest path of every row (Viterbi)."""
    rows, steps = truth.shape
    row = np.arange(rows)
    stays = np.ones((steps, *candidates.shape), bool)
    origin = np.zeros((steps, rows), np.int64)
    value = cost + weights[:, :1] * globe.error(truth[:, :1], candidates)
    for step in range(1, steps):
        best = value.argmin(axis=1)
        switched = value[row, best][:, None] + cost
        origin[step], stays[step] = best, value <= switched
        error = globe.error(truth[:, step, None], candidates)
        value = np.minimum(value, switched) + weights[:, step, None] * error
    path = np.empty((rows, steps), np.int64)
    state = value.argmin(axis=1)
    for step in range(steps - 1, -1, -1):
        path[:, step] = state
        state = np.where(stays[step, row, state], state, origin[step])
    return path
