"""Fictional reports for the tests of views: every field is set, and equal on every run.

`report()` is a fine day in May in a fictional town. `report(place, at)` is another place or time,
and `report(air_quality=None)` replaces a field of the `Report`. The functions below it are edge
cases of views.
"""

from __future__ import annotations

import math
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from weather.core.models import (
    AirQuality,
    Alert,
    AlertText,
    Astronomy,
    Climate,
    ClimateFallback,
    ClimateNormal,
    Conditions,
    Coordinates,
    Credit,
    Day,
    LocatedBy,
    LocatedPlace,
    Place,
    Provenance,
    Report,
)

WINDHAVEN = Place(
    Coordinates(54.3213, 10.1349), "Windhaven", "Holm", "Germany", "DE", "Europe/Berlin", 12, 24_000
)
NEW_WINDHAVEN = Place(
    Coordinates(40.7, -74.02), "New Windhaven", "Jersey", "United States", "US", "America/New_York"
)
POLAR_STATION = Place(
    Coordinates(78.22, 15.65), "Ishavn", "Svalbard", "Norway", "NO", "Arctic/Longyearbyen", 3, 900
)
# Kathmandu is 5:45 h ahead of UTC: its hours do not start with those of UTC.
HILL_TOWN = Place(Coordinates(27.7, 85.3), "Pahadpur", "Bagmati", "Nepal", "NP", "Asia/Kathmandu")

AT = datetime(2026, 5, 15, 8, 20, tzinfo=UTC)
CREDIT = Credit("Weather data by Example Weather", "https://weather.example/", "CC BY 4.0")
AIR_CREDIT = Credit("Air quality by Example Air", "https://air.example/", "CC BY 4.0")

# Weather codes, each for six hours in turn, with the precipitation in mm/h.
_SEQUENCE = (
    (0, 0.0), (1, 0.0), (2, 0.0), (3, 0.0), (61, 0.6), (63, 2.1), (80, 1.4), (95, 7.5),
    (65, 11.2), (45, 0.0), (51, 0.1), (53, 0.3), (66, 0.4), (71, 0.5), (75, 3.2), (85, 0.8),
)  # fmt: skip


