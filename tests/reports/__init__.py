"""Fictional reports for the tests of views: every field set, the same on every run.

`report()` is a fine day in May in a town that does not exist; `report(place, at)` is another
place or moment, and `report(air_quality=None)` replaces a field of the `Report`. The other
functions return the edge cases of the views.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests import report_values
from weather.core.attribution import CC_BY_4, DB_IP, GEONAMES
from weather.core.models import (
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
# Kathmandu is 5:45 h ahead of UTC, so its full hours are not those of UTC.
HILL_TOWN = Place(Coordinates(27.7, 85.3), "Pahadpur", "Bagmati", "Nepal", "NP", "Asia/Kathmandu")

AT = datetime(2026, 5, 15, 8, 20, tzinfo=UTC)
CREDIT = Credit("Weather data by Example Weather", "https://weather.example/", *CC_BY_4)


def report(place: Place = WINDHAVEN, at: datetime = AT, **changes: Any) -> Report:
    """A report with 384 hours and 16 days for `place` as of `at` (aware, any zone)."""
    at = at.astimezone(UTC)
    zone = ZoneInfo(place.timezone or "UTC")
    local = at.astimezone(zone)
    # The hours begin at full hours of the local clock, as the offset of Kathmandu needs.
    first = at - timedelta(minutes=local.minute, seconds=local.second, microseconds=at.microsecond)
    hours = _hours(place, first, 384, zone)
    midnight = datetime.combine(local.date(), time(), zone).astimezone(UTC)
    earlier = _hours(place, midnight, (first - midnight) // timedelta(hours=1), zone)
    dates = [local.date() + timedelta(days=n) for n in range(16)]
    complete = Report(
        at=at,
        located=LocatedPlace(
            place, LocatedBy.NAME, "Example Gazetteer", (NEW_WINDHAVEN,), (GEONAMES,)
        ),
        timezone=str(zone),
        current=replace(hours[0], valid_at=at.replace(minute=at.minute // 15 * 15, second=0)),
        hours=hours,
        days=tuple(report_values.day(place, date, zone, earlier + hours) for date in dates),
        provenance=_provenance(at),
        air_quality=report_values.air_quality(first),
        earlier=earlier,
    )
    return replace(complete, **changes)


def with_departure(departure: float | None, relief: float = 0.5) -> Report:
    """A day that is warmer than normal by `departure`, in °C."""
    normal = ClimateNormal(9.5, 1.7, relief, "2000–2025")
    return report(climate=Climate(normal, (CREDIT,), departure))


def climate_fallback() -> ClimateFallback:
    """Climate normals of Windhaven, without a forecast."""
    zone = ZoneInfo("Europe/Berlin")
    return ClimateFallback(
        at=AT,
        located=LocatedPlace(WINDHAVEN, LocatedBy.NAME, "Example Gazetteer", credits=(GEONAMES,)),
        timezone=str(zone),
        date=AT.date(),
        climate=Climate(ClimateNormal(-9.5, 1.7, 0.5, "2000–2025"), (CREDIT,)),
        astronomy=report_values.astronomy(WINDHAVEN, AT.date(), zone),
        reason="Example Weather cannot be reached.",
        retry_after=60,
    )


def with_alerts() -> Report:
    """Two warnings: one in two languages until today, one until tomorrow."""
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
    """A visitor in the United States, located by an IP database."""
    located = LocatedPlace(NEW_WINDHAVEN, LocatedBy.VISITOR, "DB-IP City Lite", credits=(DB_IP,))
    return report(NEW_WINDHAVEN, located=located)


def snow_night() -> Report:
    """One in the morning in January: −7 °C, apparently −13 °C, heavy snow, calm."""
    return with_current(
        report(at=datetime(2027, 1, 10, 0, 5, tzinfo=UTC)),
        temperature=-7.2, apparent_temperature=-13.4, weather_code=75, is_day=False,
        wind_speed=0.4, wind_gusts=0.4, visibility=0.3, precipitation=2.4, snowfall=3.1,
    )  # fmt: skip


def storm() -> Report:
    """A thunderstorm with gusts of 164 km/h."""
    return with_current(
        report(),
        temperature=21.6, apparent_temperature=19.0, weather_code=99, precipitation=38.6,
        wind_speed=112.0, wind_gusts=164.0, wind_direction=225.0, visibility=1.2,
    )  # fmt: skip


def polar_night() -> Report:
    """December at 78° north: the sun does not rise on any of the 16 days."""
    return report(POLAR_STATION, datetime(2026, 12, 20, 11, 0, tzinfo=UTC))


def polar_day() -> Report:
    """June at 78° north: the sun does not set on any of the 16 days."""
    return report(POLAR_STATION, datetime(2026, 6, 20, 11, 0, tzinfo=UTC))


def all_values_missing() -> Report:
    """A report with moments but no values, and without air quality."""
    complete = report()
    return replace(
        complete,
        current=_without_values(complete.current),
        hours=tuple(map(_without_values, complete.hours)),
        earlier=tuple(map(_without_values, complete.earlier)),
        days=tuple(Day(day.date, Astronomy()) for day in complete.days),
        located=LocatedPlace(Place(complete.place.coordinates), LocatedBy.COORDINATES),
        air_quality=None,
    )


def six_hourly() -> Report:
    """The hours of MET Norway: all for two and a half days, then 00, 06, 12 and 18 UTC."""
    complete = report()
    later = (hour for hour in complete.hours[60:] if hour.valid_at.hour % 6 == 0)
    return replace(complete, hours=(*complete.hours[:60], *later), days=complete.days[:9])


def stale(age: timedelta = timedelta(minutes=47)) -> Report:
    """A stale report, fetched `age` ago."""
    fresh = report()
    provenance = replace(
        fresh.provenance,
        fetched_at=fresh.at - age,
        expires_at=fresh.at - age / 2,
        stale=True,
    )
    return replace(fresh, provenance=provenance)


def sample() -> Report:
    """A report of a simulated provider."""
    real = report()
    return replace(real, provenance=replace(real.provenance, sample=True))


def with_current(base: Report, **changes: Any) -> Report:
    """`base` with fields of its current conditions and of the current hour replaced."""
    hours = (replace(base.hours[0], **changes), *base.hours[1:])
    return replace(base, current=replace(base.current, **changes), hours=hours)


def _hours(place: Place, first: datetime, count: int, zone: ZoneInfo) -> tuple[Conditions, ...]:
    moments = (first + timedelta(hours=n) for n in range(count))
    return tuple(report_values.conditions(place, moment, zone) for moment in moments)


def _provenance(at: datetime) -> Provenance:
    return Provenance(
        provider="Example Weather",
        credits=(CREDIT,),
        fetched_at=at - timedelta(minutes=7),
        expires_at=at + timedelta(minutes=8),
        model="example-1",
        issued_at=at - timedelta(hours=3),
    )


def _without_values(conditions: Conditions) -> Conditions:
    return Conditions(conditions.valid_at)
