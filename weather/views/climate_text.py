"""The comparison with climate normals and with yesterday as text."""

from __future__ import annotations

from weather.core.models import Climate, ClimateFallback, Report
from weather.i18n.languages import Language
from weather.views.units import UnitSystem

_MIN_DEPARTURE = 1.0  # °C; a smaller departure is called normal


def departure(climate: Climate, language: Language, units: UnitSystem) -> str:
    """ "4° warmer than usual"; empty if the departure is unknown or not significant."""
    if climate.departure is None:
        return ""
    if abs(climate.departure) < _MIN_DEPARTURE:
        return language.translate("as warm as usual")
    if not climate.is_significant:
        return ""
    degrees = f"{units.temperature.convert_difference(abs(climate.departure)):.0f}°"
    if climate.departure > 0:
        return language.translate("{degrees} warmer than usual", degrees=degrees)
    return language.translate("{degrees} colder than usual", degrees=degrees)


def than_yesterday(report: Report, language: Language, units: UnitSystem) -> str:
    """ "3° warmer than yesterday": of the days' mean temperatures; empty if one is unknown."""
    difference = report.warmer_than_yesterday
    if difference is None:
        return ""
    if abs(difference) < _MIN_DEPARTURE:
        return language.translate("as warm as yesterday")
    degrees = f"{units.temperature.convert_difference(abs(difference)):.0f}°"
    if difference > 0:
        return language.translate("{degrees} warmer than yesterday", degrees=degrees)
    return language.translate("{degrees} colder than yesterday", degrees=degrees)


def normal_values(fallback: ClimateFallback, language: Language, units: UnitSystem) -> list[str]:
    """The day's normals, one text each: temperature, precipitation and reference period."""
    normal = fallback.climate.normal
    temperature = units.temperature.text(normal.temperature)
    return [
        language.translate(
            "about {temperature} on {date}",
            temperature=temperature,
            date=language.date(fallback.date),
        ),
        language.translate("{amount} a day", amount=units.precipitation.text(normal.precipitation)),
        language.translate("mean of {period}", period=normal.period),
    ]
