"""The view models: immutable values for the templates, one class for each page."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from weather.core.dataclass import dataclass
from weather.core.models import Astronomy, ClimateFallback, Conditions, Day, Place, Report
from weather.core.moon import Moon, moon_at
from weather.i18n.languages import Language
from weather.views.html.clock import Clock
from weather.views.html.day_hours import HourCells
from weather.views.html.day_rows import DayRow
from weather.views.html.daylight import Daylight
from weather.views.html.facts import Facts
from weather.views.html.formatter import Formatter
from weather.views.html.frame import Frame
from weather.views.html.page_shapes.meteogram import Meteogram
from weather.views.html.span_chart import SpanChart
from weather.views.saved import SavedPreferences
from weather.views.scale import Scale
from weather.views.units import UnitSystem

LINK = "\x1f"
"""In sections, which are the same for all visitors: replaced by the URL of each one's page."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class UnitsChoice:
    key: str
    name: str
    selected: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class QuantityChoice:
    """The units of a quantity that can be chosen."""

    name: str
    units: tuple[UnitsChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Choices:
    """What can be set, and what is."""

    units_choices: tuple[UnitsChoice, ...]
    quantity_choices: tuple[QuantityChoice, ...]
    clock_choice: str  # "12", "24" or empty: by country


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Page:
    """The fields that all pages have."""

    frame: Frame
    root: str  # the path of the start page
    language: Language
    units: UnitSystem
    format: Formatter
    facts: Facts
    saved: SavedPreferences
    favourites: tuple[Link, ...]
    comparison_url: str  # of the favourites
    choices: Markup  # the fields of the settings form
    settings_return: str  # the URL that the settings form redirects to
    sticky: tuple[tuple[str, str], ...]  # options that the search form repeats
    query: str  # the value of the search field

    @property
    def favourite(self) -> str:
        """The query that finds the page's place again; empty if it has none."""
        return ""

    @property
    def has_rare_style(self) -> bool:
        """Whether it has what `rare.css` is for."""
        return bool(self.favourites or self.frame.alerts)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ReportView:
    """A report with its texts."""

    report: Report
    name: str
    favourite: str  # the query that finds the place again
    clock: Clock
    sky: str  # the classes of the sky behind the current conditions
    departure: str  # from the climate normal; may be empty
    outlook: str
    than_yesterday: str = ""
    nowcast: str = ""  # a sentence on the next two hours; empty where there is nothing to say
    minutes: str = ""  # the path of its chart, 120 by 30

    @property
    def current(self) -> Conditions:
        return self.report.current


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SpanLink:
    """A link to the chart of a span of hours."""

    label: str  # "3 d"
    hours: int
    is_current: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DaysSection:
    """The list of days. `has_hours`: a day can be opened to its hours."""

    days: Sequence[DayRow]
    has_hours: bool

    @property
    def link(self) -> str:
        """What stands for the page's URL in links, up to an option that they add."""
        return LINK


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ReportSections:
    """The sections of a report's page that are the same for all visitors with its language and
    units, below the current conditions."""

    view: ReportView
    today: Day | None
    spans: Sequence[SpanLink]
    hours: HourCells  # the next 24
    meteogram: Meteogram | None  # of the next 24 hours
    chart: SpanChart | None  # of a longer span, in place of them
    days: Markup
    daylight: Daylight | None

    @property
    def link(self) -> str:
        """What stands for the page's URL in links, up to an option that they add."""
        return LINK

    @property
    def clock(self) -> Clock:
        return self.view.clock

    @property
    def place(self) -> Place:
        return self.view.report.place

    @property
    def astronomy(self) -> Astronomy | None:
        return self.today.astronomy if self.today else None

    @property
    def moon(self) -> Moon:
        return moon_at(self.view.report.quarter)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ReportPage(Page):
    view: ReportView
    today: Day | None
    scale: Scale  # of all days' temperatures
    icons: Sequence[str]
    sections: Markup
    alternatives: tuple[Link, ...]  # other places of the same name
    json_url: str
    text_url: str
    curl: str
    url: str  # absolute
    preview_url: str  # absolute
    has_chart: bool  # of several days

    @property
    def favourite(self) -> str:
        return self.view.favourite

    @property
    def has_rare_style(self) -> bool:
        return self.has_chart or super(ReportPage, self).has_rare_style  # noqa: UP008  # slots make the class anew

    @property
    def clock(self) -> Clock:
        return self.view.clock


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class FallbackPage(Page):
    """Climate normals instead of a forecast."""

    fallback: ClimateFallback
    reason: str  # why there is no forecast
    name: str
    normals: Sequence[str]
    daylight: Daylight
    clock: Clock

    @property
    def has_rare_style(self) -> bool:
        return True

    @property
    def place(self) -> Place:
        return self.fallback.place

    @property
    def astronomy(self) -> Astronomy:
        return self.fallback.astronomy

    @property
    def moon(self) -> Moon:
        return moon_at(self.fallback.at)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ComparedReport:
    query: str
    remove_url: str  # of the comparison without it
    view: ReportView


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ComparedFallback:
    """Climate normals instead of a forecast."""

    query: str
    remove_url: str
    name: str
    normals: Sequence[str]
    reason: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ComparedError:
    query: str
    remove_url: str
    title: str
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ComparisonPage(Page):
    reports: tuple[ComparedReport, ...]
    fallbacks: tuple[ComparedFallback, ...]
    errors: tuple[ComparedError, ...]
    queries: tuple[str, ...]
    scale: Scale
    icons: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ErrorPage(Page):
    status: int
    title: str
    explanation: str
    location_unknown: bool  # the visitor's location is unknown: the page asks for a place
    can_retry: bool  # whether the request may succeed later

    @property
    def has_rare_style(self) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class EmbedCard:
    """The card that pages of other sites show: of a report, or a text in place of one."""

    frame: Frame
    title: str
    text: str = ""
    view: ReportView | None = None
    url: str = ""  # of the place's page
    scale: Scale | None = None
    icons: Sequence[str] = ()
