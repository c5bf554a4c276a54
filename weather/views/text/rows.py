"""Conditions as five rows of text beside their drawing."""

from __future__ import annotations

from collections.abc import Sequence

from weather.core import weather_codes
from weather.core.dataclass import dataclass
from weather.core.models import Conditions
from weather.core.rounding import rounded_to_int
from weather.i18n.languages import Language, get_language
from weather.views import wording
from weather.views.ansi import Colorizer, colorize, plain
from weather.views.options import ViewOptions
from weather.views.text import art, color_scale
from weather.views.text.direction import cell, isolated
from weather.views.units import UnitSystem, local_units

_TEXT_COLUMNS = 15  # of the text beside a drawing
CELL_COLUMNS = 1 + art.COLUMNS + 1 + _TEXT_COLUMNS
_MISSING = "–"
_NO_VALUES = ("", "", _MISSING, "", "")
_NO_DRAWING = (" " * art.COLUMNS,) * art.ROWS


@dataclass(frozen=True, slots=True)
class ConditionsText:
    """Formats conditions in a language and units, with or without colours."""

    language: Language
    units: UnitSystem
    color: bool
    colorize: Colorizer

    @classmethod
    def of(cls, options: ViewOptions) -> ConditionsText:
        language, color = get_language(options.language), options.color
        return cls(language, local_units(options), color, colorize if color else plain)

    def drawing(self, conditions: Conditions) -> art.Drawing:
        """The drawing of the conditions, 5 rows."""
        symbol = weather_codes.symbol(conditions.weather_code)
        return art.drawing(symbol, night=conditions.is_day is False, color=self.color)

    def rows(self, conditions: Conditions) -> list[str]:
        """Five texts: condition, temperature, wind, visibility and precipitation."""
        return [
            wording.condition(self.language, conditions.weather_code),
            self._temperature(conditions),
            self._wind(conditions),
            self.units.visibility(conditions.visibility, _MISSING),
            self._precipitation(conditions.precipitation),
        ]

    def cell(self, conditions: Conditions | None) -> Sequence[str]:
        """The cell of a day's table: five rows of `CELL_COLUMNS` columns."""
        if conditions is None:
            return self._illustrated(_NO_DRAWING, _NO_VALUES)
        texts = self.rows(conditions)
        if conditions.precipitation_probability is not None:
            probability = rounded_to_int(conditions.precipitation_probability)
            texts[4] = f"{isolated(texts[4], self.language)} | {probability}%"
        return self._illustrated(self.drawing(conditions), texts)

    def _illustrated(self, drawing: art.Drawing, texts: Sequence[str]) -> list[str]:
        cells = [cell(text, _TEXT_COLUMNS, self.language) for text in texts]
        if self.language.rtl:
            return [f"{text} {row} " for row, text in zip(drawing, cells, strict=True)]
        return [f" {row} {text}" for row, text in zip(drawing, cells, strict=True)]

    def _temperature(self, conditions: Conditions) -> str:
        """ "+9(8) °C", with the apparent temperature in parentheses; "9 °C" if both are equal."""
        unit = self.units.temperature
        actual, apparent = conditions.temperature, conditions.apparent_temperature
        if actual is None:
            return _MISSING
        if apparent is None or unit.convert(apparent) == unit.convert(actual):
            return f"{self._degrees(actual)} {unit.symbol}"
        plus = "+" if unit.convert(actual) > 0 else ""
        apparent_plus = "+" if not plus and unit.convert(apparent) > 0 else ""
        both = f"{self._degrees(actual, plus)}({self._degrees(apparent, apparent_plus)})"
        return f"{both} {unit.symbol}"

    def _degrees(self, celsius: float, plus: str = "") -> str:
        number = self.units.temperature.number(celsius)
        return self.colorize(plus + number, color_scale.TEMPERATURE.color(celsius))

    def _wind(self, conditions: Conditions) -> str:
        """ "↗ 8-20 km/h": the speed, and the gusts if they are stronger."""
        unit, speed, gusts = self.units.speed, conditions.wind_speed, conditions.wind_gusts
        if speed is None:
            return _MISSING
        text = self._speed(speed)
        if gusts is not None and unit.convert(gusts) > unit.convert(speed):
            text += f"-{self._speed(gusts)}"
        arrow = wording.wind_arrow(self.units, speed, conditions.wind_direction)
        arrow += " " if arrow else ""
        return f"{arrow}{text} {unit.symbol}"

    def _speed(self, speed: float) -> str:
        return self.colorize(self.units.speed.number(speed), color_scale.WIND_SPEED.color(speed))

    def _precipitation(self, amount: float | None) -> str:
        unit = self.units.precipitation
        if amount is None:
            return _MISSING
        number = self.colorize(unit.number(amount), color_scale.PRECIPITATION.color(amount))
        return f"{number} {unit.symbol}"
