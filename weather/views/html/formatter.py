"""The texts of single values on the pages."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from weather.core.measurement_systems import Units
from weather.core.models import Day, LocatedBy, LocatedPlace
from weather.core.moon import eighth_of_phase
from weather.i18n.languages import Language, get_language
from weather.views import index_bands, wording
from weather.views.html.memo import Memo
from weather.views.options import ViewOptions
from weather.views.units import UnitSystem, local_units
from weather.views.wording import minus

# km: the accuracy that IP databases state for most countries, confirmed by our own tests.
_IP_ACCURACY = 25
_BY_ADDRESS = frozenset({LocatedBy.ADDRESS, LocatedBy.VISITOR, LocatedBy.SERVER})


class WindArrow(NamedTuple):
    """Degrees that a wind blows from, and their words: "from the north"."""

    degrees: int
    direction: str


class Formatter:
    """Formats values in a visitor's language and units."""

    def __init__(self, language: Language, units: UnitSystem) -> None:
        self.language = language
        self.units = units
        self._dates = Memo[date, str](language.date)
        self._conditions = Memo[int | None, str](lambda code: wording.condition(language, code))
        self._degrees = Memo(self._make_degrees)
        self._temperatures = Memo[float, str](units.temperature.number)
        self._spans = Memo(self._make_span)
        self._amounts = Memo(self._make_amount)
        self._snowfalls = Memo(self._make_snowfall)
        self._uv_indices = Memo[float, str](lambda value: index_bands.uv(language, value))
        self._percents = Memo[float, str](lambda value: wording.percent(language, value))
        self._speeds = Memo[float | None, str](units.speed.number)
        self._is_moving = Memo[float | None, bool](lambda speed: units.has_direction(speed, 0.0))
        self._arrows = Memo(self._make_arrow)

    def date_text(self, day: date) -> str:
        """ "Fri 15 May" """
        return self._dates[day]

    def condition(self, weather_code: int | None) -> str:
        """ "Light rain", for a WMO 4677 code."""
        return self._conditions[weather_code]

    def wind_direction(self, degrees: float) -> str:
        """ "from the north" """
        return wording.wind_direction(self.language, degrees)

    def arrow(self, speed: float | None, direction: float | None) -> WindArrow | None:
        """The arrow of a wind, to the nearest of the eight directions that have a name; None if it
        has none."""
        if direction is None or not self._is_moving[speed]:
            return None
        return self._arrows[direction]

    def _make_arrow(self, direction: float) -> WindArrow:
        return WindArrow(45 * (int(direction / 45 + 0.5) % 8), self.wind_direction(direction))

    def speed(self, speed: float | None) -> str:
        """The number of a speed: "12"; "–" for None."""
        return self._speeds[speed]

    def speed_text(self, speed: float | None) -> str:
        """ "12 km/h"; "–" for None."""
        return "–" if speed is None else f"{self._speeds[speed]} {self.units.speed.symbol}"

    def gusts(self, speed: float | None) -> str:
        """ "30 km/h"; empty for None."""
        return "" if speed is None else self.speed_text(speed)

    def age(self, duration: timedelta) -> str:
        """ "47 min" """
        return wording.age(self.language, duration)

    def percent(self, value: float) -> str:
        """ "71 %" """
        return self._percents[value]

    def degrees(self, temperature: float | None) -> str:
        """ "−5°", from °C; "–" for None."""
        return self._degrees[temperature]

    def _make_degrees(self, temperature: float | None) -> str:
        if temperature is None:
            return "–"
        return f"{minus(self.units.temperature.number(temperature))}°"

    def amount(self, millimetres: float | None) -> str:
        """The number of an amount of precipitation: "0", "<0.1" for less than the last digit that
        is displayed, "2.1"; "–" for None."""
        return self._amounts[millimetres]

    def _make_amount(self, millimetres: float | None) -> str:
        unit = self.units.precipitation
        if millimetres == 0:
            return "0"
        if millimetres is not None and unit.convert(millimetres) == 0:
            return f"<{unit.number(10**-unit.digits / unit.factor)}"
        return unit.number(millimetres)

    def precipitation(self, millimetres: float | None) -> str:
        """An amount of precipitation: "dry", "<0.1 mm", "2.1 mm"; "–" for None."""
        if millimetres == 0:
            return self.language.translate("dry")
        if millimetres is None:
            return self.units.precipitation.text(None)
        return f"{self.amount(millimetres)} {self.units.precipitation.symbol}"

    def snowfall(self, centimetres: float | None) -> str:
        """ "2.1 cm"; empty for None and for what is 0 in the displayed unit."""
        return "" if centimetres is None else self._snowfalls[centimetres]

    def _make_snowfall(self, centimetres: float) -> str:
        unit = self.units.snowfall
        return unit.text(centimetres) if unit.convert(centimetres) else ""

    def uv_index(self, value: float | None) -> str:
        """ "5, moderate"; empty for None."""
        return "" if value is None else self._uv_indices[value]

    def temperature_span(self, low: float | None, high: float | None) -> str:
        """ "−4 to 14 °C", from °C; empty if one is None."""
        if low is None or high is None:
            return ""
        return self._spans[self._temperatures[low], self._temperatures[high]]

    def _make_span(self, numbers: tuple[str, str]) -> str:
        low, high = numbers
        return minus(self.span(low, f"{high} {self.units.temperature.symbol}"))

    def span(self, low: str, high: str) -> str:
        """ "4 to 14 °C" """
        return wording.span(self.language, low, high)

    def temperature_range(self, day: Day) -> str:
        """ "4° to 14°" """
        return self.span(self.degrees(day.temperature_min), self.degrees(day.temperature_max))

    def moon_phase(self, phase: float) -> str:
        """The name of the moon's phase, one of eight; 0 is new, 0.5 full."""
        return wording.moon_phase(self.language, eighth_of_phase(phase))

    def located_by(self, located: LocatedPlace) -> str:
        """ "From your search": the method; of an address also who looked it up."""
        text = self._method(located.method)
        if located.source and located.method in _BY_ADDRESS:
            return f"{text} ({located.source})"
        return text

    def _method(self, method: LocatedBy) -> str:
        translate, accuracy = self.language.translate, self.units.distance.text(_IP_ACCURACY)
        texts = {
            LocatedBy.NAME: translate("From your search"),
            LocatedBy.COORDINATES: translate("At these coordinates"),
            LocatedBy.ADDRESS: translate("From this IP address"),
            LocatedBy.VISITOR: translate(
                "Estimated from your IP address, within about {distance}", distance=accuracy
            ),
            LocatedBy.SERVER: translate("Where this server is, as you are on its network"),
            LocatedBy.DEFAULT: translate("This site’s default place"),
        }
        return texts[method]


def formatter(options: ViewOptions) -> Formatter:
    """The formatter of the language and the units of the options."""
    return _formatter(
        options.units,
        options.wind_in_ms,
        options.pressure_in_mmhg,
        options.unit_words,
        options.language,
    )


# With the cells of its tables, one takes 1 MB after a thousand places, and 2.6 MB at most.
@lru_cache(maxsize=8)
def _formatter(
    units: Units | None,
    wind_in_ms: bool,
    pressure_in_mmhg: bool,
    unit_words: tuple[str, ...],
    language: str,
) -> Formatter:
    options = ViewOptions(units, wind_in_ms, pressure_in_mmhg, unit_words, language=language)
    return Formatter(get_language(language), local_units(options))
