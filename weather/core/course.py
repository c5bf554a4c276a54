"""A body's course over a day, hour by hour, and where it crosses a level.

Heights are known at each full hour, of which a crossing is between two; where a level lies
between them and a turning point, that point is added, so that a sun that is up for minutes is
seen. Each event is then found to half a second.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

from weather.core.ephemeris import HOUR, Body, Horizon

# How far a turning point may be from the nearer of its two full hours: the height's second
# derivative is at most the square of the earth's turn, 15° an hour, and half an hour is between.
_BEND = 0.009
_NARROW = 0.5  # seconds

Point = tuple[float, float]  # seconds since 1970, height
Crossing = tuple[int, bool]  # seconds since 1970, and whether it is upward


def course(
    horizon: Horizon, body: Body, start: int, end: int, levels: tuple[float, ...]
) -> list[Point]:
    """The heights at a day's bounds, at its full hours, and at the turning points near a level:
    between two of them the body rises or falls through each level at most once."""
    hours = range(-(-start // HOUR), end // HOUR + 1)
    moments: list[float] = [hour * HOUR for hour in hours]
    heights = horizon.heights(body, hours)
    if start % HOUR:  # in a zone whose offset is of half an hour
        moments.insert(0, start)
        heights.insert(0, horizon.height(body, start))
    if end % HOUR:
        moments.append(end)
        heights.append(horizon.height(body, end))
    points = list(zip(moments, heights, strict=True))
    # A turn is beside the highest or the lowest hour; another one can only be a day from it.
    last = len(heights) - 1
    extremes = {heights.index(max(heights)), heights.index(min(heights)), 0, 1, last - 1, last}
    # A day that a time zone has left out has no length, and one height.
    extremes &= set(range(len(heights)))
    near = {
        index for index in extremes for level in levels if -_BEND < heights[index] - level < _BEND
    }
    # From the end, so that the places before stay.
    for index in sorted(near | {index + 1 for index in near}, reverse=True):
        if 0 < index < len(moments):
            turn = _turning_point(horizon, body, moments[index - 1], moments[index])
            if turn:
                points.insert(index, turn)
    return points


def _turning_point(horizon: Horizon, body: Body, before: float, after: float) -> Point | None:
    """Where a body's height is highest or lowest between two moments of one hour, if it is."""
    hour = before // HOUR
    track, start = body(int(hour)), hour * HOUR
    past = horizon.culmination_within(track)
    if past is None or not before - start < past < after - start:
        return None
    return start + past, horizon.height_within(track)(past)


def highest(horizon: Horizon, body: Body, course: list[Point]) -> Point:
    """The moment of the greatest height on a day, and the height."""
    heights = [height for _, height in course]
    peak = heights.index(max(heights))
    around = course[max(peak - 1, 0) : peak + 2]
    turns = [_turning_point(horizon, body, a, b) for (a, _), (b, _) in pairwise(around)]
    return max((course[peak], *filter(None, turns)), key=lambda point: point[1])


def crossings(horizon: Horizon, body: Body, course: list[Point], level: float) -> list[Crossing]:
    """Every crossing of a level within the day, in order."""
    above = [height >= level for _, height in course]
    found: list[Crossing] = []
    index, upward = 0, not above[0]
    while upward in above[index:]:
        index = above.index(upward, index)
        moment = _crossing(horizon, body, course[index - 1], course[index], level)
        found.append((round(moment), upward))
        upward = not upward
    return found


def _crossing(horizon: Horizon, body: Body, before: Point, after: Point, level: float) -> float:
    """The moment of the crossing of a level between two points of one hour."""
    hour = before[0] // HOUR
    track, start = body(int(hour)), hour * HOUR
    low, high = before[0] - start, after[0] - start
    at_low, at_high = before[1] - level, after[1] - level
    guess = low + (high - low) * at_low / (at_low - at_high)
    past = horizon.crossing_within(track, level, guess, at_high > at_low)
    if past is None or not low <= past <= high:
        past = _root(horizon.height_within(track, level), low, at_low, high, at_high)
    return start + past


def _root(
    function: Callable[[float], float], low: float, at_low: float, high: float, at_high: float
) -> float:
    """Where a function is zero between two places at which its signs differ, to half a second:
    by false position, a little towards the middle so that the zero is passed and both ends close
    in; by bisection where that does not halve the interval."""
    halved = True
    while (width := high - low) > _NARROW:
        middle = (low + high) / 2
        guess = middle
        if halved:
            guess = low + width * at_low / (at_low - at_high)
            guess += math.copysign(min(_NARROW / 2, abs(middle - guess)), middle - guess)
        value = function(guess)
        if (value < 0) == (at_low < 0):
            low, at_low = guess, value
        else:
            high, at_high = guess, value
        halved = not halved or high - low < width / 2
    return (low + high) / 2
