"""The page's names and values: what is told of the moment, a day, the sky and the air.

What a provider does not tell is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from weather.domain import AirQuality, Astronomy, Conditions, Day
from weather.views.units import Unit, UnitSystem

Facts = list[tuple[str, str | datetime]]

_PERCENT = Unit("%")
_CONCENTRATION = Unit("µg/m³")
_COUNT = Unit("")

_WINDS = (
    "north", "north-northeast", "northeast", "east-northeast",
    "east", "east-southeast", "southeast", "south-southeast",
    "south", "south-southwest", "southwest", "west-southwest",
    "west", "west-northwest", "northwest", "north-northwest",
)  # fmt: skip
_PHASES = (
    "New moon", "Waxing crescent", "First quarter", "Waxing gibbous",
    "Full moon", "Waning gibbous", "Last quarter", "Waning crescent",
)  # fmt: skip


def current(now: Conditions, units: UnitSystem) -> Facts:
    """All but the temperature and the wind."""
    return _told(
        ("Gusts", units.speed.text, now.wind_gusts),
        ("Precipitation", units.precipitation.text, now.precipitation),
        ("Snowfall", units.snowfall.text, now.snowfall or None),
        ("Humidity", _PERCENT.text, now.relative_humidity),
        ("Dew point", units.temperature.text, now.dew_point),
        ("Pressure", units.pressure.text, now.pressure_msl),
        ("Cloud cover", _PERCENT.text, now.cloud_cover),
        ("Visibility", units.visibility, now.visibility),
        ("UV index", uv, now.uv_index),
    )


def day(day: Day, units: UnitSystem) -> Facts:
    """What the day's line leaves out."""
    sun, low, high = day.astronomy, day.apparent_temperature_min, day.apparent_temperature_max
    feels: Facts = []
    if low is not None and high is not None:
        number, text = units.temperature.number, units.temperature.text
        feels = [("Feels like", minus(f"{number(low)} to {text(high)}"))]
    return [
        *feels,
        *_told(
            ("Gusts", units.speed.text, day.wind_gusts),
            ("Snowfall", units.snowfall.text, day.snowfall or None),
            ("UV index", uv, day.uv_index),
            ("Humidity", _PERCENT.text, day.relative_humidity),
            ("Cloud cover", _PERCENT.text, day.cloud_cover),
            ("Pressure", units.pressure.text, day.pressure_msl),
        ),
        ("Sunrise", sun.sunrise or "none"),
        ("Sunset", sun.sunset or "none"),
    ]


def sun(sky: Astronomy) -> Facts:
    hours, minutes = divmod(sky.daylight // timedelta(minutes=1), 60)
    return [
        ("Dawn", sky.dawn or "none today"),
        ("Sunrise", sky.sunrise or "none today"),
        ("Solar noon", sky.solar_noon or "none today"),
        ("Sunset", sky.sunset or "none today"),
        ("Dusk", sky.dusk or "none today"),
        ("Daylight", f"{hours} h {minutes:02} min"),
    ]


def moon(sky: Astronomy) -> Facts:
    return [
        ("Moonrise", sky.moonrise or "none today"),
        ("Moonset", sky.moonset or "none today"),
    ]


def air(air: AirQuality) -> Facts:
    return _told(
        ("European index", european_aqi, air.european_aqi),
        ("US index", us_aqi, air.us_aqi),
        ("PM2.5", _CONCENTRATION.text, air.pm2_5),
        ("PM10", _CONCENTRATION.text, air.pm10),
        ("Ozone", _CONCENTRATION.text, air.ozone),
        ("NO₂", _CONCENTRATION.text, air.nitrogen_dioxide),
    )


def pollen(air: AirQuality) -> Facts:
    return _told(
        ("Alder", _COUNT.number, air.alder_pollen),
        ("Birch", _COUNT.number, air.birch_pollen),
        ("Grass", _COUNT.number, air.grass_pollen),
        ("Mugwort", _COUNT.number, air.mugwort_pollen),
        ("Olive", _COUNT.number, air.olive_pollen),
        ("Ragweed", _COUNT.number, air.ragweed_pollen),
    )


def _told(*facts: tuple[str, Callable[[float], str], float | None]) -> Facts:
    return [(name, minus(words(value))) for name, words, value in facts if value is not None]


def european_aqi(value: float) -> str:
    """ "11, good", by the bands of the European Environment Agency's index."""
    names = ("good", "fair", "moderate", "poor", "very poor", "extremely poor")
    return _band(value, (20, 40, 60, 80, 100), names)


def us_aqi(value: float) -> str:
    """By the bands of the US EPA's Air Quality Index."""
    sensitive = "unhealthy for sensitive groups"
    names = ("good", "moderate", sensitive, "unhealthy", "very unhealthy", "hazardous")
    return _band(value, (50, 100, 150, 200, 300), names)


def uv(value: float) -> str:
    """By the WHO's exposure categories of the UV index."""
    return _band(value, (2, 5, 7, 10), ("low", "moderate", "high", "very high", "extreme"))


def _band(value: float, highest: Sequence[float], names: Sequence[str]) -> str:
    """The value and the name of its band; `highest` are those of all bands but the last."""
    whole = round(value)
    return f"{whole}, {names[bisect_left(highest, whole)]}"


def wind(direction: float) -> str:
    """The wind's name, for where it blows from: one of 16."""
    return _WINDS[int(direction / 22.5 + 0.5) % 16]


def phase(share: float) -> str:
    """The moon's phase, one of eight; 0 is new, 0.5 full."""
    return _PHASES[int(share * 8 + 0.5) % 8]


def degrees(unit: Unit, temperature: float | None) -> str:
    """ "−5°" """
    return "–" if temperature is None else f"{minus(unit.number(temperature))}°"


def minus(number: str) -> str:
    """With a real minus sign, which is as wide as a digit."""
    return number.replace("-", "−")


def duration(span: timedelta) -> str:
    """A span in its largest unit: "1 minute", "3 hours"."""
    for size, unit in (
        (timedelta(days=1), "day"),
        (timedelta(hours=1), "hour"),
        (timedelta(minutes=1), "minute"),
    ):
        if span >= size:
            count = span // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"
