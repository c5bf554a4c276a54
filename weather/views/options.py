"""The options of a view: units, language, and the layout options of each representation."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date, datetime

from weather.core.dataclass import dataclass
from weather.core.measurement_systems import Units, has_twelve_hours, local_units_of
from weather.views.page_address import PageAddress
from weather.views.question import Question
from weather.views.saved import SavedPreferences
from weather.views.symbols import Glyphs

_START_PAGE = PageAddress()
_MIDDLE_GREY = 382  # the sum of its red, green and blue
_NO_PREFERENCES = SavedPreferences()


@dataclass(frozen=True, slots=True)
class PictureOptions:
    """How a view looks as a picture. Sides are in pixels; None: whatever it takes."""

    opacity: int = 255  # of the background: 0 is transparent
    background: tuple[int, int, int] | None = None  # RGB; None: that of the theme
    width: int | None = None
    height: int | None = None


_PLAIN_PICTURE = PictureOptions()


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """The options of all views; each view reads those that apply to it.

    `units` is None if the request does not set it: the visitor's country then decides.
    """

    units: Units | None = None
    wind_in_ms: bool = False
    pressure_in_mmhg: bool = False
    unit_words: tuple[str, ...] = ()  # units of single quantities, before those of the system
    twelve_hours: bool = False  # the clock
    # Whether the request sets the clock; whether the units are by country. Out of the repr, of
    # which validators are made: the URL and the cookie of a page, which alone shows them, say so.
    clock_is_set: bool = field(default=False, repr=False)
    units_by_country: bool = field(default=False, repr=False)
    language: str = "en"  # BCP 47; its first two letters are the language of place names
    language_code: str = ""  # as written in the request, for the field names of `format=j1`
    query: str = ""  # the place as written in the request
    days: int | None = None  # days of forecast; None: the view's default
    hours: int = 48  # hours of forecast in JSON, and of a page's chart if more than two days
    day: date | None = None  # pages: the day whose hours are open
    fields: tuple[str, ...] = ()  # JSON: sections and their fields; empty: all
    narrow: bool = False  # text: noon and night only, 63 columns
    width: int | None = None  # text: columns; None: those of wttr.in's layout
    color: bool = True  # text: ANSI colour codes
    caption: bool = True  # text: the first line and the location line
    city: bool = True  # text: the location's name, in any line
    footer: bool = True  # text: the attribution line
    template: str = ""  # one line: its %-format
    question: Question | None = None  # of an answer
    # The time of the request, for a line that shows it: such a response has no validator.
    now: datetime | None = field(default=None, repr=False)
    plain_glyphs: bool = False  # texts: without arrows and signs that consoles lack
    glyphs: Glyphs = Glyphs.EMOJI  # one line and chart
    padding: bool = False  # text and pictures: a margin
    light: bool = False  # texts and pictures: dark text on a light background
    picture: PictureOptions = _PLAIN_PICTURE
    root: str = field(default="", repr=False)  # of problems: the path that the service is below
    # Of a page, which alone shows them; out of the repr, of which validators are made.
    address: PageAddress = field(default=_START_PAGE, repr=False)
    saved: SavedPreferences = field(default=_NO_PREFERENCES, repr=False)

    @property
    def is_light(self) -> bool:
        """Whether the background is light, by itself or by its colour."""
        background = self.picture.background
        return self.light or (background is not None and sum(background) > _MIDDLE_GREY)

    @property
    def signs(self) -> Glyphs:
        """The glyphs of signs: consoles have neither emoji nor icons."""
        return Glyphs.PLAIN if self.plain_glyphs else self.glyphs

    def for_country(self, country_code: str | None) -> ViewOptions:
        """The options with units set: if unset, those of the country."""
        if self.units is not None:
            return self
        local = local_units_of(country_code)
        return replace(
            self,
            units=local.units,
            wind_in_ms=self.wind_in_ms or local.wind_in_ms,
            pressure_in_mmhg=local.pressure_in_mmhg,
            units_by_country=True,
        )

    def in_any_units(self) -> ViewOptions:
        """The same for all countries: what is rendered differs in some numbers and signs."""
        return replace(
            self, units=None, wind_in_ms=False, pressure_in_mmhg=False, twelve_hours=False
        )

    def with_local_clock(self, country_code: str | None) -> ViewOptions:
        """The options with the clock set: if unset, that of the language and the country, or of
        the units that the request sets."""
        if self.clock_is_set:
            return self
        units = None if self.units_by_country else self.units
        return replace(self, twelve_hours=has_twelve_hours(self.language, country_code, units))
