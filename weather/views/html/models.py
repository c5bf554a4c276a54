"""What the templates show: frozen view models, one for each page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from weather.core.models import Astronomy, ClimateFallback, Conditions, Credit, Day, Place, Report
from weather.i18n.languages import Language
from weather.views.html.charts import Chart, Daylight
from weather.views.html.clock import Clock
from weather.views.html.facts import Facts
from weather.views.saved import SavedPreferences
from weather.views.scale import Scale
from weather.views.units import UnitSystem


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class StaleNotice:
    age: str
    provider: str
    place: str = ""  # where the page shows several


@dataclass(frozen=True, slots=True)
class AlertNotice:
    """An official warning, in the best of its languages."""

    event: str
    language: str  # ISO 639-1, of the texts
    severity: int  # 0 unknown, 1 minor to 4 extreme
    severity_name: str
    until: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What no page can leave out; base.html shows it around every page's own content."""

    sample: bool = False
    stale: tuple[StaleNotice, ...] = ()
    alerts: tuple[AlertNotice, ...] = ()
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitsChoice:
    key: str
    name: str
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What all pages have in common."""

    frame: Frame
    language: Language
    units: UnitSystem
    facts: Facts
    saved: SavedPreferences
    favourites: tuple[Link, ...]
    side_by_side: str  # URL of the favourites' comparison
    choices: tuple[UnitsChoice, ...]
    back: str  # where the settings' form leads back to
    sticky: tuple[tuple[str, str], ...]  # options that the search form passes on
    query: str  # in the search box


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report and the texts about its moment."""

    report: Report
    name: str
    favourite: str  # the search that finds the place again
    clock: Clock
    departure: str  # from the climate normal; empty if it says nothing
    outlook: str

    @property
    def now(self) -> Conditions:
        return self.report.current


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(Page):
    view: ReportView
    today: Day | None
    hours: Sequence[Conditions]  # the next 24
    chart: Chart
    scale: Scale  # of all days' temperatures
    every_third_hour: Mapping[date, Sequence[Conditions]]
    daylight: Daylight | None
    icons: Sequence[str]
    others: tuple[Link, ...]  # namesakes
    json_url: str
    text_url: str
    curl: str  # the command for a terminal
    url: str  # absolute
    preview: str  # absolute URL of the picture

    @property
    def clock(self) -> Clock:
        return self.view.clock

    @property
    def place(self) -> Place:
        return self.view.report.place

    @property
    def astronomy(self) -> Astronomy | None:
        return self.today.astronomy if self.today else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FallbackPage(Page):
    """Climate normals in place of a forecast."""

    fallback: ClimateFallback
    name: str
    normals: Sequence[str]
    daylight: Daylight
    clock: Clock

    @property
    def place(self) -> Place:
        return self.fallback.place

    @property
    def astronomy(self) -> Astronomy:
        return self.fallback.astronomy


@dataclass(frozen=True, slots=True)
class ComparedReport:
    query: str
    view: ReportView


@dataclass(frozen=True, slots=True)
class ComparedError:
    query: str
    title: str
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage(Page):
    reports: tuple[ComparedReport, ...]
    errors: tuple[ComparedError, ...]
    queries: tuple[str, ...]
    scale: Scale
    icons: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    status: int
    title: str
    explanation: str
    asks: bool  # for a place, as the visitor's is unknown
    retry: bool  # whether trying again can help