def report(place: Place = WINDHAVEN, at: datetime = AT, **changes: Any) -> Report:
    """A report with 384 hours and 16 days for `place` as of `at` (aware, any zone)."""
    at = at.astimezone(UTC)
    zone = ZoneInfo(place.timezone or "UTC")
    local = at.astimezone(zone)
    # An hour starts at a full hour of local time, also for offsets such as 5:45 h.
    first = at - timedelta(minutes=local.minute, seconds=local.second, microseconds=at.microsecond)
    hours = tuple(_conditions(place, first + timedelta(hours=n), zone) for n in range(384))
    midnight = datetime.combine(local.date(), time(), zone).astimezone(UTC)
    passed = (first - midnight) // timedelta(hours=1)
    earlier = tuple(_conditions(place, midnight + timedelta(hours=n), zone) for n in range(passed))
    known = earlier + hours
    days = tuple(_day(place, local.date() + timedelta(days=n), zone, known) for n in range(16))
    base = Report(
        at=at,
        located=LocatedPlace(place, LocatedBy.NAME, "Example Gazetteer", (NEW_WINDHAVEN,)),
        timezone=str(zone),
        current=replace(hours[0], valid_at=at.replace(minute=at.minute // 15 * 15, second=0)),
        hours=hours,
        days=days,
        provenance=Provenance(
            provider="Example Weather",
            credits=(CREDIT,),
            fetched_at=at - timedelta(minutes=7),
            expires_at=at + timedelta(minutes=8),
            model="example-1",
            issued_at=at - timedelta(hours=3),
        ),
        air_quality=_air(first),
        earlier=earlier,
    )
    return replace(base, **changes)


def compared(departure: float | None, relief: float = 0.5) -> Report:
    """A day with this departure from the climate normal, in °C."""
    return report(
        climate=Climate(ClimateNormal(9.5, 1.7, relief, "2000–2025"), (CREDIT,), departure)
    )


def usual() -> ClimateFallback:
    """The climate normals, in place of a forecast."""
    climate = Climate(ClimateNormal(-9.5, 1.7, 0.5, "2000–2025"), (CREDIT,))
    zone = ZoneInfo("Europe/Berlin")
    return ClimateFallback(
        at=AT,
        located=LocatedPlace(WINDHAVEN, LocatedBy.NAME, "Example Gazetteer"),
        timezone=str(zone),
        date=AT.date(),
        climate=climate,
        astronomy=_astronomy(WINDHAVEN, AT.date(), zone),
        reason="Example Weather cannot be reached.",
        retry_after=60,
    )


def warned() -> Report:
    """Two warnings: one in two languages, the other one valid until tomorrow."""
    heat = AlertText("en", "Heat Advisory", "Heat until 8 PM", "Dangerously hot.", "Drink water.")
    frost = (
        AlertText("de", "Frost", None, "Es friert."),
        AlertText("en", "Frost", None, "It freezes."),
    )
    today, tomorrow = AT + timedelta(hours=5), AT + timedelta(hours=30)
    return report(
        alerts=(Alert((heat,), CREDIT, 3, AT, tomorrow), Alert(frost, CREDIT, 1, AT, today))
    )


def american() -> Report:
    return report(
        NEW_WINDHAVEN, located=LocatedPlace(NEW_WINDHAVEN, LocatedBy.VISITOR, "DB-IP City Lite")
    )


def snow_night() -> Report:
    """One o'clock in a January night: -7 °C, apparent -13 °C, heavy snow, calm."""
    return with_current(
        report(at=datetime(2027, 1, 10, 0, 5, tzinfo=UTC)),
        temperature=-7.2, apparent_temperature=-13.4, weather_code=75, is_day=False,
        wind_speed=0.4, wind_gusts=0.4, visibility=0.3, precipitation=2.4, snowfall=3.1,
    )  # fmt: skip


def storm() -> Report:
    return with_current(
        report(),
        temperature=21.6, apparent_temperature=19.0, weather_code=99, precipitation=38.6,
        wind_speed=112.0, wind_gusts=164.0, wind_direction=225.0, visibility=1.2,
    )  # fmt: skip


def polar_night() -> Report:
    """December at 78° N: no sunrise on any of the 16 days."""
    return report(POLAR_STATION, datetime(2026, 12, 20, 11, 0, tzinfo=UTC))


def polar_day() -> Report:
    return report(POLAR_STATION, datetime(2026, 6, 20, 11, 0, tzinfo=UTC))


def nothing_told() -> Report:
    """A report with times only, as from a provider without any values, and without air quality."""
    whole = report()
    return replace(
        whole,
        current=_bare(whole.current),
        hours=tuple(_bare(hour) for hour in whole.hours),
        earlier=tuple(_bare(hour) for hour in whole.earlier),
        days=tuple(Day(day.date, Astronomy()) for day in whole.days),
        located=LocatedPlace(Place(whole.place.coordinates), LocatedBy.COORDINATES),
        air_quality=None,
    )


def six_hourly() -> Report:
    """The steps of MET Norway: hourly for two days and a half, then 00, 06, 12 and 18 UTC."""
    whole = report()
    later = (hour for hour in whole.hours[60:] if hour.valid_at.hour % 6 == 0)
    return replace(whole, hours=(*whole.hours[:60], *later), days=whole.days[:9])


def stale(age: timedelta = timedelta(minutes=47)) -> Report:
    fresh = report()
    then = replace(fresh.provenance, fetched_at=fresh.at - age, stale=True)
    return replace(fresh, provenance=replace(then, expires_at=fresh.at - age / 2))


def sample() -> Report:
    real = report()
    return replace(real, provenance=replace(real.provenance, sample=True))


def with_current(base: Report, **changes: Any) -> Report:
    """`base` with changed fields of the current conditions, and of the current hour."""
    hours = (replace(base.hours[0], **changes), *base.hours[1:])
    return replace(base, current=replace(base.current, **changes), hours=hours)


def _bare(conditions: Conditions) -> Conditions:
    return Conditions(conditions.valid_at)


def _conditions(place: Place, moment: datetime, zone: ZoneInfo) -> Conditions:
    local = moment.astimezone(zone)
    block = int(moment.timestamp() // 21_600)
    code, rain = _SEQUENCE[block % len(_SEQUENCE)]
    temperature = _climate(place, local.date()) + 5 * math.cos((local.hour - 15) / 24 * math.tau)
    wind = 14 + 11 * math.sin(moment.timestamp() / 40_000)
    sun = _astronomy(place, local.date(), zone)
    up = sun.sunrise and sun.sunset and sun.sunrise <= moment < sun.sunset
    return Conditions(
        valid_at=moment,
        temperature=round(temperature, 1),
        apparent_temperature=round(temperature - wind / 8, 1),
        dew_point=round(temperature - 4.5, 1),
        relative_humidity=float(60 + block * 7 % 40),
        precipitation=rain,
        precipitation_probability=float(min(100, int(rain * 30) + block % 4 * 5)),
        snowfall=round(rain * 0.7, 2) if code in {71, 75, 85} else 0.0,
        weather_code=code,
        wind_speed=round(wind, 1),
        wind_gusts=round(wind * 1.6, 1),
        wind_direction=float(block * 35 % 360),
        pressure_msl=1013.2 + block % 9,
        cloud_cover=float(min(100, code * 30)),
        visibility=0.4 if code == 45 else 24.1,
        uv_index=5.2 if up else 0.0,
        is_day=bool(up or (not sun.sunrise and sun.sun_is_up_at_noon)),
    )


def _climate(place: Place, day: date) -> float:
    """The mean temperature of a day in °C: highest in July, lower towards the pole."""
    season = math.cos((day.timetuple().tm_yday - 200) / 365 * math.tau)
    return 27 - abs(place.coordinates.latitude) * 0.4 + 9 * season


def _day(place: Place, day: date, zone: ZoneInfo, hours: tuple[Conditions, ...]) -> Day:
    own = [hour for hour in hours if hour.valid_at.astimezone(zone).date() == day] or hours[-1:]
    temperatures = [hour.temperature or 0.0 for hour in own]
    apparent = [hour.apparent_temperature or 0.0 for hour in own]
    return Day(
        date=day,
        astronomy=_astronomy(place, day, zone),
        weather_code=max(hour.weather_code or 0 for hour in own),
        temperature_max=max(temperatures),
        temperature_min=min(temperatures),
        temperature_mean=round(sum(temperatures) / len(own), 1),
        apparent_temperature_max=max(apparent),
        apparent_temperature_min=min(apparent),
        precipitation=round(sum(hour.precipitation or 0.0 for hour in own), 1),
        precipitation_probability=max(hour.precipitation_probability or 0.0 for hour in own),
        snowfall=round(sum(hour.snowfall or 0.0 for hour in own), 2),
        wind_speed=max(hour.wind_speed or 0.0 for hour in own),
        wind_gusts=max(hour.wind_gusts or 0.0 for hour in own),
        wind_direction=own[0].wind_direction,
        uv_index=max(hour.uv_index or 0.0 for hour in own),
        relative_humidity=own[0].relative_humidity,
        pressure_msl=own[0].pressure_msl,
        cloud_cover=own[0].cloud_cover,
    )


def _astronomy(place: Place, day: date, zone: ZoneInfo) -> Astronomy:
    """Approximate: the sunrise equation without refraction, a lunar month of 29.53 days."""
    noon = datetime.combine(day, time(12), zone).astimezone(UTC)
    declination = -23.44 * math.cos((day.timetuple().tm_yday + 10) / 365 * math.tau)
    reach = -math.tan(math.radians(place.coordinates.latitude)) * math.tan(
        math.radians(declination)
    )
    half = timedelta(hours=math.degrees(math.acos(max(-1.0, min(1.0, reach)))) / 15)
    rises, twilight = abs(reach) < 1, timedelta(minutes=38)
    phase = (day - date(2026, 1, 18)).days % 29.53 / 29.53
    return Astronomy(
        dawn=noon - half - twilight if rises else None,
        sunrise=noon - half if rises else None,
        solar_noon=noon,
        sunset=noon + half if rises else None,
        dusk=noon + half + twilight if rises else None,
        moonrise=noon + timedelta(hours=(24 * phase + 6) % 24 - 12),
        moonset=noon + timedelta(hours=(24 * phase + 18) % 24 - 12),
        moon_phase=phase,
        moon_illumination=round(50 - 50 * math.cos(phase * math.tau), 1),
        daylight=2 * half,
        sun_is_up_at_noon=reach < 1,
    )


def _air(moment: datetime) -> AirQuality:
    names = {field.name for field in fields(AirQuality)} - {"valid_at", "credits"}
    values = {name: 3.0 + 4 * index for index, name in enumerate(sorted(names))}
    return AirQuality(valid_at=moment, credits=(AIR_CREDIT,), **values)
