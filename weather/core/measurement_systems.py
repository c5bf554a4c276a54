"""The units of weather by country.

Unicode CLDR 48, `supplementalData.xml`, measurementData, and `units.xml`, unitPreferences of usage
"weather", "wind" and "baromtrc". Rain and visibility are in the units of the weather services
(WMO-No. 8), also where CLDR has centimetres of rain (Brazil) and metres of sight (Germany, the
Netherlands), and so is pressure in millibars, which are hPa.

CLDR lists no territory of the United States but Puerto Rico and Palau; their weather service is
that of the United States (15 U.S.C. 313; weather.gov, Pacific and Caribbean offices), and so are
their units.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Units(StrEnum):
    """A system of units; the values are those of the option `units`."""

    METRIC = "metric"
    IMPERIAL = "imperial"  # of the United States
    UK = "uk"  # °C, mph and miles; else metric
    FAHRENHEIT = "fahrenheit"  # °F; else metric


_COUNTRIES: dict[Units, str] = {
    # The United States; its territories; the states in free association with it.
    Units.IMPERIAL: "US AS GU MP PR UM VI FM MH PW",
    # measurementSystem UK; and US with metric temperature.
    Units.UK: "GB LR MM",
    Units.FAHRENHEIT: "BS BZ KY",
}
_UNITS = {
    country: units for units, countries in _COUNTRIES.items() for country in countries.split()
}
# Usage "wind", and millimetres of mercury for usage "baromtrc".
_WIND_IN_MS = frozenset("CN DK FI JP KR NO PL RU SE".split())
_PRESSURE_IN_MMHG = frozenset("MX RU".split())


@dataclass(frozen=True, slots=True)
class LocalUnits:
    """A system of units, and what a country has otherwise."""

    units: Units = Units.METRIC
    wind_in_ms: bool = False
    pressure_in_mmhg: bool = False


def units_of(country_code: str | None) -> Units:
    """The units of an ISO 3166-1 alpha-2 code; metric for all others and for None."""
    return _UNITS.get(country_code or "", Units.METRIC)


@lru_cache(maxsize=512)  # every response from memory needs them
def local_units_of(country_code: str | None) -> LocalUnits:
    """The units of an ISO 3166-1 alpha-2 code, with those of wind and pressure."""
    code = country_code or ""
    return LocalUnits(units_of(code), code in _WIND_IN_MS, code in _PRESSURE_IN_MMHG)
