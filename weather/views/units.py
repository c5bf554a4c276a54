"""Conversion of metric values to the units of a view."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import lru_cache

from weather.core.dataclass import dataclass
from weather.core.measurement_systems import QUANTITIES, Units
from weather.core.rounding import rounded
from weather.i18n.languages import Language, get_language
from weather.views.options import ViewOptions


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: metric values become `value * factor + offset`, with `digits` decimals."""

    symbol: str
    factor: float = 1.0
    offset: float = 0.0
    digits: int = 0
    decimal: str = "."
    direction_mark: str = ""  # U+200E before the number in right-to-left languages
    bounds: tuple[float, ...] = ()  # of a scale of numbers: the metric value that each begins with

    def exact(self, value: float) -> float:
        """The value in this unit, not rounded."""
        if self.bounds:
            return float(bisect_right(self.bounds, value))
        return value * self.factor + self.offset

    def convert(self, value: float) -> float:
        """The value in this unit, rounded to `digits` decimals."""
        return rounded(self.exact(value), self.digits)

    def convert_difference(self, value: float) -> float:
        """A difference of two values in this unit: converted without the offset."""
        return rounded(value * self.factor, self.digits)

    def number(self, value: float | None, missing: str = "–") -> str:
        """The number alone: "12", "0.4", or `missing` for None."""
        if value is None:
            return missing
        number = f"{self.convert(value):.{self.digits}f}"
        return self.direction_mark + number.replace(".", self.decimal)

    def text(self, value: float | None, missing: str = "–") -> str:
        """The number with its unit, "12 °C", or `missing` for None."""
        return missing if value is None else f"{self.number(value)} {self.symbol}"


@dataclass(frozen=True, slots=True)
class UnitSystem:
    """One unit for each quantity; the comments name the metric unit of the values."""

    temperature: Unit  # from °C
    speed: Unit  # from km/h
    precipitation: Unit  # from mm
    snowfall: Unit  # from cm
    distance: Unit  # from km
    pressure: Unit  # from hPa
    elevation: Unit  # from m

    def visibility(self, kilometres: float | None, missing: str = "–") -> str:
        """The distance as text; short distances have a decimal."""
        unit = self.distance
        if kilometres is not None and rounded(unit.exact(kilometres), 1) < 2:
            unit = replace(unit, digits=1)
        return unit.text(kilometres, missing)

    def has_direction(self, speed: float | None, direction: float | None) -> bool:
        """Whether a wind in km/h has a direction to show: not if its speed is missing or is 0 in
        the displayed unit, which is calm (WMO-No. 8, 5.1: calm has no direction)."""
        return speed is not None and direction is not None and self.speed.convert(speed) != 0


_METRIC = UnitSystem(
    temperature=Unit("°C"),
    speed=Unit("km/h"),
    precipitation=Unit("mm", digits=1),
    snowfall=Unit("cm", digits=1),
    distance=Unit("km"),
    pressure=Unit("hPa"),
    elevation=Unit("m"),
)
# Exact by definition: the mile of 1609.344 m, the inch of 25.4 mm; inHg is 3386.389 Pa.
_IMPERIAL = UnitSystem(
    temperature=Unit("°F", 9 / 5, 32),
    speed=Unit("mph", 1 / 1.609344),
    precipitation=Unit("in", 1 / 25.4, digits=2),
    snowfall=Unit("in", 1 / 2.54, digits=1),
    distance=Unit("mi", 1 / 1.609344),
    pressure=Unit("inHg", 1 / 33.86389, digits=2),
    elevation=Unit("ft", 1 / 0.3048),
)
_SYSTEMS = {
    Units.METRIC: _METRIC,
    Units.IMPERIAL: _IMPERIAL,
    Units.UK: replace(_METRIC, speed=_IMPERIAL.speed, distance=_IMPERIAL.distance),
    Units.FAHRENHEIT: replace(_METRIC, temperature=_IMPERIAL.temperature),
}
_METRES_PER_SECOND = Unit("m/s", 1 / 3.6)
_MMHG = Unit("mmHg", 1 / 1.33322387415)  # the conventional millimetre of mercury (ISO 80000-4)
_KNOTS = Unit("kn", 1 / 1.852)
# WMO-No. 306, code table 1100: the lowest speeds of the forces 1 to 12, in m/s.
_BEAUFORT = Unit(
    "Bft",
    bounds=tuple(
        3.6 * speed for speed in (0.3, 1.6, 3.4, 5.5, 8.0, 10.8, 13.9, 17.2, 20.8, 24.5, 28.5, 32.7)
    ),
)
# Word of the option `units` → its unit.
_UNITS_OF_WORDS = {
    "c": _METRIC.temperature,
    "f": _IMPERIAL.temperature,
    "kmh": _METRIC.speed,
    "ms": _METRES_PER_SECOND,
    "mph": _IMPERIAL.speed,
    "kn": _KNOTS,
    "bft": _BEAUFORT,
    "hpa": _METRIC.pressure,
    "mmhg": _MMHG,
    "inhg": _IMPERIAL.pressure,
    "mm": _METRIC.precipitation,
    "in": _IMPERIAL.precipitation,
    "km": _METRIC.distance,
    "mi": _IMPERIAL.distance,
}
QUANTITY_WORDS: Mapping[str, tuple[str, Unit]] = {
    word: (QUANTITIES[word], unit) for word, unit in _UNITS_OF_WORDS.items()
}


def unit_system(options: ViewOptions) -> UnitSystem:
    """The units with English symbols and a decimal point; metric if the options set none."""
    units = options.units or Units.METRIC
    return _unit_system(units, options.wind_in_ms, options.pressure_in_mmhg, options.unit_words)


@lru_cache(maxsize=128)
def _unit_system(
    units: Units, wind_in_ms: bool, pressure_in_mmhg: bool, words: tuple[str, ...]
) -> UnitSystem:
    system = _SYSTEMS[units]
    if wind_in_ms:
        system = replace(system, speed=_METRES_PER_SECOND)
    if pressure_in_mmhg:
        system = replace(system, pressure=_MMHG)
    return replace(system, **dict(QUANTITY_WORDS[word] for word in words))


def pressure_unit(options: ViewOptions) -> Unit:
    """The unit of pressure that the options name, else hPa."""
    if not options.unit_words:
        return _METRIC.pressure
    words = (QUANTITY_WORDS[word] for word in options.unit_words)
    return dict(words).get("pressure", _METRIC.pressure)


def local_units(options: ViewOptions) -> UnitSystem:
    """The units with the symbols and the decimal separator of the visitor's language."""
    return _localize_system(unit_system(options), get_language(options.language))


_SYMBOLS = "km/h|mph|m/s|mm|in|cm|km|mi|hPa|inHg|mmHg|m|ft"


@lru_cache(maxsize=128)
def _localize_system(system: UnitSystem, language: Language) -> UnitSystem:
    translated = language.translate("km/h|mph|m/s|mm|in|cm|km|mi|hPa|inHg|mmHg|m|ft").split("|")
    symbols = dict(zip(_SYMBOLS.split("|"), translated, strict=True))
    return UnitSystem(
        **{
            field.name: _localize_unit(getattr(system, field.name), symbols, language)
            for field in fields(UnitSystem)
        }
    )


def _localize_unit(unit: Unit, symbols: dict[str, str], language: Language) -> Unit:
    symbol = symbols.get(unit.symbol, unit.symbol)
    # U+200E keeps "-5 °C" in its order within right-to-left text.
    mark = "\u200e" if language.rtl else ""
    return replace(unit, symbol=symbol, decimal=language.decimal, direction_mark=mark)
