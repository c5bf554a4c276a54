"""Where sun and moon stand at a moment, and how high above a horizon.

Positions are astral's and the same for all places. They are computed once for each full hour and
interpolated linearly in between, with an error of less than 0.001°. Moments are seconds since
1970, heights are the sine of the elevation.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from math import acos, asin, cos, degrees, pi, radians, remainder, sin, tan, tau
from typing import NamedTuple

from astral import moon as astral_moon
from astral import sun as astral_sun
from astral.julian import julianday_2000
from astral.sidereal import gmst

from weather.core.models import Coordinates

HOUR = 3600  # seconds

_STEPS = range(4)
_CONVERGED = 0.05  # seconds
_DROP = 1 - cos(radians(14))  # in an hour; the moon turns by 14.5° in it
_HIGHEST_LATITUDE = 89.8  # degrees; at the very poles no moment is noon


class Track(NamedTuple):
    """A body's way in one hour: hour angle at Greenwich and declination at its start, and their
    change, in radians; and the direction at its start, in the earth's axes: `x` and `y` are in the
    equator's plane, and `across` is their length together."""

    angle: float
    turn: float
    declination: float
    drift: float
    x: float
    y: float
    z: float
    across: float


Body = Callable[[int], Track]  # by the hour since 1970
Position = tuple[float, float]  # degrees: hour angle at Greenwich, declination


@lru_cache(maxsize=1024)
def sun(hour: int) -> Track:
    return _track(_sun_position, hour)


@lru_cache(maxsize=1024)
def moon(hour: int) -> Track:
    """The moon's track as seen from the earth's centre."""
    return _track(_moon_position, hour)


class Horizon:
    """The horizon of a place, above which a body has a height."""

    __slots__ = ("_cosine", "_east", "_longitude", "_north", "_sine")

    def __init__(self, coordinates: Coordinates) -> None:
        north = min(max(coordinates.latitude, -_HIGHEST_LATITUDE), _HIGHEST_LATITUDE)
        latitude, self._longitude = radians(north), radians(coordinates.longitude)
        self._sine, self._cosine = sin(latitude), cos(latitude)
        self._east = self._cosine * cos(self._longitude)
        self._north = self._cosine * sin(self._longitude)

    def heights(self, body: Body, hours: range) -> list[float]:
        """At each of the full hours since 1970."""
        east, north, up = self._east, self._north, self._sine
        return [east * t.x - north * t.y + up * t.z for t in map(body, hours)]

    def height(self, body: Body, moment: float) -> float:
        hour, past = divmod(moment, HOUR)
        return self.height_within(body(int(hour)))(past)

    def height_within(self, track: Track, level: float = 0.0) -> Callable[[float], float]:
        """The height above a level as a function of the seconds since the track's start."""
        sine, cosine, longitude = self._sine, self._cosine, self._longitude
        angle, turn, declination, drift = track[:4]
        angle, turn, drift = angle + longitude, turn / HOUR, drift / HOUR

        def height(past: float) -> float:
            north = declination + drift * past
            across = cosine * cos(north) * cos(angle + turn * past)
            return sine * sin(north) + across - level

        return height

    def hour_angle(self, track: Track, past: float) -> float:
        """Of the body, westwards from the meridian, so many seconds after the track's start."""
        return track.angle + self._longitude + track.turn * past / HOUR

    def arc(self, track: Track, level: float, clear: float) -> float | None:
        """The hour angle at which the body sinks below a level, of its declination at the track's
        start. None where the cosine is beyond `clear`."""
        across = (level - self._sine * track.z) / (self._cosine * track.across)
        return acos(across) if -clear < across < clear else None

    def has_arc(self, track: Track, level: float, clear: float) -> bool:
        """Whether there is such an hour angle."""
        return -clear < (level - self._sine * track.z) / (self._cosine * track.across) < clear

    def drop(self, track: Track) -> float:
        """How much lower the body is, at least, an hour before or after its highest point, if its
        declination did not change."""
        return self._cosine * track.across * _DROP

    def crossing_within(
        self, track: Track, level: float, guess: float, upward: bool
    ) -> float | None:
        """When the height crosses a level, in seconds since the track's start, to a twentieth of
        a second: by the hour angle at which the body, with the declination that it has at the
        last guess, has that height. None where this does not converge at once, as for bodies that
        hardly rise or set."""
        sine, cosine = self._sine, self._cosine
        angle, turn, declination, drift = track[:4]
        angle, turn, drift = angle + self._longitude, turn / HOUR, drift / HOUR
        for _ in _STEPS:
            north = declination + drift * guess
            across = (level - sine * sin(north)) / (cosine * cos(north))
            if not -1 < across < 1:
                return None
            west = -acos(across) if upward else acos(across)
            change = remainder(west - angle - turn * guess, tau) / turn
            guess += change
            if -_CONVERGED < change < _CONVERGED:
                return guess
        return None

    def culmination_within(self, track: Track) -> float | None:
        """When the height is highest, or lowest if that is nearer, in seconds since the track's
        start, which may be out of its hour. None near a pole, where the declination's change hides
        the earth's turn.

        There the height's derivative by time is zero: sin H = (δ'/H') (tan φ - tan δ cos H) with
        the hour angle H, the declination δ and the latitude φ. H is so small that its cosine, at
        first that of the meridian, needs one correction at most, and so does the declination.
        """
        angle, turn, declination, drift = track[:4]
        west, slope = angle + self._longitude, drift / turn
        meridian = 0.0 if cos(west + turn / 2) > 0 else pi
        tangent, side = self._sine / self._cosine, cos(meridian)
        beside = past = 0.0
        for _ in range(2):
            north = declination + slope * past
            sine = slope * (tangent - tan(north) * side * cos(beside))
            if not -1 < sine < 1:
                return None
            beside = asin(sine)
            past = remainder(meridian + side * beside - west, tau)
        return past / turn * HOUR


def _track(position: Callable[[int], Position], hour: int) -> Track:
    (angle, declination), (next_angle, next_declination) = position(hour), position(hour + 1)
    turn = radians((next_angle - angle) % 360)
    west, north = radians(angle), radians(declination)
    across = cos(north)
    return Track(
        west,
        turn,
        north,
        radians(next_declination - declination),
        across * cos(west),
        across * sin(west),
        sin(north),
        across,
    )


@lru_cache(maxsize=2)  # neighbouring hours share one
def _sun_position(hour: int) -> Position:
    days = julianday_2000(datetime.fromtimestamp(hour * HOUR, UTC))
    century = days / 36525
    angle = 15 * (hour % 24) - 180 + astral_sun.eq_of_time(century) / 4
    return angle, astral_sun.sun_declination(century)


@lru_cache(maxsize=2)
def _moon_position(hour: int) -> Position:
    moment = datetime.fromtimestamp(hour * HOUR, UTC)
    position = astral_moon.moon_position(julianday_2000(moment))
    angle = gmst(moment) - degrees(position.right_ascension)
    return angle, degrees(position.declination)
