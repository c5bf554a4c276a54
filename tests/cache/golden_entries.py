"""python -m tests.cache.golden_entries: writes the entries below in the present stored form.

A file of a version is never written anew: a later version adds its own files, and reads or
refuses those of the earlier ones.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from weather.cache.codec import VERSION, encode
from weather.cache.entry import Entry, Failure, Status
from weather.core import daily
from weather.core.errors import UpstreamUnavailable
from weather.core.models import (
    AirQuality,
    Alert,
    AlertText,
    Astronomy,
    CellForecast,
    Conditions,
    Coordinates,
    Credit,
    Day,
    Forecast,
    LocatorResult,
    Nowcast,
    Place,
)

FOLDER = Path(__file__).parent / "golden"

AT = datetime(2026, 5, 15, 8, 20, tzinfo=UTC)
EXPIRES = AT + timedelta(minutes=10, seconds=17)
CREDIT = Credit("Weather data by Example Weather", "https://weather.example/", "CC BY 4.0")
PLACE = Place(
    Coordinates(54.3213, 10.1349), "Windhaven", "Holm", "Germany", "DE", "Europe/Berlin", 12, 24_000
)


def _hour(number: int) -> Conditions:
    return Conditions(
        valid_at=AT.replace(minute=0) + timedelta(hours=number),
        temperature=round(12.4 - number / 10, 1),
        apparent_temperature=-0.0 if number == 3 else 0.5,
        precipitation=0.1 + 0.2 if number == 5 else 0.3,
        precipitation_probability=None if number % 7 else 35.0,
        weather_code=61 if number % 2 else 3,
        pressure_msl=1013.25,
        uv_index=5e-324 if number == 9 else 1e308,
        is_day=number < 12,
    )


FORECAST = Forecast(
    provider="example",
    credits=(CREDIT,),
    hours=tuple(map(_hour, range(24))),
    current=_hour(0),
    model="example-1",
    issued_at=AT - timedelta(hours=3),
    elevation=12.0,
    timezone="Europe/Berlin",
    validator="Fri, 15 May 2026 08:00:00 GMT",
    expires_at=EXPIRES,
    nowcast=Nowcast(AT.replace(minute=0), (0.0, 0.1, None, 1.25)),
)
DAY = Day(
    date=date(2026, 5, 15),
    astronomy=Astronomy(sunrise=AT, moon_phase=0.967, daylight=timedelta(hours=15, minutes=59)),
    weather_code=61,
    temperature_max=12.4,
    precipitation=7.2,
)
# Of days that follow from hours, dates and a place, these are stored alone.
PLAIN = replace(
    FORECAST,
    hours=tuple(replace(_hour(n), apparent_temperature=0.5, uv_index=1.25) for n in range(24)),
)
DAYS = daily.days(PLAIN.hours, Coordinates(54.32, 10.13), "Europe/Berlin")
TEXT = AlertText("de", "Frost", None, "Es friert.", "Pflanzen schützen.")

ENTRIES: dict[str, Entry[Any] | Failure] = {
    "forecast": Entry(CellForecast(FORECAST, "Europe/Berlin", (DAY,)), AT, EXPIRES),
    "days": Entry(CellForecast(PLAIN, "Europe/Berlin", DAYS), AT, EXPIRES),
    "air-quality": Entry(AirQuality(AT, (CREDIT,), 21.0, pm2_5=7.5), AT, EXPIRES, Status.FAILED),
    "alerts": Entry((Alert((TEXT,), CREDIT, 3, AT, EXPIRES),), AT, EXPIRES),
    "places": Entry((PLACE, Place(Coordinates(40.7, -74.02), "نوشهر\u200cها")), AT, EXPIRES),
    "locator-result": Entry(LocatorResult(PLACE, "Example", (CREDIT,)), AT, EXPIRES),
    "health": Entry(True, AT, EXPIRES),
    "failure": Failure(UpstreamUnavailable("Example Weather cannot be reached.", 17), AT, 1.5e9),
}


def path(name: str, version: int = VERSION) -> Path:
    return FOLDER / f"{name}.v{version}"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, value in ENTRIES.items():
        with path(name).open("xb") as file:
            file.write(encode(value))


if __name__ == "__main__":
    main()
