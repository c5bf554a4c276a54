"""Rises and sets of a body, and its highest point, by the hour angles at which they are.

At most places it rises and sets once a turn of the earth. Where it hardly does, by latitude and
season, or where a day's bound leaves in doubt which of two days an event is of, there is no result
here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from weather.core.course import Crossing, Point
from weather.core.ephemeris import HOUR, Body, Horizon

# Of the cosine of the hour angle of a rise. Beyond, a day's change of the declination counts for
# hours, and near 1 the body does not rise.
_CLEAR = 0.9
# Seconds by which an event may be from where the declination of the day's start has it: the moon's
# changes by 6.5° a day at most.
_SHIFT = 3 * HOUR
_STEPS = 4
_BETWEEN = 1.0  # seconds beyond its hour for which a track holds; the next one differs by less


def crossings(
    horizon: Horizon, body: Body, start: int, end: int, level: float
) -> list[Crossing] | None:
    """Every crossing of a level from `start` until before `end`, of some 24 hours, in order; at
    least one. None where the body hardly crosses it on that day, or not at all (`_CLEAR`)."""
    track = body(start // HOUR)
    arc = horizon.arc(track, level, _CLEAR)
    if arc is None or horizon.arc(body(end // HOUR), level, _CLEAR) is None:
        return None
    found: list[Crossing] = []
    for west, upward in ((-arc, True), (arc, False)):
        for guess in _passages(horizon, body, start, end, west):
            moment = _crossing(horizon, body, level, guess, upward=upward)
            if moment is None:
                return None
            if start <= moment < end:
                found.append((round(moment), upward))
    return sorted(found) or None


def highest(horizon: Horizon, body: Body, start: int, end: int) -> Point | None:
    """The moment of the day's greatest height, and the height. None where a bound of the day may
    be higher."""
    near = [
        guess
        for guess in _passages(horizon, body, start, end, 0.0)
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
    if height < max(horizon.height(body, start), horizon.height(body, end)):
        return None  # near a pole, where the declination's change counts for more than the turn
    return hour * HOUR + past, height


def _passages(horizon: Horizon, body: Body, start: int, end: int, west: float) -> Iterator[float]:
    """About when the body has an hour angle, by its motion at the day's start."""
    track = body(start // HOUR)
    turn = track.turn / HOUR
    ahead = (west - horizon.hour_angle(track, start % HOUR)) % math.tau
    for angle in (ahead - math.tau, ahead, ahead + math.tau):
        moment = start + angle / turn
        if start - _SHIFT < moment < end + _SHIFT:
            yield moment


def _crossing(
    horizon: Horizon, body: Body, level: float, guess: float, *, upward: bool
) -> float | None:
    """The moment of a crossing, by the track of its hour."""
    for _ in range(_STEPS):
        hour = guess // HOUR
        start = hour * HOUR
        past = horizon.crossing_within(body(int(hour)), level, guess - start, upward=upward)
        if past is None:
            return None
        guess = start + past
        if -_BETWEEN < past < HOUR + _BETWEEN:
            return guess
    return None
