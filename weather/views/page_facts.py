"""The page's names and values: what is told of the moment, a day, the sky and the air.

What a provider does not tell is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from weather.domain import AirQuality, Astronomy, Conditions, Day, Located, Method
from weather.languages import Language
from weather.views import advice, wording
from weather.views.units import Unit, UnitSystem
from weather.views.wording import minus

List = list[tuple[str, str | datetime]]

_CONCENTRATION = Unit("µg/m³")


@dataclass(frozen=True, slots=True)
class Facts:
    """Speaks a visitor's language, in a visitor's units."""

    speech: Language
    units: UnitSystem

    def current(self, now: Conditions) -> List:
        """All but the temperature and the wind."""
        say, units = self.speech.say, self.units
        return _told(
            (say("Gusts"), units.speed.text, now.wind_gusts),
            (say("Precipitation"), units.precipitation.text, now.precipitation),
            (say("Snowfall"), units.snowfall.text, now.snowfall or None),
            (say("Humidity"), self.percent, now.relative_humidity),
            (say("Dew point"), units.temperature.text, now.dew_point),
            (say("Pressure"), units.pressure.text, now.pressure_msl),
            (say("Cloud cover"), self.percent, now.cloud_cover),
            (say("Visibility"), units.visibility, now.visibility),
            (say("UV index"), partial(advice.uv, self.speech), now.uv_index),
        )

    def day(self, day: Day) -> List:
        """What the day's line leaves out."""
        say, units, sun = self.speech.say, self.units, day.astronomy
        low, high = day.apparent_temperature_min, day.apparent_temperature_max
        feels: List = []
        if low is not None and high is not None:
            least, most = units.temperature.number(low), units.temperature.text(high)
            feels = [(say("Feels like"), minus(self.span(least, most)))]
        return [
            *feels,
            *_told(
                (say("Gusts"), units.speed.text, day.wind_gusts),
                (say("Snowfall"), units.snowfall.text, day.snowfall or None),
                (say("UV index"), partial(advice.uv, self.speech), day.uv_index),
            ),
            (say("Sunrise"), sun.sunrise or "–"),
            (say("Sunset"), sun.sunset or "–"),
        ]

    def sun(self, sky: Astronomy) -> List:
        say = self.speech.say
        hours, minutes = divmod(sky.daylight // timedelta(minutes=1), 60)
        return [
            (say("Dawn"), sky.dawn or "–"),
            (say("Sunrise"), sky.sunrise or "–"),
            (say("Solar noon"), sky.solar_noon or "–"),
            (say("Sunset"), sky.sunset or "–"),
            (say("Dusk"), sky.dusk or "–"),
            (say("Daylight"), say("{hours} h {minutes} min", hours=hours, minutes=f"{minutes:02}")),
        ]

    def moon(self, sky: Astronomy) -> List:
        say = self.speech.say
        return [(say("Moonrise"), sky.moonrise or "–"), (say("Moonset"), sky.moonset or "–")]

    def phase(self, share: float) -> str:
        """The moon's phase, one of eight; 0 is new, 0.5 full."""
        return self.speech.one_of(
            "New moon|Waxing crescent|First quarter|Waxing gibbous"
            "|Full moon|Waning gibbous|Last quarter|Waning crescent",
            int(share * 8 + 0.5) % 8,
        )

    def air(self, air: AirQuality) -> List:
        say = self.speech.say
        return _told(
            (say("European index"), partial(advice.european_aqi, self.speech), air.european_aqi),
            (say("US index"), partial(advice.us_aqi, self.speech), air.us_aqi),
            ("PM2.5", _CONCENTRATION.text, air.pm2_5),
            ("PM10", _CONCENTRATION.text, air.pm10),
            (say("Ozone"), _CONCENTRATION.text, air.ozone),
            ("NO₂", _CONCENTRATION.text, air.nitrogen_dioxide),
        )

    def pollen(self, air: AirQuality) -> List:
        """What flies; in winter nothing does."""
        say, count = self.speech.say, Unit("").number
        return _told(
            (say("Alder"), count, air.alder_pollen or None),
            (say("Birch"), count, air.birch_pollen or None),
            (say("Grass"), count, air.grass_pollen or None),
            (say("Mugwort"), count, air.mugwort_pollen or None),
            (say("Olive"), count, air.olive_pollen or None),
            (say("Ragweed"), count, air.ragweed_pollen or None),
        )

    def why(self, located: Located) -> str:
        """How the place was found, and by whom."""
        by = f" ({located.source})" if located.source else ""
        return f"{self._reason(located.method)}{by}"

    def _reason(self, method: Method) -> str:
        say = self.speech.say
        match method:
            case Method.NAME:
                return say("The name you gave")
            case Method.COORDINATES:
                return say("The coordinates you gave")
            case Method.ADDRESS:
                return say("The address you gave")
            case Method.VISITOR:
                # What databases claim for most countries, and what their own tests find.
                distance = self.units.distance.text(25)
                return say("Your address, give or take {distance}", distance=distance)
            case Method.SERVER:
                return say("The server’s own place, as you are on its network")
            case Method.DEFAULT:
                return say("The operator’s default place")

    def condition(self, code: int | None) -> str:
        return wording.condition(self.speech, code)

    def wind(self, direction: float) -> str:
        return wording.wind(self.speech, direction)

    def age(self, span: timedelta) -> str:
        return wording.age(self.speech, span)

    def percent(self, value: float) -> str:
        return wording.percent(self.speech, value)

    def degrees(self, temperature: float | None) -> str:
        """ "−5°" """
        if temperature is None:
            return "–"
        return f"{minus(self.units.temperature.number(temperature))}°"

    def span(self, low: str, high: str) -> str:
        return self.speech.say("{low} to {high}", low=low, high=high)

    def range(self, day: Day) -> str:
        return self.span(self.degrees(day.temperature_min), self.degrees(day.temperature_max))


def _told(*facts: tuple[str, Callable[[float], str], float | None]) -> List:
    return [(name, minus(words(value))) for name, words, value in facts if value is not None]
