"""The view: a frame with the charts of three days, then today's conditions, sun and place.

┌──────────┐
│ dates    │
│ curve    │  temperature, with the extremes of each day
│ hours    │
│ rain     │
│ signs    │  every three hours, then the wind's direction and speed
│ daylight │  with the moon of each day
└──────────┘
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from weather.core.models import Report
from weather.i18n.languages import get_language
from weather.views import symbols
from weather.views.ansi import width
from weather.views.options import ViewOptions
from weather.views.symbols import Glyphs
from weather.views.text.direction import isolated
from weather.views.text.finish import finish
from weather.views.text.report import header
from weather.views.text.rows import ConditionsText
from weather.views.v2 import bars, details, sky
from weather.views.v2.canvas import Row
from weather.views.v2.curve import curve
from weather.views.v2.hours import COLUMNS, DAYS, HOURS_OF_DAY, ChartHours
from weather.views.v2.signs import Signs
from weather.views.v2.wind import wind_rows

_SLOT = 3  # columns and hours
_GREY = 245
_NOW_COLOR = 208


def render(report: Report, options: ViewOptions) -> str:
    """The charts with the glyphs of the options, ending with a line break."""
    return _render(report, options, Signs(options.signs))


def render_day(report: Report, options: ViewOptions) -> str:
    """The charts with the day's icons of Nerd Fonts."""
    return _render(report, options, Signs(Glyphs.NERD, night=False))


def render_night(report: Report, options: ViewOptions) -> str:
    """The charts with the night's icons of Nerd Fonts."""
    return _render(report, options, Signs(Glyphs.NERD, night=True))


def _render(report: Report, options: ViewOptions, signs: Signs) -> str:
    text = ConditionsText.of(options)
    chart = ChartHours.of(report)
    lines = header(report, options, text.language)
    lines.append("┌" + "─" * COLUMNS + "┐")
    lines += ["│" + _padded(line) + "│" for line in _chart(report, chart, text, options, signs)]
    lines.append("└" + "─" * COLUMNS + "┘")
    lines += details.lines(report, options, text, signs.of(report.current))
    return finish("\n".join(lines) + "\n", options)


def _chart(
    report: Report, chart: ChartHours, text: ConditionsText, options: ViewOptions, signs: Signs
) -> Iterator[str]:
    language = get_language(options.language)
    dates = (isolated(language.date(day), language) for day in chart.dates)
    yield "".join(_centred(date, HOURS_OF_DAY) for date in dates)
    yield ""
    by_day = chart.by_day("temperature")
    yield from curve(by_day, COLUMNS, _degrees(text), text.colorize, chart.passed)
    yield _ticks(report).text(text.colorize)
    yield text.colorize("0     6     12    18    " * DAYS, _GREY)
    yield bars.rain(chart.values("precipitation"), COLUMNS).fade(chart.passed).text(text.colorize)
    yield ""
    yield _signs(chart, signs).text(text.colorize)
    for row in wind_rows(chart, text.units, _SLOT):
        yield row.fade(chart.passed).text(text.colorize)
    yield sky.daylight_row(report, chart, signs.glyphs).text(text.colorize)


def _ticks(report: Report) -> Row:
    """A tick every six hours, and a mark at the present one."""
    row = Row(COLUMNS)
    for column in range(0, COLUMNS, HOURS_OF_DAY // 4):
        row.put(column, "╵", _GREY)
    row.put(report.at.astimezone(ZoneInfo(report.timezone)).hour, "▲", _NOW_COLOR)
    return row


def _signs(chart: ChartHours, signs: Signs) -> Row:
    row = Row(COLUMNS)
    for column in range(0, len(chart.hours), _SLOT):
        # The middle of the slot stands for it.
        hour = chart.hours[column + 1]
        if hour:
            sign = signs.of(hour)
            row.put_cell(column, sign, symbols.columns(sign, signs.glyphs))
    return row


def _degrees(text: ConditionsText) -> Callable[[float], str]:
    unit = text.units.temperature
    return lambda celsius: f"{unit.convert(celsius):+.0f}"


def _centred(text: str, columns: int) -> str:
    missing = max(columns - width(text), 0)
    return " " * (missing // 2) + text + " " * (missing - missing // 2)


def _padded(line: str) -> str:
    return line + " " * (COLUMNS - width(line))
