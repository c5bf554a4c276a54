"""The units of weather by country.

Unicode CLDR 48, `supplementalData.xml`, measurementData, and `units.xml`, unitPreferences of usage
"weather" and "wind". CLDR lists no territory of the United States but Puerto Rico and Palau; their
weather service is that of the United States (15 U.S.C. 313; weather.gov, Pacific and Caribbean
offices), and so are their units.
"""

from __future__ import annotations

from enum import StrEnum


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


def units_of(country_code: str | None) -> Units:
    """The units of an ISO 3166-1 alpha-2 code; metric for all others and for None."""
    return _UNITS.get(country_code or "", Units.METRIC)
