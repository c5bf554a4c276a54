"""The report for a terminal: current conditions beside a drawing, then a table for each day.

Scripts select lines of this layout by number, so their count is fixed: 2 lines of header, 5 of
current conditions, 10 for each day, the location, the other places of its name (or an empty line)
and the credits. `?0` is 7 lines.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from weather.core import weather_codes
from weather.core.errors import WeatherError
from weather.core.models import Alert, ClimateFallback, Days, Report
from weather.i18n.languages import Language, get_language
from weather.views import error_text, wording
from weather.views.ansi import plain, strip_controls, width
from weather.views.climate_text import departure, normal_values
from weather.views.clock import time_text
from weather.views.credits import fallback_credits, forecast_credits
from weather.views.options import ViewOptions
from weather.views.text import art
from weather.views.text.day_box import day_box, day_frame
from weather.views.text.direction import aligned, beside, illustrated
from weather.views.text.finish import finish
from weather.views.text.fit import shortened, wrapped
from weather.views.text.footer import footer, named
from weather.views.text.layout import columns_of, parts_of_day
from weather.views.text.rows import ConditionsText
from weather.views.text.timeline import Timeline
from weather.views.warning_period import is_announced, warning_period

_DEFAULT_DAYS = 3
NOTICE_COLOR = 208
_NOTICE_ROWS = (1, 2, 4)  # of the current conditions
_ROWS_START = 2 + art.COLUMNS + 1  # columns before them


def render(report: Report, options: ViewOptions) -> str:
    """The report for a terminal, ending with a line break."""
    text = ConditionsText.of(options)
    timeline = Timeline(report.earlier, report.hours, ZoneInfo(report.timezone))
    frame = day_frame(text.language, parts_of_day(options))
    count = _DEFAULT_DAYS if options.days is None else options.days
    lines = header(report, options, text.language, _time(report, options))
    current, left = _current(report, options, text)
    if left and lines:
        # The empty line, as scripts count lines.
        lines[-1] = shortened(text.colorize("; ".join(left), NOTICE_COLOR), columns_of(options))
    lines += current
    for date in Days.of(report.days[:count]).column("date"):
        lines += day_box(date, frame, text, timeline)
    if count:
        climate_credits = report.climate.credits if report.climate else ()
        credits = (*forecast_credits(report), *climate_credits)
        lines += footer(report, options, text.language, credits)
    return finish("\n".join(aligned(lines, text.language)) + "\n", options)


def render_fallback(fallback: ClimateFallback, options: ViewOptions) -> str:
    """A notice and the climate normals in the lines of the current conditions."""
    text = ConditionsText.of(options)
    translate = text.language.translate
    rows = [
        text.colorize(translate("NO FORECAST: what is usual here"), NOTICE_COLOR),
        *normal_values(fallback, text.language, text.units),
        "; ".join(
            filter(
                None,
                (
                    warnings(fallback, options),
                    *_origin(fallback, text.language, sample=fallback.sample),
                ),
            )
        ),
    ]
    drawing = art.drawing(weather_codes.Symbol.UNKNOWN, night=False, color=options.color)
    lines = header(fallback, options, text.language)
    columns = columns_of(options)
    lines += [
        illustrated(art_row, row, columns, text.language).rstrip()
        for art_row, row in zip(drawing, rows, strict=True)
    ]
    if options.days != 0:
        lines += [
            "",
            shortened(strip_controls(error_text.reason(text.language, fallback)), columns),
        ]
        lines += footer(fallback, options, text.language, fallback_credits(fallback))
    return finish("\n".join(aligned(lines, text.language)) + "\n", options)


def render_error(error: WeatherError, options: ViewOptions) -> str:
    """One line: the error's title and message. Scripts search for "Unknown location"."""
    language = get_language(options.language)
    title = error_text.title(language, error)
    colon = "" if error.title.endswith("?") else ":"
    return f"{title}{colon} {strip_controls(error_text.explanation(language, error))}\n"


def header(
    report: Report | ClimateFallback, options: ViewOptions, language: Language, time: str = ""
) -> list[str]:
    """The caption, which ends with the time of the current conditions, and an empty line."""
    if not options.city:
        return []
    name = strip_controls(report.place.name or "") or str(report.place.coordinates)

    def write(name: str) -> str:
        name += f", {time}" if time else ""
        return (
            language.translate("Weather report: {place}", place=name) if options.caption else name
        )

    return [named(write, name, columns_of(options)), ""]


