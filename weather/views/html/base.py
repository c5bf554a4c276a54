"""What all pages have in common."""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict

from weather.i18n.languages import Language, get_language
from weather.views.html import links
from weather.views.html.facts import Facts
from weather.views.html.models import Frame, Link, UnitsChoice
from weather.views.options import Units, ViewOptions
from weather.views.page_address import PageAddress
from weather.views.saved import SavedPreferences
from weather.views.units import UnitSystem, local_units

_UNITS = ("metric", "ms", "imperial")


class Base(TypedDict):
    """The fields of `models.Page`."""

    frame: Frame
    language: Language
    units: UnitSystem
    facts: Facts
    saved: SavedPreferences
    favourites: tuple[Link, ...]
    side_by_side: str
    choices: tuple[UnitsChoice, ...]
    back: str
    sticky: tuple[tuple[str, str], ...]
    query: str


def base(
    options: ViewOptions, frame: Frame, *, address: PageAddress | None = None, query: str = ""
) -> Base:
    """The common fields; `address` is by default the page's own."""
    address = address or options.address
    language, units, saved = get_language(options.language), local_units(options), options.saved
    sticky = address.sticky_options
    return Base(
        frame=frame,
        language=language,
        units=units,
        facts=Facts(language, units),
        saved=saved,
        favourites=tuple(Link(place, links.to_query(place, sticky)) for place in saved.places),
        side_by_side=links.to_comparison(saved.places, sticky),
        choices=_choices(options),
        back=address.without({"units", "lang"}),
        sticky=sticky,
        query=query,
    )


def _choices(options: ViewOptions) -> tuple[UnitsChoice, ...]:
    imperial = options.units is Units.IMPERIAL
    selected = "imperial" if imperial else "ms" if options.wind_in_ms else "metric"
    return tuple(UnitsChoice(key, _units_name(options, key), key == selected) for key in _UNITS)


def _units_name(options: ViewOptions, key: str) -> str:
    """ "°C, km/h" """
    system = Units.IMPERIAL if key == "imperial" else Units.METRIC
    units = local_units(replace(options, units=system, wind_in_ms=key == "ms"))
    return f"{units.temperature.mark}{units.temperature.symbol}, {units.speed.symbol}"
