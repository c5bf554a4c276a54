"""One line, for status bars and prompts: wttr.in's presets and %-formats (docs/line.md).

Words are in the visitor's language; numbers and units are written alike in all of them, for
the programs that take the line apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from weather.core.errors import LocationNotFound, VisitorLocationUnknown, WeatherError
from weather.core.models import ClimateFallback, Conditions, Day, Report
from weather.i18n.languages import ENGLISH, Language, get_language
from weather.views import symbols, wording
from weather.views.ansi import pad_or_truncate, strip_controls
from weather.views.oneline.template import PRESETS
from weather.views.preferences import Preferences
from weather.views.text import render as text
from weather.views.units import Unit, UnitSystem, unit_system

_MISSING = "–"
_EMOJI_CELLS = 3
_SYNODIC_MONTH = 29.530588  # days, mean (Meeus, Astronomical Algorithms, ch. 49)
_LETTER = re.compile("%([a-zA-Z])")


@dataclass(frozen=True, slots=True)
class _Told:
    """What letters are filled from."""

    answer: Report | ClimateFallback
    current: Conditions
    today: Day | None
    language: Language
    units: UnitSystem
    asked: str
    age: str = ""  # of a stale forecast
    mark: str = ""  # stands before the temperature


def render(report: Report, preferences: Preferences) -> str:
    """The line of `preferences.line`; it ends as its template ends."""
    language, today = get_language(preferences.language), next(iter(report.days), None)
    age = wording.age(language, report.age) if report.provenance.stale else ""
    told = _Told(
        *(report, report.current, today, language, unit_system(preferences), preferences.asked),
        age=age,
    )
    notices = (
        [language.translate("SAMPLE DATA, not a real forecast")] if report.provenance.sample else []
    )
    # Formats of one's own are for programs, which find the age in %a and in the headers.
    if age and preferences.line in PRESETS.values():
        notices.append(language.translate("stale: {age} old", age=age))
    return _with_notices(_filled(told, preferences.line), notices)


def render_usual(usual: ClimateFallback, preferences: Preferences) -> str:
    """The line with no weather in it, but the usual temperature as "~+9°C", and a notice."""
    language, today = get_language(preferences.language), Day(usual.date, usual.astronomy)
    normal = Conditions(usual.at, temperature=usual.climate.normal.temperature)
    told = _Told(
        *(usual, normal, today, language, unit_system(preferences), preferences.asked), mark="~"
    )
    notices = [language.translate("NO FORECAST: what is usual here")]
    if usual.sample:
        notices.append(language.translate("SAMPLE DATA, not a real forecast"))
    return _with_notices(_filled(told, preferences.line), notices)


def error(error: WeatherError, language: Language = ENGLISH) -> str:
    """One line; "Unknown location" in every language, as that is what programs look for."""
    if isinstance(error, LocationNotFound | VisitorLocationUnknown):
        return f"{LocationNotFound.title}: {strip_controls(wording.explanation(language, error))}\n"
    return text.error(error, language)


def _filled(told: _Told, template: str) -> str:
    """With a value for every letter, "–" for what is not told, and nothing for a letter that
    there is not, as wttr.in does."""

    def value(letter: re.Match[str]) -> str:
        if letter[1] not in LETTERS:
            return ""
        written = LETTERS[letter[1]](told)
        return _MISSING if written is None else written

    return _LETTER.sub(value, _without_controls(template))


def _without_controls(template: str) -> str:
    """What could move a terminal's cursor is left out, but for ends of lines and tabs."""
    parts = re.split("([\n\t])", template)
    return "".join(part if part in {"\n", "\t"} else strip_controls(part) for part in parts)


def _with_notices(line: str, notices: list[str]) -> str:
    if not notices:
        return line
    words = line.rstrip("\n")
    return f"{words} ({'; '.join(notices)}){line[len(words) :]}"


def _emoji(told: _Told) -> str:
    sign = symbols.emoji(told.current.weather_code, night=told.current.is_day is False)
    return pad_or_truncate(sign, _EMOJI_CELLS)


def _temperature(told: _Told) -> str | None:
    degrees = _degrees(told, told.current.temperature)
    return degrees and told.mark + degrees


def _degrees(told: _Told, celsius: float | None) -> str | None:
    unit = told.units.temperature
    return None if celsius is None else f"{unit.convert(celsius):+.0f}{unit.symbol}"


def _wind(told: _Told) -> str | None:
    direction = told.current.wind_direction
    arrow = "" if direction is None else wording.arrow(direction)
    speed = _measured(told.units.speed, told.current.wind_speed)
    return speed and arrow + speed


def _precipitation(told: _Told) -> str | None:
    unit = told.units.precipitation
    gap = " " if unit.symbol == "in" else ""  # 0.0mm, but 0.00 in
    return _measured(unit, told.current.precipitation, gap)


def _measured(unit: Unit, value: float | None, gap: str = "") -> str | None:
    return None if value is None else f"{unit.number(value)}{gap}{unit.symbol}"


def _whole(value: float | None, unit: str = "") -> str | None:
    return None if value is None else f"{value:.0f}{unit}"


def _code(told: _Told) -> str | None:
    code = symbols.wwo_code(told.current.weather_code)
    return None if code is None else str(code)


def _place(told: _Told) -> str:
    """As it was asked for; "City, Region, CC" where it follows from an address."""
    place = told.answer.place
    return told.asked or strip_controls(place.full_name) or str(place.coordinates)


def _moon(told: _Told) -> str | None:
    return symbols.moon(told.today.astronomy.moon_phase) if told.today else None


def _moon_age(told: _Told) -> str | None:
    return str(int(told.today.astronomy.moon_phase * _SYNODIC_MONTH)) if told.today else None


def _time_of(event: str) -> Callable[[_Told], str | None]:
    """Writes an event of `Astronomy` as the place's clocks show it."""

    def write(told: _Told) -> str | None:
        moment = getattr(told.today.astronomy, event) if told.today else None
        return moment and f"{_local(told, moment):%H:%M:%S}"

    return write


def _local(told: _Told, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(told.answer.timezone))


LETTERS: dict[str, Callable[[_Told], str | None]] = {
    "c": _emoji,
    "C": lambda told: wording.condition(told.language, told.current.weather_code),
    "x": lambda told: symbols.ascii_sign(told.current.weather_code),
    "i": _code,
    "t": _temperature,
    "f": lambda told: _degrees(told, told.current.apparent_temperature),
    "e": lambda told: _degrees(told, told.current.dew_point),
    "H": lambda told: _degrees(told, told.today.temperature_max if told.today else None),
    "L": lambda told: _degrees(told, told.today.temperature_min if told.today else None),
    "w": _wind,
    "h": lambda told: _whole(told.current.relative_humidity, "%"),
    "P": lambda told: _whole(told.current.pressure_msl, "hPa"),
    "u": lambda told: _whole(told.current.uv_index),
    "p": _precipitation,
    "o": lambda told: _whole(told.current.precipitation_probability, "%"),
    "l": _place,
    "m": _moon,
    "M": _moon_age,
    "D": _time_of("dawn"),
    "S": _time_of("sunrise"),
    "z": _time_of("solar_noon"),
    "s": _time_of("sunset"),
    "d": _time_of("dusk"),
    "T": lambda told: f"{_local(told, told.answer.at):%H:%M:%S%z}",
    "Z": lambda told: told.answer.timezone,
    "a": lambda told: told.age,
}