def _time(report: Report, options: ViewOptions) -> str:
    """ "07:45": the local time of the current conditions."""
    local = report.current.valid_at.astimezone(ZoneInfo(report.timezone))
    return time_text(local, twelve_hours=options.twelve_hours)


def _current(
    report: Report, options: ViewOptions, text: ConditionsText
) -> tuple[list[str], list[str]]:
    """Five lines, and the notices that have no room. Notices are beside the temperature, which no
    option removes; the time is beside the condition where there is no caption. A layout of another
    width has more lines instead."""
    rows, columns = text.rows(report.current), columns_of(options)
    room, below = columns - _ROWS_START, list[str]()
    if not options.city:
        rows[0] += f", {_time(report, options)}"
    comparison = departure(report.climate, text.language, text.units) if report.climate else ""
    warned = warnings(report, options)
    for row, separator, words, color in (
        (0, ", ", comparison, plain),
        (3, "  ", warned, text.colorize),
    ):
        if not words:
            continue
        if options.width and width(rows[row] + separator + words) > room:
            below += [color(line, NOTICE_COLOR) for line in wrapped(words, columns)]
        elif separator == ", ":  # a part of the sentence
            rows[row] += separator + color(words, NOTICE_COLOR)
        else:
            rows[row] = beside(rows[row], color(words, NOTICE_COLOR), separator, text.language)
    left = _place_notices(rows, _notices(report, text.language), room, text)
    if options.width:
        below += [text.colorize(line, NOTICE_COLOR) for n in left for line in wrapped(n, columns)]
        left = []
    elif left and not options.city:
        notice = text.colorize("; ".join(left), NOTICE_COLOR)
        rows[-1] = beside(rows[-1], notice, "  ", text.language)
    lines = [
        illustrated(art_row, row, columns, text.language)
        for art_row, row in zip(text.drawing(report.current), rows, strict=True)
    ]
    return [*lines, *below], left


def _place_notices(
    rows: list[str], notices: list[str], room: int, text: ConditionsText
) -> list[str]:
    """Adds each notice to the first row that has room for it: beside the temperature, the wind or
    the precipitation. Returns those that have none."""
    left: list[str] = []
    joined: dict[int, str] = dict.fromkeys(_NOTICE_ROWS, "")
    for notice in notices:
        for row in _NOTICE_ROWS:
            words = _joined(joined[row], notice)
            if width(rows[row]) + 2 + width(words) <= room:
                joined[row] = words
                break
        else:
            left.append(notice)
    for row, words in joined.items():
        if words:
            rows[row] = beside(rows[row], text.colorize(words, NOTICE_COLOR), "  ", text.language)
    return left


def _joined(notices: str, notice: str) -> str:
    return f"{notices}; {notice}" if notices else notice


def _origin(report: Report | ClimateFallback, language: Language, *, sample: bool) -> list[str]:
    """What makes the data or the place doubtful."""
    notices = []
    if sample:
        notices.append(language.translate("SAMPLE DATA, not a real forecast"))
    if report.located.offline:
        notices.append(language.translate("place found offline"))
    return notices


def notices(report: Report | ClimateFallback, language: Language) -> str:
    """What makes the report doubtful; empty if nothing does."""
    if isinstance(report, ClimateFallback):
        return "; ".join(_origin(report, language, sample=report.sample))
    return "; ".join(_notices(report, language))


def _notices(report: Report, language: Language) -> list[str]:
    texts = _origin(report, language, sample=report.provenance.sample)
    if report.age_if_old is not None:
        age = wording.age(language, report.age_if_old)
        texts.append(language.translate("stale: {age} old", age=age))
    return texts


def warnings(report: Report | ClimateFallback, options: ViewOptions) -> str:
    """ "Warnings: Frost, Gale (from 22:00)"; empty without warnings."""
    events = dict.fromkeys(_warning(alert, report, options) for alert in report.alerts)
    label = get_language(options.language).translate("Warnings")
    return f"{label}: {', '.join(events)}" if events else ""


def _warning(alert: Alert, report: Report | ClimateFallback, options: ViewOptions) -> str:
    """ "Frost"; "Frost (from 22:00 until Sat 16 May 06:00)" before it is in force."""
    language, zone = get_language(options.language), ZoneInfo(report.timezone)
    event = strip_controls(alert.text(language.tag).event)
    if not is_announced(alert, report.at):
        return event
    twelve_hours = options.twelve_hours
    period = warning_period(alert, report.at, zone, language, twelve_hours=twelve_hours)
    return f"{event} ({period})"
