"""Positions of sun and moon: low-precision formulas of the Astronomical Almanac (about 0.01°)."""

from dataclasses import dataclass
from math import acos, asin, atan2, cos, degrees, radians, sin

DAY = 86_400
J2000 = 946_728_000  # 2000-01-01 12:00 UTC
HORIZON = -0.833  # refraction and the sun's radius
NEW_MOON = 947_182_440  # 2000-01-06 18:14 UTC
MONTH = 29.530589 * DAY


@dataclass(frozen=True)
class Sun:
    """Degrees. `hour_angle` is 0 at local noon and grows westward, -180..180."""

    elevation: float
    hour_angle: float
    declination: float

    @property
    def is_up(self) -> bool:
        return self.elevation > HORIZON


def sun(latitude: float, longitude: float, time: float) -> Sun:
    """The sun over a place (degrees) at a Unix time (seconds)."""
    days = (time - J2000) / DAY
    anomaly = radians(357.528 + 0.9856003 * days)
    ecliptic = radians(280.460 + 0.9856474 * days + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly))
    tilt = radians(23.439)
    declination = asin(sin(tilt) * sin(ecliptic))
    right_ascension = degrees(atan2(cos(tilt) * sin(ecliptic), cos(ecliptic)))
    sidereal = 280.46062 + 360.98564737 * days + longitude
    hour_angle = (sidereal - right_ascension + 180) % 360 - 180
    phi = radians(latitude)
    height = sin(phi) * sin(declination)
    height += cos(phi) * cos(declination) * cos(radians(hour_angle))
    return Sun(degrees(asin(max(-1.0, min(1.0, height)))), hour_angle, degrees(declination))


def sunrise_and_sunset(latitude: float, longitude: float, midnight: float) -> tuple[float, float]:
    """Unix times for the day that starts at `midnight`.

    In the polar night (midnight, midnight), in the polar day (midnight, next midnight): so
    Open-Meteo represents a day without sunrise or sunset.
    """
    noon = midnight + DAY / 2
    noon -= sun(latitude, longitude, noon).hour_angle * 240
    half = half_day_angle(latitude, sun(latitude, longitude, noon).declination)
    if half in (0, 180):
        return midnight, midnight + half / 180 * DAY
    return noon - half * 240, noon + half * 240


def half_day_angle(latitude: float, declination: float) -> float:
    """The hour angle of sunrise in degrees: 0 in the polar night, 180 in the polar day."""
    phi, delta = radians(latitude), radians(declination)
    run = cos(phi) * cos(delta)
    ratio = (sin(radians(HORIZON)) - sin(phi) * sin(delta)) / max(run, 1e-9)
    return degrees(acos(max(-1.0, min(1.0, ratio))))


def moon_phase(time: float) -> float:
    """0 new, 0.25 first quarter, 0.5 full, up to 1."""
    return (time - NEW_MOON) % MONTH / MONTH


def moonrise_and_moonset(
    latitude: float, longitude: float, midnight: float
) -> tuple[float | None, float | None]:
    """Unix times; None on the day of each month on which the moon does not rise (or set).

    A mean moon: it lags behind the sun by its phase, so it rises about 50 minutes later every day.
    """
    yesterday, today = (
        [time + moon_phase(start) * DAY for time in sunrise_and_sunset(latitude, longitude, start)]
        for start in (midnight - DAY, midnight)
    )
    rise, fall = (
        next((moment for moment in pair if 0 <= moment - midnight < DAY), None)
        for pair in zip(yesterday, today, strict=True)
    )
    return rise, fall
