"""The units of weather, and the clock, by country.

Unicode CLDR 48, `supplementalData.xml`, measurementData, and `units.xml`, unitPreferences of usage
"weather", "wind" and "baromtrc". Rain and visibility are in the units of the weather services
(WMO-No. 8), also where CLDR has centimetres of rain (Brazil) and metres of sight (Germany, the
Netherlands), and so is pressure in millibars, which are hPa.

CLDR lists no territory of the United States but Puerto Rico and Palau; their weather service is
that of the United States (15 U.S.C. 313; weather.gov, Pacific and Caribbean offices), and so are
their units. The clock is `timeData` of the same file.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from weather.core.dataclass import dataclass


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
# Preferred hours "h" or "hB", where English or Hindi is written.
_TWELVE_HOURS = frozenset(
    "AG AS AU BB BM BS BT CA DM FJ FM GD GH GM GU GY IN JM KI KN KY LC LR MH MP MW NA NZ PG PH PK "
    "PR PW SB SG SL SS SZ TC TO TT UM US VC VG VI VU WS ZM".split()
)
_AM_PM_LANGUAGES = frozenset({"en", "hi"})  # that write 12 hours as "2:05 PM"
QUANTITIES = {
    **dict.fromkeys(("c", "f"), "temperature"),
    **dict.fromkeys(("kmh", "ms", "mph", "kn", "bft"), "speed"),
    **dict.fromkeys(("hpa", "mmhg", "inhg"), "pressure"),
    **dict.fromkeys(("mm", "in"), "precipitation"),
    **dict.fromkeys(("km", "mi"), "distance"),
}
"""Word of the option `units` → the quantity whose unit it names."""
AUTOMATIC = "auto"
"""The choice of the country's units."""
_WORDS = {AUTOMATIC, *Units, *QUANTITIES}


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


def has_twelve_hours(language: str, country_code: str | None, units: Units | None) -> bool:
    """Whether the clock has 12 hours, by a BCP 47 tag and the country; units that are chosen stand
    for the country, which such a page does not depend on."""
    if not writes_am_pm(language):
        return False
    return units is Units.IMPERIAL if units else is_country_of_twelve_hours(country_code)


def writes_am_pm(language: str) -> bool:
    """Whether a language, as a BCP 47 tag, writes 12 hours with AM and PM."""
    return language[:2] in _AM_PM_LANGUAGES


def is_country_of_twelve_hours(country_code: str | None) -> bool:
    """Whether clocks of a country have 12 hours, in the languages that write them as AM and PM."""
    return country_code in _TWELVE_HOURS


def combined_units(texts: Iterable[str]) -> str | None:
    """The units that the fields of a form choose, as the option `units` writes them: a system, or
    `auto` for that of the country, and after it a unit of each quantity, of which later ones take
    precedence. Fields with other words are ignored; None if no field is left."""
    chosen: dict[str, str] | None = None
    for text in texts:
        words = [word for word in text.split(",") if word]
        if not set(words) <= _WORDS:
            continue
        for word in words:
            chosen = _with_unit(chosen or {}, word)
    return None if chosen is None else ",".join(filter(None, chosen.values()))


def _with_unit(chosen: dict[str, str], word: str) -> dict[str, str]:
    quantity = QUANTITIES.get(word)
    if quantity is None:
        return {"system": "" if word == AUTOMATIC else word}
    if quantity == "speed" and chosen.get(quantity) == "ms" and "system" not in chosen:
        chosen = {"system": Units.METRIC, **chosen}  # which m/s alone stands for
    return {**chosen, quantity: word}
