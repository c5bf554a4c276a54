"""What another provider expects of a day, as text."""

from __future__ import annotations

from weather.core.models import Disagreement
from weather.i18n.languages import Language
from weather.views.precipitation_spell import is_wet
from weather.views.units import UnitSystem


def otherwise_text(item: Disagreement, language: Language, units: UnitSystem) -> str:
    """ "Another forecast: 9 °C, 4.2 mm" """
    return f"{language.translate('Another forecast')}: {otherwise_values(item, language, units)}"


def otherwise_values(item: Disagreement, language: Language, units: UnitSystem) -> str:
    """ "9 °C, 4.2 mm", "9 °C, dry": the maximum temperature and the precipitation, as far as they
    are known."""
    high = units.temperature.text(item.temperature_max, "")
    amount = units.precipitation.text(item.precipitation, "")
    if item.precipitation is not None and not is_wet(item.precipitation, units):
        amount = language.translate("dry")
    return ", ".join(filter(None, (high, amount)))
