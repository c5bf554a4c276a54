"""Conditions in five rows of text beside their drawing, in a visitor's units and colours."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from weather.core import weather_codes
from weather.core.models import Conditions
from weather.i18n.languages import Language, get_language
from weather.views import wording
from weather.views.ansi import Paint, colorize, pad_or_truncate, plain
from weather.views.options import ViewOptions
from weather.views.text import art
from weather.views.units import UnitSystem, local_units

_TEXT = 15  # columns of text beside a drawing
CELL = 1 + art.COLUMNS + 1 + _TEXT
_MISSING = "–"


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes conditions in a visitor's language and units, with or without colours."""

    language: Language
    units: UnitSystem
    color: bool
    paint: Paint

    @classmethod
    def of(cls, options: ViewOptions) -> Scribe:
        color = options.color
        language = get_language(options.language)
        return cls(language, local_units(options), color, colorize if color else plain)

    def drawing(self, conditions: Conditions) -> art.Drawing:
        symbol = weather_codes.symbol(conditions.weather_code)
        return art.drawing(symbol, night=conditions.is_day is False, color=self.color)

    def rows(self, conditions: Conditions) -> list[str]:
        return [
            wording.condition(self.language, conditions.weather_code),
            self._temperature(conditions),
            self._wind(conditions),
            self.units.visibility(conditions.visibility, _MISSING),
            self._precipitation(conditions.precipitation),
        ]

    def cell(self, conditions: Conditions | None) -> Sequence[str]:
        """Five rows of `CELL` columns."""
        if conditions is None:
            return _EMPTY_CELL
        rows = self.rows(conditions)
        if conditions.precipitation_probability is not None:
            rows[4] += f" | {conditions.precipitation_probability:.0f}%"
        drawing = self.drawing(conditions)
        return [
            f" {ink} {pad_or_truncate(text, _TEXT)}"
            for ink, text in zip(drawing, rows, strict=True)
        ]

    def _temperature(self, conditions: Conditions) -> str:
        """ "+9(8) °C", the second as it feels; one bare number where both are the same."""
        unit = self.units.temperature
        actual, felt = conditions.temperature, conditions.apparent_temperature
        if actual is None:
            return _MISSING
        if felt is None or unit.convert(felt) == unit.convert(actual):
            return f"{self._degrees(actual)} {unit.symbol}"
        plus = "+" if unit.convert(actual) > 0 else ""
        plus_felt = "+" if not plus and unit.convert(felt) > 0 else ""
        both = f"{self._degrees(actual, plus)}({self._degrees(felt, plus_felt)})"
        return f"{both} {unit.symbol}"

    def _degrees(self, celsius: float, plus: str = "") -> str:
        number = self.units.temperature.number(celsius)
        return self.paint(plus + number, _TEMPERATURES.color(celsius))

    def _wind(self, conditions: Conditions) -> str:
        """ "↗ 8-20 km/h", the second in gusts where they are stronger."""
        unit, speed, gusts = self.units.speed, conditions.wind_speed, conditions.wind_gusts
        if speed is None:
            return _MISSING
        text = self._speed(speed)
        if gusts is not None and unit.convert(gusts) > unit.convert(speed):
            text += f"-{self._speed(gusts)}"
        direction = conditions.wind_direction
        arrow = "" if direction is None else wording.arrow(direction) + " "
        return f"{arrow}{text} {unit.symbol}"

    def _speed(self, speed: float) -> str:
        return self.paint(self.units.speed.number(speed), _WINDS.color(speed))

    def _precipitation(self, precipitation: float | None) -> str:
        unit = self.units.precipitation
        if precipitation is None:
            return _MISSING
        amount = self.paint(unit.number(precipitation), _PRECIPITATIONS.color(precipitation))
        return f"{amount} {unit.symbol}"


@dataclass(frozen=True, slots=True)
class _Scale:
    """Colours of the 256 for a quantity: one below each bound and one above the last."""

    bounds: tuple[float, ...]
    colors: tuple[int, ...]

    def color(self, value: float) -> int:
        return self.colors[bisect_right(self.bounds, value)]


# Every colour is one of middle lightness, to be read on black and on white.
_TEMPERATURES = _Scale(  # °C
    (-20, -10, -5, 0, 5, 10, 15, 20, 25, 30, 35),
    (99, 63, 69, 75, 44, 43, 77, 112, 178, 214, 208, 197),
)
# km/h: the Beaufort scale's gentle breeze, fresh breeze, strong breeze, gale and storm.
_WINDS = _Scale((12, 29, 39, 62, 89), (72, 76, 178, 214, 208, 197))
# mm in an hour: none, then slight, moderate, heavy and violent as WMO-No. 8 has it.
_PRECIPITATIONS = _Scale((0.05, 2.5, 10, 50), (245, 75, 69, 63, 129))

_EMPTY_CELL = tuple(" " * (CELL - _TEXT) + text.ljust(_TEXT) for text in ("", "", _MISSING, "", ""))
