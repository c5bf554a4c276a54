"""The fields that all pages have in common."""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict

from weather.core.measurement_systems import Units
from weather.i18n.languages import Language, get_language
from weather.views.html import links
from weather.views.html.facts import Facts
from weather.views.html.formatter import Formatter
from weather.views.html.frame import Frame
from weather.views.html.models import Link, UnitsChoice
from weather.views.options import ViewOptions
from weather.views.page_address import PageAddress
from weather.views.saved import SavedPreferences
from weather.views.units import UnitSystem, local_units

_UNITS: dict[str, tuple[Units, bool]] = {  # the choice: its units, and whether wind is in m/s
    "metric": (Units.METRIC, False),
    "ms": (Units.METRIC, True),
    "imperial": (Units.IMPERIAL, False),
    "uk": (Units.UK, False),
    "fahrenheit": (Units.FAHRENHEIT, False),
}


class PageFields(TypedDict):
    """The fields of `models.Page`."""

    frame: Frame
    root: str
    language: Language
    units: UnitSystem
    format: Formatter
    facts: Facts
    saved: SavedPreferences
    favourites: tuple[Link, ...]
    comparison_url: str
    units_choices: tuple[UnitsChoice, ...]
    settings_return: str
    sticky: tuple[tuple[str, str], ...]
    query: str


def page_fields(
    options: ViewOptions, frame: Frame, *, address: PageAddress | None = None, query: str = ""
) -> PageFields:
    """The common fields; `address` is the page's own by default."""
    address = address or options.address
    language, units, saved = get_language(options.language), local_units(options), options.saved
    sticky, formatter = address.sticky_options, Formatter(language, units)
    return PageFields(
        frame=frame,
        root=f"{address.prefix}/",
        language=language,
        units=units,
        format=formatter,
        facts=Facts(formatter),
        saved=saved,
        favourites=tuple(
            Link(place, address.prefix + links.search_url(place, sticky)) for place in saved.places
        ),
        comparison_url=address.prefix + links.comparison_url(saved.places, sticky),
        units_choices=_units_choices(options),
        settings_return=address.without_options({"units", "lang"}),
        sticky=sticky,
        query=query,
    )


def _units_choices(options: ViewOptions) -> tuple[UnitsChoice, ...]:
    units = options.units or Units.METRIC
    selected = "ms" if units is Units.METRIC and options.wind_in_ms else str(units)
    return tuple(UnitsChoice(key, _units_name(options, key), key == selected) for key in _UNITS)


def _units_name(options: ViewOptions, key: str) -> str:
    """ "°C, km/h" """
    system, wind_in_ms = _UNITS[key]
    units = local_units(replace(options, units=system, wind_in_ms=wind_in_ms, unit_words=()))
    return f"{units.temperature.direction_mark}{units.temperature.symbol}, {units.speed.symbol}"
