"""The letters of the %-formats, with a formatter for each."""

from __future__ import annotations

from collections.abc import Callable

from weather.core.moon import moon_at
from weather.views import symbols, wording
from weather.views.ansi import pad_or_truncate, strip_controls
from weather.views.oneline.values import Values, whole, with_unit
from weather.views.wwo import vocabulary

_EMOJI_COLUMNS = 3
_SYNODIC_MONTH = 29.530588  # days, mean (Meeus, Astronomical Algorithms, ch. 49)

Formatter = Callable[[Values], str | None]
"""Returns the text of a letter, or None if its value is missing."""


def _emoji(values: Values) -> str:
    emoji = symbols.emoji(values.current.weather_code, night=values.current.is_day is False)
    return pad_or_truncate(emoji, _EMOJI_COLUMNS)


def _wwo_code(values: Values) -> str | None:
    return whole(vocabulary.code(values.current.weather_code))


def _wind(values: Values) -> str | None:
    current, units = values.current, values.units
    arrow = wording.wind_arrow(units, current.wind_speed, current.wind_direction)
    speed = with_unit(units.speed, current.wind_speed)
    return speed and arrow + speed


def _precipitation(values: Values) -> str | None:
    unit = values.units.precipitation
    gap = " " if unit.symbol == "in" else ""  # wttr.in writes 0.0mm, but 0.00 in
    return with_unit(unit, values.current.precipitation, gap)


def _place(values: Values) -> str:
    """The place as written in the request, else "City, Region, CC", else the coordinates."""
    place = values.report.place
    return values.query or strip_controls(place.full_name) or str(place.coordinates)


def _moon(values: Values) -> str:
    southern = values.report.place.coordinates.latitude < 0
    return symbols.moon(moon_at(values.report.at).phase, southern=southern)


def _moon_age(values: Values) -> str:
    return str(int(moon_at(values.report.at).phase * _SYNODIC_MONTH))


def _time_of(event: str) -> Formatter:
    """The formatter of the local time of an event, a field of `Astronomy`."""

    def format_time(values: Values) -> str | None:
        moment = getattr(values.today.astronomy, event) if values.today else None
        return moment and f"{values.local(moment):%H:%M:%S}"

    return format_time


LETTERS: dict[str, Formatter] = {
    "c": _emoji,
    "C": lambda values: wording.condition(values.language, values.current.weather_code),
    "x": lambda values: symbols.ascii_sign(values.current.weather_code),
    "i": _wwo_code,
    "t": lambda values: values.degrees(values.current.temperature),
    "f": lambda values: values.degrees(values.current.apparent_temperature),
    "e": lambda values: values.degrees(values.current.dew_point),
    "H": lambda values: values.degrees(values.today.temperature_max if values.today else None),
    "L": lambda values: values.degrees(values.today.temperature_min if values.today else None),
    "w": _wind,
    "h": lambda values: whole(values.current.relative_humidity, "%"),
    "P": lambda values: whole(values.current.pressure_msl, "hPa"),
    "u": lambda values: whole(values.current.uv_index),
    "p": _precipitation,
    "o": lambda values: whole(values.current.precipitation_probability, "%"),
    "l": _place,
    "m": _moon,
    "M": _moon_age,
    "D": _time_of("dawn"),
    "S": _time_of("sunrise"),
    "z": _time_of("solar_noon"),
    "s": _time_of("sunset"),
    "d": _time_of("dusk"),
    "T": lambda values: f"{values.local(values.report.at):%H:%M:%S%z}",
    "Z": lambda values: values.report.timezone,
    "a": lambda values: values.age,
}

MEANINGS = {
    "c": "condition as an emoji",
    "C": "condition in words",
    "x": "condition in ASCII",
    "i": "condition as a World Weather Online code",
    "t": "temperature",
    "f": "apparent temperature",
    "H": "highest temperature of the day",
    "L": "lowest temperature of the day",
    "e": "dew point",
    "w": "wind",
    "h": "relative humidity",
    "P": "pressure",
    "u": "UV index",
    "p": "precipitation of the last hour",
    "o": "probability of precipitation",
    "l": "place",
    "m": "moon",
    "M": "age of the moon in days",
    "D": "dawn",
    "S": "sunrise",
    "z": "solar noon",
    "s": "sunset",
    "d": "dusk",
    "T": "local time",
    "Z": "time zone",
    "a": "age of a stale forecast",
}
