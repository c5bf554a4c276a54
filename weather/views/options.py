"""How a report is to be shown: units, language, and the choices that a request can make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from weather.views.page_address import PageAddress
from weather.views.saved import SavedPreferences

_START_PAGE = PageAddress()
_NOTHING_SAVED = SavedPreferences()


class Units(StrEnum):
    METRIC = "metric"
    IMPERIAL = "imperial"


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """The options of a view; each view reads those that concern it.

    `units` is None where the request does not choose: the visitor's country then decides.
    """

    units: Units | None = None
    wind_in_ms: bool = False
    language: str = "en"  # BCP 47; its first two letters are the language of place names
    query: str = ""  # the place as the request names it
    days: int | None = None  # days of forecast; None: as many as the view likes
    hours: int = 48  # hours of forecast in JSON
    narrow: bool = False  # text: noon and night only, 63 columns
    color: bool = True  # text: ANSI colour codes
    caption: bool = True  # text: the first line and the location line
    city: bool = True  # text: the location's name at all
    footer: bool = True  # text: the line of attribution
    template: str = ""  # one line: its %-format
    address: PageAddress = _START_PAGE  # page: the URL that was requested
    saved: SavedPreferences = _NOTHING_SAVED  # page: the visitor's cookie

    def for_country(self, country_code: str | None) -> ViewOptions:
        """Imperial units for a visitor in the United States, metric elsewhere, unless chosen."""
        if self.units is not None:
            return self
        return replace(self, units=Units.IMPERIAL if country_code == "US" else Units.METRIC)
