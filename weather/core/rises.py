"""Rises and sets of a body, and its highest point, by the hour angles at which they are.

At most places it rises and sets once a turn of the earth. Where it hardly does, by latitude and
season, or where a day's bound leaves in doubt which of two days an event is of, there is no result
here.
"""

from __future__ import annotations

from math import tau

from weather.core.course import Crossing, Point
from weather.core.ephemeris import HOUR, Body, Horizon, Track

# Of the cosine of the hour angle of a rise. Beyond, a day's change of the declination counts for
# hours, and near 1 the body does not rise.
_CLEAR = 0.9
# Seconds by which an event may be from where the declination of the day's start has it: the moon's
# changes by 6.5° a day at most.
_SHIFT = 3 * HOUR
_STEPS = range(4)
_HOURS = 30  # more than there are between the highest point and the begin or end of its day
_BETWEEN = 1.0  # seconds beyond its hour for which a track holds; the next one differs by less
_HOLDS = HOUR + _BETWEEN


def crossings(
    horizon: Horizon, body: Body, start: int, end: int, level: float
) -> list[Crossing] | None:
    """Every crossing of a level from `start` until before `end`, of some 24 hours, in order; at
    least one. None where the body hardly crosses it on that day, or not at all (`_CLEAR`)."""
    track = body(start // HOUR)
    arc = horizon.arc(track, level, _CLEAR)
    if arc is None or not horizon.has_arc(body(end // HOUR), level, _CLEAR):
        return None
    found: list[Crossing] = []
    for west, upward in ((-arc, True), (arc, False)):
        for guess in _passages(horizon, track, start, end, west):
            moment = _crossing(horizon, body, level, guess, upward)
            if moment is None:
                return None
            if start <= moment < end:
                found.append((round(moment), upward))
    found.sort()
    return found or None


def highest(horizon: Horizon, body: Body, start: int, end: int) -> Point | None:
    """The moment of the day's greatest height, and the height. None where a bound of the day may
    be higher."""
    track = body(start // HOUR)
    near = [
        guess
        for guess in _passages(horizon, track, start, end, 0.0)
        if start - HOUR < guess < end + HOUR
    ]
    if len(near) != 1 or not start + HOUR < near[0] < end - HOUR:
        return None  # one that is beyond a bound may be higher there
    hour = near[0] // HOUR
    track = body(int(hour))
    past = horizon.culmination_within(track)
    if past is None or not 0 <= past < HOUR:
        return None
    height = horizon.height_within(track)(past)
    # Near a pole the declination's change may count for more than the turn.
    may_count_more = horizon.drop(track) < abs(track.drift) * _HOURS
    if may_count_more and height < max(horizon.height(body, start), horizon.height(body, end)):
        return None
    return hour * HOUR + past, height


def _passages(horizon: Horizon, track: Track, start: int, end: int, west: float) -> list[float]:
    """About when the body has an hour angle, by its motion at the day's start."""
    turn = track.turn / HOUR
    ahead = (west - horizon.hour_angle(track, start % HOUR)) % tau
    first, last = start - _SHIFT, end + _SHIFT
    moments = [moment] if (moment := start + ahead / turn) < last else []
    if (before := start + (ahead - tau) / turn) > first:
        moments.insert(0, before)
    if (after := start + (ahead + tau) / turn) < last:
        moments.append(after)
    return moments


def _crossing(
    horizon: Horizon, body: Body, level: float, guess: float, upward: bool
) -> float | None:
    """The moment of a crossing, by the track of its hour."""
    for _ in _STEPS:
        start = guess // HOUR * HOUR
        past = horizon.crossing_within(body(int(start) // HOUR), level, guess - start, upward)
        if past is None:
            return None
        guess = start + past
        if -_BETWEEN < past < _HOLDS:
            return guess
    return None
