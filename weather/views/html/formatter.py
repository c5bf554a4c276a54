"""The texts of single values on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from weather.core.models import Day, LocatedBy, LocatedPlace
from weather.core.moon import eighth_of_phase
from weather.core.rounding import rounded_to_int
from weather.i18n.languages import Language
from weather.views import wording
from weather.views.html.icons import icon
from weather.views.html.pictures import arrow, picture
from weather.views.units import UnitSystem
from weather.views.wording import minus

# km: the accuracy that IP databases state for most countries, confirmed by our own tests.
_IP_ACCURACY = 25
_BY_ADDRESS = frozenset({LocatedBy.ADDRESS, LocatedBy.VISITOR, LocatedBy.SERVER})


@dataclass(frozen=True, slots=True)
class Formatter:
    """Formats values in a visitor's language and units."""

    language: Language
    units: UnitSystem

    def condition(self, weather_code: int | None) -> str:
        """ "Light rain", for a WMO 4677 code."""
        return wording.condition(self.language, weather_code)

    def wind_direction(self, degrees: float) -> str:
        """ "from the north" """
        return wording.wind_direction(self.language, degrees)

    def sky(self, weather_code: int | None, is_day: bool | None) -> Markup:
        """The icon of a WMO 4677 code, with its condition as title."""
        return picture(icon(weather_code, is_day), self.condition(weather_code))

    def arrow(self, degrees: float) -> Markup:
        """The arrow of a wind from `degrees`, to the nearest ten, with its direction as title."""
        return arrow(10 * rounded_to_int(degrees / 10), self.wind_direction(degrees))

    def wind(self, text: Markup, speed: float | None, direction: float | None) -> Markup:
        """The `text` of a speed, after an arrow if the wind has a direction."""
        if direction is None or not self.units.has_direction(speed, direction):
            return text
        return Markup(f"{self.arrow(direction)} {text}")  # noqa: S704  # both are markup

    def age(self, duration: timedelta) -> str:
        """ "47 min" """
        return wording.age(self.language, duration)

    def percent(self, value: float) -> str:
        """ "71 %" """
        return wording.percent(self.language, value)

    def degrees(self, temperature: float | None) -> str:
        """ "−5°", from °C; "–" for None."""
        if temperature is None:
            return "–"
        return f"{minus(self.units.temperature.number(temperature))}°"

    def amount(self, millimetres: float | None) -> str:
        """The number of an amount of precipitation: "0", "<0.1" for less than the last digit that
        is displayed, "2.1"; "–" for None."""
        unit = self.units.precipitation
        if millimetres == 0:
            return "0"
        if millimetres is not None and unit.convert(millimetres) == 0:
            return f"<{unit.number(10**-unit.digits / unit.factor)}"
        return unit.number(millimetres)

    def span(self, low: str, high: str) -> str:
        """ "4 to 14 °C" """
        return self.language.translate("{low} to {high}", low=low, high=high)

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
