"""Open-Meteo's units: their text, their decimals in the raw JSON, and their conversions."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    text: str
    decimals: int


@dataclass(frozen=True)
class Units:
    """The requested units, in the notation of the query parameters."""

    temperature: str = "celsius"
    wind: str = "kmh"
    precipitation: str = "mm"

    def convert(self, unit: Unit) -> tuple[Unit, Callable[[float], float]]:
        """The unit requested instead of `unit`, and the conversion to it."""
        key = (
            unit,
            self.temperature
            if unit is CELSIUS
            else self.wind
            if unit is KMH
            else self.precipitation,
        )
        return CONVERSIONS.get(key, (unit, float))


CELSIUS = Unit("°C", 1)
KMH = Unit("km/h", 1)
MM = Unit("mm", 2)
CM = Unit("cm", 2)
METRE = Unit("m", 2)
PERCENT = Unit("%", 0)
HPA = Unit("hPa", 1)
KPA = Unit("kPa", 2)
DEGREE = Unit("°", 0)
WMO = Unit("wmo code", 0)
WATT = Unit("W/m²", 1)
MEGAJOULE = Unit("MJ/m²", 2)
JOULE = Unit("J/kg", 1)
KG_PER_AREA = Unit("kg/m²", 2)
SOIL = Unit("m³/m³", 3)
SECONDS = Unit("s", 2)
HOURS = Unit("h", 1)
PLAIN = Unit("", 2)
FLAG = Unit("", 0)
FRACTION = Unit("fraction", 3)
SPEED = Unit("m/s", 2)
MICROGRAMS = Unit("μg/m³", 1)
GRAINS = Unit("grains/m³", 1)
PPM = Unit("ppm", 0)
EAQI = Unit("EAQI", 0)
USAQI = Unit("USAQI", 0)
TIME = Unit("iso8601", 0)
UNDEFINED = Unit("undefined", 0)

CONVERSIONS: dict[tuple[Unit, str], tuple[Unit, Callable[[float], float]]] = {
    (CELSIUS, "fahrenheit"): (Unit("°F", 1), lambda value: value * 9 / 5 + 32),
    (KMH, "ms"): (SPEED, lambda value: value / 3.6),
    (KMH, "mph"): (Unit("mp/h", 1), lambda value: value / 3.6 * 2.237),
    (KMH, "kn"): (Unit("kn", 1), lambda value: value / 3.6 * 1.94384),
    (MM, "inch"): (Unit("inch", 3), lambda value: value / 25.4),
    (CM, "inch"): (Unit("inch", 3), lambda value: value / 2.54),
    (METRE, "inch"): (Unit("ft", 3), lambda value: value * 3.28084),
}
