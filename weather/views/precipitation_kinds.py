"""The kinds of precipitation that a sentence tells apart, and where one turns into another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from weather.core import weather_codes
from weather.core.weather_codes import Symbol

# A kind of precipitation is the WMO code that names it; how much of it falls is not in the name.
DRIZZLE, RAIN, FREEZING_RAIN, SNOW, SHOWERS, SNOW_SHOWERS = 53, 63, 67, 73, 81, 85
THUNDERSTORM = 95
_NAMES = {
    Symbol.DRIZZLE: DRIZZLE,
    Symbol.RAIN: RAIN,
    Symbol.HEAVY_RAIN: RAIN,
    Symbol.SHOWERS: SHOWERS,
    Symbol.FREEZING_RAIN: FREEZING_RAIN,
    Symbol.SNOW: SNOW,
    Symbol.HEAVY_SNOW: SNOW,
    Symbol.SNOW_SHOWERS: SNOW_SHOWERS,
    Symbol.THUNDERSTORM: THUNDERSTORM,
}
# Kinds of which a sentence has one name for all.
_FAMILIES = {DRIZZLE: RAIN, SHOWERS: RAIN, SNOW_SHOWERS: SNOW}


@cache
def kind(weather_code: int | None) -> int | None:
    """The kind of an hour's precipitation; None for a code that has none."""
    return _NAMES.get(weather_codes.symbol(weather_code))


@cache
def family(weather_code: int | None) -> int | None:
    code = kind(weather_code)
    return _FAMILIES.get(code, code) if code else None


class _Run(NamedTuple):
    """Hours that follow each other."""

    family: int | None  # of most of them
    length: int
    own: int  # how many are of the family


def run_lengths(families: Sequence[int | None]) -> list[int]:
    """How long each kind lasts, of the kinds of wet hours in their order.

    A shorter run of another kind between two of one kind is a part of theirs, and so is a
    thunderstorm in or beside rain, or a short one beside snow.
    """
    counts = [(family, len(list(hours))) for family, hours in groupby(families)]
    runs = [_Run(family, count, count) for family, count in counts]
    while merges := list(_merges(runs)):
        _, begin, end, family = min(merges)
        parts = runs[begin:end]
        own = sum(run.own for run in parts if run.family == family)
        runs[begin:end] = [_Run(family, sum(run.length for run in parts), own)]
    return [run.length for run in runs]


def _merges(runs: Sequence[_Run]) -> Iterator[tuple[int, int, int, int]]:
    """Runs that are one: the number of hours of another kind, the begin and the end, the kind."""
    for n, run in enumerate(runs):
        for begin, other in ((n - 1, n - 1), (n, n + 1)):
            if 0 <= other < len(runs) and (family := runs[other].family):
                if run.family == family:
                    yield 0, begin, begin + 2, family
                elif _is_part(run, runs[other]):
                    yield run.length, begin, begin + 2, family
        if 0 < n < len(runs) - 1 and (family := runs[n - 1].family) == runs[n + 1].family:
            is_shorter = run.length < runs[n - 1].own + runs[n + 1].own
            if family and family != THUNDERSTORM and is_shorter:
                yield run.length, n - 1, n + 2, family


def _is_part(run: _Run, other: _Run) -> bool:
    """Of a neighbour: hours of no known kind, and thunder, which rain and snow may come with."""
    if run.family != THUNDERSTORM:
        return run.family is None
    return other.family == RAIN or (other.family == SNOW and run.length < other.own)
