"""The report for a terminal: current conditions beside a drawing, then a box for each day.

Scripts cut this layout by line number, so its lines are counted: 2 of header, 5 of current
conditions, 10 for each day, the location, a blank one and the credits. `?0` is 7 lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from weather.core import weather_codes
from weather.core.errors import WeatherError
from weather.core.models import ClimateFallback, Credit, Report
from weather.i18n.languages import Language, get_language
from weather.views import wording
from weather.views.ansi import strip_controls
from weather.views.climate_text import departure, normal_values
from weather.views.credits import fallback_credits, forecast_credits
from weather.views.options import ViewOptions
from weather.views.text import art
from weather.views.text.day_box import Timeline, box, frame
from weather.views.text.rows import Scribe

_DAYS = 3  # unless asked for fewer or more
_NOTICE_COLOR = 208


def render(report: Report, options: ViewOptions) -> str:
    """The report for a terminal, ending with a line break."""
    zone = ZoneInfo(report.timezone)
    scribe = Scribe.of(options)
    timeline = Timeline((*report.earlier, *report.hours), zone)
    around = frame(scribe.language, narrow=options.narrow)
    count = _DAYS if options.days is None else options.days
    lines = [*_header(report, options, scribe.language), *_current(report, scribe)]
    for day in report.days[:count]:
        lines += box(day.date, around, scribe, timeline)
    if count:
        climate = report.climate.credits if report.climate else ()
        credits = (*forecast_credits(report), *climate)
        lines += _footer(report, options, scribe.language, credits)
    return "\n".join(lines) + "\n"


def render_fallback(fallback: ClimateFallback, options: ViewOptions) -> str:
    """The lines of the current conditions, with climate normals and a notice in their place."""
    scribe = Scribe.of(options)
    translate = scribe.language.translate
    rows = [
        scribe.paint(translate("NO FORECAST: what is usual here"), _NOTICE_COLOR),
        *normal_values(fallback, scribe.language, scribe.units),
        translate("SAMPLE DATA, not a real forecast") if fallback.sample else "",
    ]
    drawing = art.drawing(weather_codes.Symbol.UNKNOWN, night=False, color=options.color)
    lines = _header(fallback, options, scribe.language)
    lines += [f"  {ink} {text}".rstrip() for ink, text in zip(drawing, rows, strict=True)]
    if options.days != 0:
        lines += ["", strip_controls(fallback.reason)]
        lines += _footer(fallback, options, scribe.language, fallback_credits(fallback))
    return "\n".join(lines) + "\n"


def render_error(error: WeatherError, options: ViewOptions) -> str:
    """One line: the problem's title and the message; scripts look for "Unknown location"."""
    language = get_language(options.language)
    title = language.translate(error.title)
    mark = "" if error.title.endswith("?") else ":"
    return f"{title}{mark} {strip_controls(wording.explanation(language, error))}\n"


def _header(
    report: Report | ClimateFallback, options: ViewOptions, language: Language
) -> list[str]:
    if not options.city:
        return []
    name = strip_controls(report.place.name or "") or str(report.place.coordinates)
    caption = language.translate("Weather report: {place}", place=name)
    return [caption if options.caption else name, ""]


def _current(report: Report, scribe: Scribe) -> list[str]:
    """Five rows. Notices stand beside the temperature, as no option leaves that out."""
    rows = scribe.rows(report.current)
    if warnings := _warnings(report, scribe.language):
        rows[3] += "  " + scribe.paint(warnings, _NOTICE_COLOR)
    if notice := _notice(report, scribe.language):
        rows[1] += "  " + scribe.paint(notice, _NOTICE_COLOR)
    if report.climate and (words := departure(report.climate, scribe.language, scribe.units)):
        rows[0] += f", {words}"
    drawing = scribe.drawing(report.current)
    return [f"  {ink} {text}" for ink, text in zip(drawing, rows, strict=True)]


def _notice(report: Report, language: Language) -> str:
    notices = []
    if report.provenance.sample:
        notices.append(language.translate("SAMPLE DATA, not a real forecast"))
    if report.provenance.stale:
        notices.append(
            language.translate("stale: {age} old", age=wording.age(language, report.age))
        )
    return "; ".join(notices)


def _warnings(report: Report, language: Language) -> str:
    events = dict.fromkeys(
        strip_controls(alert.text(language.tag).event) for alert in report.alerts
    )
    return f"{language.translate('Warnings')}: {', '.join(events)}" if events else ""


def _footer(
    report: Report | ClimateFallback,
    options: ViewOptions,
    language: Language,
    credits: Iterable[Credit],
) -> list[str]:
    lines = []
    if options.caption and options.city:
        place = (
            f"{strip_controls(wording.place(language, report.place))} [{report.place.coordinates}]"
        )
        lines.append(language.translate("Location: {place}", place=place))
    if options.footer:
        lines += ["", _credits(credits)]
    return lines


def _credits(credits: Iterable[Credit]) -> str:
    """The credits by licence, each licence once."""
    texts: dict[str, list[str]] = {}
    for credit in credits:
        texts.setdefault(credit.licence, []).append(credit.text)
    return "; ".join(f"{', '.join(by)} ({licence})" for licence, by in texts.items())
