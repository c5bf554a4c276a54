"""The letters of the %-formats, with a formatter for each, and which of them have a forecast."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from weather.core.moon import SYNODIC_MONTH, eighth_of_phase, moon_at
from weather.views import sun_times, symbols, wording
from weather.views.ansi import strip_controls
from weather.views.nowcast import nowcast
from weather.views.oneline.values import Values, whole, with_unit
from weather.views.v2.bars import block
from weather.views.wwo import vocabulary

_SIGN_COLUMNS = 3
_HEAVIEST = 2.5 / 4  # mm in a quarter of an hour: moderate rain, of which a bar is full at least

Formatter = Callable[[Values], str | None]
"""Returns the text of a letter, or None if its value is missing."""


def _sign(values: Values) -> str:
    now = values.conditions
    sign = symbols.sign(now.weather_code, night=now.is_day is False, glyphs=values.glyphs)
    return symbols.padded(sign, _SIGN_COLUMNS, values.glyphs)


def _wwo_code(values: Values) -> str | None:
    return whole(vocabulary.code(values.conditions.weather_code))


def _wind(values: Values) -> str | None:
    now, units = values.conditions, values.units
    arrow = wording.wind_arrow(units, now.wind_speed, now.wind_direction)
    speed = with_unit(units.speed, now.wind_speed)
    return speed and arrow + speed


def _place(values: Values) -> str:
    """The place as written in the request, else "City, Region, CC", else the coordinates."""
    return values.query or _resolved_place(values)


def _resolved_place(values: Values) -> str:
    """ "City, Region, CC", else the coordinates."""
    place = values.report.place
    return strip_controls(place.full_name) or str(place.coordinates)


def _moon(values: Values) -> str:
    southern = values.report.place.coordinates.latitude < 0
    phase = moon_at(values.moment).phase
    sign = symbols.moon_sign(phase, southern=southern, glyphs=values.glyphs)
    return sign or wording.moon_phase(values.language, eighth_of_phase(phase))


def _moon_age(values: Values) -> str:
    return str(int(moon_at(values.moment).phase * SYNODIC_MONTH))


def _time_of(event: str) -> Formatter:
    """The formatter of the local time of an event, a field of `Astronomy`."""

    def format_time(values: Values) -> str | None:
        zone = ZoneInfo(values.report.timezone)
        moment = sun_times.event(values.day, event, zone) if values.day else None
        return values.clock(moment) if moment else None

    return format_time


def _now(values: Values) -> str:
    """ "14:37:22+0200" """
    gap = " " if values.twelve_hours else ""
    return f"{values.clock(values.now)}{gap}{values.local(values.now):%z}"


def _quarters(values: Values) -> str | None:
    """A bar for each quarter of the next two hours; None where the provider has none."""
    amounts = [quarter.precipitation for quarter in values.report.nowcast]
    return "".join(block(amount / max(_HEAVIEST, *amounts)) for amount in amounts) or None


def _air_quality(index: str) -> Formatter:
    """The formatter of an index, a field of `AirQuality`."""
    return lambda values: whole(getattr(values.report.air_quality, index, None))


LETTERS: dict[str, Formatter] = {
    "c": _sign,
    "C": lambda values: wording.condition(values.language, values.conditions.weather_code),
    "x": lambda values: symbols.ascii_sign(values.conditions.weather_code),
    "i": _wwo_code,
    "t": lambda values: values.degrees(values.conditions.temperature),
    "f": lambda values: values.degrees(values.conditions.apparent_temperature),
    "e": lambda values: values.degrees(values.conditions.dew_point),
    "H": lambda values: values.degrees(values.day.temperature_max if values.day else None),
    "L": lambda values: values.degrees(values.day.temperature_min if values.day else None),
    "w": _wind,
    "h": lambda values: whole(values.conditions.relative_humidity, "%"),
    "P": lambda values: with_unit(values.pressure, values.conditions.pressure_msl),
    "u": lambda values: whole(values.conditions.uv_index),
    "p": lambda values: values.amount(values.conditions.precipitation),
    "o": lambda values: whole(values.conditions.precipitation_probability, "%"),
    "q": _air_quality("european_aqi"),
    "Q": _air_quality("us_aqi"),
    "l": _place,
    "N": _resolved_place,
    "m": _moon,
    "M": _moon_age,
    "D": _time_of("dawn"),
    "S": _time_of("sunrise"),
    "z": _time_of("solar_noon"),
    "s": _time_of("sunset"),
    "d": _time_of("dusk"),
    "n": lambda values: nowcast(values.report, values.language),
    "r": _quarters,
    "T": _now,
    "Z": lambda values: values.report.timezone,
    "a": lambda values: values.age,
}
# These have another value at another time.
TIMED = "cCxitfeHLwhPupomMDSzsd"

MEANINGS = {
    "c": "condition as an emoji, or as glyphs= has it",
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
    "p": "precipitation of the present hour",
    "o": "probability of precipitation",
    "n": "precipitation of the next two hours, in a sentence; nothing in dry weather",
    "r": "precipitation of the next two hours, as bars of 15 minutes",
    "q": "air quality, European index",
    "Q": "air quality, US index",
    "l": "place, as written in the request",
    "N": "place, as it was resolved",
    "m": "moon",
    "M": "age of the moon in days",
    "D": "dawn",
    "S": "sunrise",
    "z": "solar noon",
    "s": "sunset",
    "d": "dusk",
    "T": "local time of the request",
    "Z": "time zone",
    "a": "age of the forecast",
}
# What may follow the letters of `TIMED`, and what stands for hours or days.
FORECAST_MEANINGS = {
    "%t@+3h": "in 3 hours; %t@2d on the day after tomorrow",
    "%C@tomorrow": "on a day: today, tomorrow",
    "%o@18:00": "at the next 18:00",
    "%{t:24h:spark}": "24 hours as bars; also of days (7d), and of e f h H L o p P u w",
    "%{t:24h:max}": "the highest of 24 hours; also min, mean, and sum of %p",
}
