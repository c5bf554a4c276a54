"""A comparison for a terminal: a column for each place, as many beside each other as fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from zoneinfo import ZoneInfo

from weather.core.dataclass import dataclass
from weather.core.errors import WeatherError
from weather.core.models import ClimateFallback, Credit, Day, Report
from weather.i18n.languages import Language
from weather.views import error_text, wording
from weather.views.ansi import strip_controls
from weather.views.climate_text import normal_values
from weather.views.clock import time_text
from weather.views.comparison.results import Result, Results
from weather.views.credits import fallback_credits, forecast_credits
from weather.views.options import ViewOptions
from weather.views.text.direction import aligned, cell
from weather.views.text.finish import finish
from weather.views.text.fit import shortened, wrapped
from weather.views.text.footer import credit_lines
from weather.views.text.layout import columns_of
from weather.views.text.report import NOTICE_COLOR, notices, warnings
from weather.views.text.rows import ConditionsText

_NARROWEST, _WIDEST = 19, 30  # columns of a place
_GAP = 2
_DEFAULT_DAYS = 3

Block = list[str]
"""Lines; the blocks of the places in a row begin beside each other."""


def render_text(results: Results, options: ViewOptions) -> str:
    """The table, ending with a line break, in the columns of the layout."""
    columns = columns_of(options)
    most = max((columns + _GAP) // (_NARROWEST + _GAP), 1)
    # Rows of the same length: six places in a row of four and one of two would waste columns.
    rows = max(-(-len(results) // most), 1)
    count = max(-(-len(results) // rows), 1)
    room = min((columns + _GAP) // count - _GAP, _WIDEST)
    writer = _Writer(ConditionsText.of(options), options, room)
    lines: list[str] = []
    for first in range(0, len(results), count):
        lines += [""] if lines else []
        places = [writer.blocks(*item) for item in results[first : first + count]]
        lines += _beside(places, room, writer.text.language)
    credits = dict.fromkeys(credit for _, result in results for credit in _credits(result))
    if options.footer and credits:
        lines += ["", *credit_lines(tuple(credits), columns)]
    return finish("\n".join(aligned(lines, writer.text.language)) + "\n", options)


def _beside(places: Sequence[Sequence[Block]], room: int, language: Language) -> Iterator[str]:
    """The lines of the blocks of each place, beside each other in the order of reading."""
    for blocks in zip_longest(*places, fillvalue=Block()):
        for texts in zip_longest(*blocks, fillvalue=""):
            ordered = reversed(texts) if language.rtl else texts
            cells = (cell(text, room, language) for text in ordered)
            yield (" " * _GAP).join(cells).rstrip(" ") if any(texts) else ""


def _credits(result: Result) -> tuple[Credit, ...]:
    if isinstance(result, WeatherError):
        return ()
    if isinstance(result, ClimateFallback):
        return fallback_credits(result)
    return (*forecast_credits(result), *(alert.credit for alert in result.alerts))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes places in columns of so much `room`."""

    text: ConditionsText
    options: ViewOptions
    room: int

    def blocks(self, query: str, result: Result) -> list[Block]:
        """The name; the time; condition, temperature, wind and precipitation; notices; the days."""
        if isinstance(result, WeatherError):
            return self._error(query, result)
        name = self._wrapped(wording.place(self._language, result.place))
        doubts = [notices(result, self._language), warnings(result, self.options)]
        below = [line for words in doubts for line in self._notice(words)]
        if isinstance(result, ClimateFallback):
            return [name, [], *self._normals(result), below]
        days = list(result.days[: self._days])
        return [name, [self._time(result)], *self._current(result), below, *map(self._day, days)]

    @property
    def _language(self) -> Language:
        return self.text.language

    @property
    def _days(self) -> int:
        return _DEFAULT_DAYS if self.options.days is None else self.options.days

    def _time(self, report: Report) -> str:
        local = report.current.valid_at.astimezone(ZoneInfo(report.timezone))
        return time_text(local, twelve_hours=self.options.twelve_hours)

    def _current(self, report: Report) -> Iterator[Block]:
        condition, temperature, wind, _, precipitation = self.text.rows(report.current)
        yield self._wrapped(condition)
        for row in (temperature, wind, precipitation):
            yield [shortened(row, self.room)]

    def _normals(self, fallback: ClimateFallback) -> Iterator[Block]:
        yield self._notice(self._language.translate("NO FORECAST: what is usual here"))
        for value in normal_values(fallback, self._language, self.text.units):
            yield self._wrapped(value)

    def _day(self, day: Day) -> Block:
        """A line for the date, the condition, the temperatures and the precipitation."""
        units = self.text.units
        low = units.temperature.number(day.temperature_min)
        high = units.temperature.text(day.temperature_max)
        values = wording.span(self._language, low, high)
        return [
            "",
            shortened(self._language.date(day.date), self.room),
            shortened(wording.condition(self._language, day.weather_code), self.room),
            shortened(values, self.room),
            shortened(units.precipitation.text(day.precipitation), self.room),
        ]

    def _error(self, query: str, error: WeatherError) -> list[Block]:
        title = error_text.title(self._language, error)
        explanation = error_text.explanation(self._language, error)
        return [
            self._wrapped(query),
            [],
            self._notice(title),
            [],
            [],
            [],
            self._wrapped(explanation),
        ]

    def _wrapped(self, text: str) -> Block:
        return wrapped(strip_controls(text), self.room)

    def _notice(self, words: str) -> Block:
        lines = self._wrapped(words) if words else []
        return [self.text.colorize(line, NOTICE_COLOR) for line in lines]
