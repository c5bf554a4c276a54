"""The page's names and values: what is told of the moment, a day, the sky and the air.

What a provider does not tell is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from weather.core.models import AirQuality, Astronomy, Conditions, Day, LocatedBy, LocatedPlace
from weather.i18n.languages import Language
from weather.views import index_bands, wording
from weather.views.units import Unit, UnitSystem
from weather.views.wording import minus

List = list[tuple[str, str | datetime]]

_CONCENTRATION = Unit("µg/m³")


@dataclass(frozen=True, slots=True)
class Facts:
    """Speaks a visitor's language, in a visitor's units."""

    language: Language
    units: UnitSystem

    def current(self, now: Conditions) -> List:
        """All but the temperature and the wind."""
        translate, units = self.language.translate, self.units
        return _told(
            (translate("Gusts"), units.speed.text, now.wind_gusts),
            (translate("Precipitation"), units.precipitation.text, now.precipitation),
            (translate("Snowfall"), units.snowfall.text, now.snowfall or None),
            (translate("Humidity"), self.percent, now.relative_humidity),
            (translate("Dew point"), units.temperature.text, now.dew_point),
            (translate("Pressure"), units.pressure.text, now.pressure_msl),
            (translate("Cloud cover"), self.percent, now.cloud_cover),
            (translate("Visibility"), units.visibility, now.visibility),
            (translate("UV index"), partial(index_bands.uv, self.language), now.uv_index),
        )

    def day(self, day: Day) -> List:
        """What the day's line leaves out."""
        translate, units, sun = self.language.translate, self.units, day.astronomy
        low, high = day.apparent_temperature_min, day.apparent_temperature_max
        feels: List = []
        if low is not None and high is not None:
            least, most = units.temperature.number(low), units.temperature.text(high)
            feels = [(translate("Feels like"), minus(self.span(least, most)))]
        return [
            *feels,
            *_told(
                (translate("Gusts"), units.speed.text, day.wind_gusts),
                (translate("Snowfall"), units.snowfall.text, day.snowfall or None),
                (translate("UV index"), partial(index_bands.uv, self.language), day.uv_index),
            ),
            (translate("Sunrise"), sun.sunrise or "–"),
            (translate("Sunset"), sun.sunset or "–"),
        ]

    def sun(self, sky: Astronomy) -> List:
        translate = self.language.translate
        hours, minutes = divmod(sky.daylight // timedelta(minutes=1), 60)
        return [
            (translate("Dawn"), sky.dawn or "–"),
            (translate("Sunrise"), sky.sunrise or "–"),
            (translate("Solar noon"), sky.solar_noon or "–"),
            (translate("Sunset"), sky.sunset or "–"),
            (translate("Dusk"), sky.dusk or "–"),
            (
                translate("Daylight"),
                translate("{hours} h {minutes} min", hours=hours, minutes=f"{minutes:02}"),
            ),
        ]

    def moon(self, sky: Astronomy) -> List:
        translate = self.language.translate
        return [
            (translate("Moonrise"), sky.moonrise or "–"),
            (translate("Moonset"), sky.moonset or "–"),
        ]

    def phase(self, share: float) -> str:
        """The moon's phase, one of eight; 0 is new, 0.5 full."""
        return self.language.choice(
            "New moon|Waxing crescent|First quarter|Waxing gibbous"
            "|Full moon|Waning gibbous|Last quarter|Waning crescent",
            int(share * 8 + 0.5) % 8,
        )

    def air(self, air: AirQuality) -> List:
        translate = self.language.translate
        return _told(
            (
                translate("European index"),
                partial(index_bands.european_aqi, self.language),
                air.european_aqi,
            ),
            (translate("US index"), partial(index_bands.us_aqi, self.language), air.us_aqi),
            ("PM2.5", _CONCENTRATION.text, air.pm2_5),
            ("PM10", _CONCENTRATION.text, air.pm10),
            (translate("Ozone"), _CONCENTRATION.text, air.ozone),
            ("NO₂", _CONCENTRATION.text, air.nitrogen_dioxide),
        )

    def pollen(self, air: AirQuality) -> List:
        """What flies; in winter nothing does."""
        translate, count = self.language.translate, Unit("").number
        return _told(
            (translate("Alder"), count, air.alder_pollen or None),
            (translate("Birch"), count, air.birch_pollen or None),
            (translate("Grass"), count, air.grass_pollen or None),
            (translate("Mugwort"), count, air.mugwort_pollen or None),
            (translate("Olive"), count, air.olive_pollen or None),
            (translate("Ragweed"), count, air.ragweed_pollen or None),
        )

    def why(self, located: LocatedPlace) -> str:
        """How the place was found, and by whom."""
        by = f" ({located.source})" if located.source else ""
        return f"{self._reason(located.method)}{by}"

    def _reason(self, method: LocatedBy) -> str:
        translate = self.language.translate
        match method:
            case LocatedBy.NAME:
                return translate("The name you gave")
            case LocatedBy.COORDINATES:
                return translate("The coordinates you gave")
            case LocatedBy.ADDRESS:
                return translate("The address you gave")
            case LocatedBy.VISITOR:
                # What databases claim for most countries, and what their own tests find.
                distance = self.units.distance.text(25)
                return translate("Your address, give or take {distance}", distance=distance)
            case LocatedBy.SERVER:
                return translate("The server’s own place, as you are on its network")
            case LocatedBy.DEFAULT:
                return translate("The operator’s default place")

    def condition(self, code: int | None) -> str:
        return wording.condition(self.language, code)

    def wind(self, direction: float) -> str:
        return wording.wind(self.language, direction)

    def age(self, span: timedelta) -> str:
        return wording.age(self.language, span)

    def percent(self, value: float) -> str:
        return wording.percent(self.language, value)

    def degrees(self, temperature: float | None) -> str:
        """ "−5°" """
        if temperature is None:
            return "–"
        return f"{minus(self.units.temperature.number(temperature))}°"

    def span(self, low: str, high: str) -> str:
        return self.language.translate("{low} to {high}", low=low, high=high)

    def range(self, day: Day) -> str:
        return self.span(self.degrees(day.temperature_min), self.degrees(day.temperature_max))


def _told(*facts: tuple[str, Callable[[float], str], float | None]) -> List:
    return [(name, minus(words(value))) for name, words, value in facts if value is not None]
