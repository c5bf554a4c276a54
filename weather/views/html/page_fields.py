"""The fields that all pages have in common."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TypedDict

from markupsafe import Markup

from weather.core.measurement_systems import QUANTITIES, Units
from weather.i18n.languages import Language
from weather.views.html import links
from weather.views.html.environment import CHOICES, render_part
from weather.views.html.facts import Facts
from weather.views.html.formatter import Formatter, formatter
from weather.views.html.frame import Frame
from weather.views.html.models import Choices, Link, QuantityChoice, UnitsChoice
from weather.views.options import ViewOptions
from weather.views.page_address import SETTINGS, PageAddress
from weather.views.saved import SavedPreferences
from weather.views.units import Unit, UnitSystem, local_units

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
    choices: Markup
    settings_return: str
    sticky: tuple[tuple[str, str], ...]
    query: str


def page_fields(
    options: ViewOptions, frame: Frame, *, address: PageAddress | None = None, query: str = ""
) -> PageFields:
    """The common fields; `address` is the page's own by default."""
    address = address or options.address
    sticky, format, saved = address.sticky_options, formatter(options), options.saved
    language = format.language
    return PageFields(
        frame=frame,
        root=f"{address.prefix}/",
        language=language,
        units=format.units,
        format=format,
        facts=Facts(format),
        saved=saved,
        favourites=tuple(
            Link(place, address.prefix + links.search_url(place, sticky)) for place in saved.places
        ),
        comparison_url=address.prefix + links.comparison_url(saved.places, sticky),
        choices=_choices(options),
        settings_return=address.without_options(SETTINGS),
        sticky=sticky,
        query=query,
    )


def _choices(options: ViewOptions) -> Markup:
    """The fields of the settings form."""
    return _rendered_choices(
        ViewOptions(
            units=options.units,
            wind_in_ms=options.wind_in_ms,
            units_by_country=options.units_by_country,
            unit_words=options.unit_words,
            clock_is_set=options.clock_is_set,
            twelve_hours=options.twelve_hours,
            language=options.language,
        )
    )


@lru_cache(maxsize=64)
def _rendered_choices(options: ViewOptions) -> Markup:
    format = formatter(options)
    choices = Choices(
        units_choices=_units_choices(options),
        quantity_choices=_quantity_choices(_words(options), format.language),
        clock_choice=_clock_choice(options),
    )
    return render_part(CHOICES, choices, Facts(format))


def _clock_choice(options: ViewOptions) -> str:
    """The clock that the visitor has set; empty for that of the country."""
    if not options.clock_is_set:
        return ""
    return "12" if options.twelve_hours else "24"


def _words(options: ViewOptions) -> tuple[str, ...]:
    """The units of quantities that the visitor has chosen. Metric units with m/s are a choice of
    their own."""
    if options.wind_in_ms and not options.units_by_country and options.units is not Units.METRIC:
        return (*options.unit_words, "ms")
    return options.unit_words


def _quantity_choices(words: tuple[str, ...], language: Language) -> tuple[QuantityChoice, ...]:
    """The units of each quantity, of which the system has another one than is wanted."""
    translate = language.translate
    names = {
        "speed": translate("Wind"),
        "pressure": translate("Pressure"),
        "precipitation": translate("Precipitation"),
        "distance": translate("Visibility"),
    }
    return tuple(
        QuantityChoice(
            name,
            tuple(
                UnitsChoice(word, _symbol(word, quantity, language), word in words)
                for word, its_quantity in QUANTITIES.items()
                if its_quantity == quantity
            ),
        )
        for quantity, name in names.items()
    )


def _symbol(word: str, quantity: str, language: Language) -> str:
    options = ViewOptions(unit_words=(word,), language=language.tag)
    unit: Unit = getattr(local_units(options), quantity)
    return unit.symbol


def _units_choices(options: ViewOptions) -> tuple[UnitsChoice, ...]:
    """The systems, none of which is selected where the country decides."""
    units = None if options.units_by_country else options.units or Units.METRIC
    selected = "ms" if units is Units.METRIC and options.wind_in_ms else str(units)
    return tuple(UnitsChoice(key, _units_name(options, key), key == selected) for key in _UNITS)


def _units_name(options: ViewOptions, key: str) -> str:
    """ "°C, km/h" """
    system, wind_in_ms = _UNITS[key]
    units = local_units(replace(options, units=system, wind_in_ms=wind_in_ms, unit_words=()))
    return f"{units.temperature.direction_mark}{units.temperature.symbol}, {units.speed.symbol}"
