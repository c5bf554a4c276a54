"""The letters of the %-formats, and the value of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from weather.core.models import ClimateFallback, Conditions, Day, Report
from weather.i18n.languages import Language
from weather.views import symbols, wording
from weather.views.ansi import pad_or_truncate, strip_controls
from weather.views.units import Unit, UnitSystem

_EMOJI_CELLS = 3
_SYNODIC_MONTH = 29.530588  # days, mean (Meeus, Astronomical Algorithms, ch. 49)


@dataclass(frozen=True, slots=True)
class Values:
    """The values that letters are replaced by."""

    report: Report | ClimateFallback
    current: Conditions
    today: Day | None
    language: Language
    units: UnitSystem
    query: str
    age: str = ""  # of a stale forecast
    mark: str = ""  # stands before the temperature


def _emoji(values: Values) -> str:
    sign = symbols.emoji(values.current.weather_code, night=values.current.is_day is False)
    return pad_or_truncate(sign, _EMOJI_CELLS)


def _temperature(values: Values) -> str | None:
    degrees = _degrees(values, values.current.temperature)
    return degrees and values.mark + degrees


def _degrees(values: Values, celsius: float | None) -> str | None:
    unit = values.units.temperature
    return None if celsius is None else f"{unit.convert(celsius):+.0f}{unit.symbol}"


def _wind(values: Values) -> str | None:
    direction = values.current.wind_direction
    arrow = "" if direction is None else wording.arrow(direction)
    speed = _measured(values.units.speed, values.current.wind_speed)
    return speed and arrow + speed


def _precipitation(values: Values) -> str | None:
    unit = values.units.precipitation
    gap = " " if unit.symbol == "in" else ""  # 0.0mm, but 0.00 in
    return _measured(unit, values.current.precipitation, gap)


def _measured(unit: Unit, value: float | None, gap: str = "") -> str | None:
    return None if value is None else f"{unit.number(value)}{gap}{unit.symbol}"


def _whole(value: float | None, unit: str = "") -> str | None:
    return None if value is None else f"{value:.0f}{unit}"


def _code(values: Values) -> str | None:
    code = symbols.wwo_code(values.current.weather_code)
    return None if code is None else str(code)


def _place(values: Values) -> str:
    """As the request names it; "City, Region, CC" where it follows from an address."""
    place = values.report.place
    return values.query or strip_controls(place.full_name) or str(place.coordinates)


def _moon(values: Values) -> str | None:
    return symbols.moon(values.today.astronomy.moon_phase) if values.today else None


def _moon_age(values: Values) -> str | None:
    return str(int(values.today.astronomy.moon_phase * _SYNODIC_MONTH)) if values.today else None


def _time_of(event: str) -> Callable[[Values], str | None]:
    """Writes an event of `Astronomy` as the place's clocks show it."""

    def write(values: Values) -> str | None:
        moment = getattr(values.today.astronomy, event) if values.today else None
        return moment and f"{_local(values, moment):%H:%M:%S}"

    return write


def _local(values: Values, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(values.report.timezone))


LETTERS: dict[str, Callable[[Values], str | None]] = {
    "c": _emoji,
    "C": lambda values: wording.condition(values.language, values.current.weather_code),
    "x": lambda values: symbols.ascii_sign(values.current.weather_code),
    "i": _code,
    "t": _temperature,
    "f": lambda values: _degrees(values, values.current.apparent_temperature),
    "e": lambda values: _degrees(values, values.current.dew_point),
    "H": lambda values: _degrees(values, values.today.temperature_max if values.today else None),
    "L": lambda values: _degrees(values, values.today.temperature_min if values.today else None),
    "w": _wind,
    "h": lambda values: _whole(values.current.relative_humidity, "%"),
    "P": lambda values: _whole(values.current.pressure_msl, "hPa"),
    "u": lambda values: _whole(values.current.uv_index),
    "p": _precipitation,
    "o": lambda values: _whole(values.current.precipitation_probability, "%"),
    "l": _place,
    "m": _moon,
    "M": _moon_age,
    "D": _time_of("dawn"),
    "S": _time_of("sunrise"),
    "z": _time_of("solar_noon"),
    "s": _time_of("sunset"),
    "d": _time_of("dusk"),
    "T": lambda values: f"{_local(values, values.report.at):%H:%M:%S%z}",
    "Z": lambda values: values.report.timezone,
    "a": lambda values: values.age,
}
