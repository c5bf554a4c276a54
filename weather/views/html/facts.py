"""The lists of labelled values on the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from weather.core.dataclass import dataclass
from weather.core.models import AirQuality, Astronomy, Conditions
from weather.views import index_bands
from weather.views.html.clock import Clock
from weather.views.html.formatter import Formatter
from weather.views.units import Unit
from weather.views.wording import minus

FactList = list[tuple[str, str | datetime]]
"""Labels and values; a `datetime` is shown as a local time."""

_CONCENTRATION = Unit("µg/m³")
_COUNT = Unit("")  # 1/m³
_MISSING = "–"


@dataclass(frozen=True, slots=True)
class Facts:
    """Lists of labelled values, without those that the provider does not give."""

    format: Formatter

    def current(self, current: Conditions) -> FactList:
        """The current conditions except temperature and wind."""
        language, units = self.format.language, self.format.units
        translate, percent = language.translate, self.format.percent
        return _present(
            (translate("Gusts"), self.format.gusts, current.wind_gusts),
            (translate("Precipitation"), self.format.precipitation, current.precipitation),
            (translate("Snowfall"), self.format.snowfall, current.snowfall),
            (translate("Humidity"), percent, current.relative_humidity),
            (translate("Dew point"), units.temperature.text, current.dew_point),
            (translate("Pressure"), units.pressure.text, current.pressure_msl),
            (translate("Cloud cover"), percent, current.cloud_cover),
            (translate("Visibility"), units.visibility, current.visibility),
            (translate("UV index"), self.format.uv_index, current.uv_index),
        )

    def sun(self, astronomy: Astronomy) -> FactList:
        """The times of the sun, and the length of the day."""
        translate = self.format.language.translate
        hours, minutes = divmod(astronomy.daylight // timedelta(minutes=1), 60)
        daylight = translate("{hours} h {minutes} min", hours=hours, minutes=f"{minutes:02}")
        return [
            (translate("Dawn"), astronomy.dawn or _MISSING),
            (translate("Sunrise"), astronomy.sunrise or _MISSING),
            (translate("Solar noon"), astronomy.solar_noon or _MISSING),
            (translate("Sunset"), astronomy.sunset or _MISSING),
            (translate("Dusk"), astronomy.dusk or _MISSING),
            (translate("Daylight"), daylight),
        ]

    def moon(self, astronomy: Astronomy) -> FactList:
        """The times of the moon."""
        translate = self.format.language.translate
        return [
            (translate("Moonrise"), astronomy.moonrise or _MISSING),
            (translate("Moonset"), astronomy.moonset or _MISSING),
        ]

    def air(self, air: AirQuality) -> FactList:
        """The other index than the European one, which a sentence has, and concentrations."""
        language, concentration = self.format.language, _CONCENTRATION.text
        us_aqi = partial(index_bands.us_aqi, language)
        return _present(
            (language.translate("US index"), us_aqi, air.us_aqi),
            ("PM2.5", concentration, air.pm2_5),
            ("PM10", concentration, air.pm10),
            (language.translate("Ozone"), concentration, air.ozone),
            ("NO₂", concentration, air.nitrogen_dioxide),
        )

    def pollen(self, air: AirQuality) -> FactList:
        """The pollen in the air; species without any are left out."""
        translate, count = self.format.language.translate, _COUNT.number
        return _present(
            (translate("Alder"), count, _unless_zero(air.alder_pollen, _COUNT)),
            (translate("Birch"), count, _unless_zero(air.birch_pollen, _COUNT)),
            (translate("Grass"), count, _unless_zero(air.grass_pollen, _COUNT)),
            (translate("Mugwort"), count, _unless_zero(air.mugwort_pollen, _COUNT)),
            (translate("Olive"), count, _unless_zero(air.olive_pollen, _COUNT)),
            (translate("Ragweed"), count, _unless_zero(air.ragweed_pollen, _COUNT)),
        )


def _present(*facts: tuple[str, Callable[[float], str], float | None]) -> FactList:
    """Labels and formatted values, from (label, format, value); None is left out, and a value whose
    text is empty."""
    known = [(label, format(value)) for label, format, value in facts if value is not None]
    return [(label, minus(text)) for label, text in known if text]


def _unless_zero(value: float | None, unit: Unit) -> float | None:
    """The value; None if it is 0 in the displayed unit."""
    return None if value is None or unit.convert(value) == 0 else value


def timed(facts: FactList, clock: Clock) -> list[tuple[str, str]]:
    """The facts with local times."""
    return [
        (label, value if isinstance(value, str) else clock.time_text(value))
        for label, value in facts
    ]
