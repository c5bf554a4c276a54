"""The terminal's view: the weather now beside a drawing, then a box for each day.

Scripts cut this layout by line number, so its lines are counted: 2 of header, 5 of current
conditions, 10 for each day, the location, a blank one and the credits. `?0` is 7 lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from weather.core import weather_codes
from weather.core.errors import WeatherError
from weather.core.models import ClimateFallback, Credit, Report
from weather.i18n.languages import ENGLISH, Language
from weather.views import wording
from weather.views.ansi import strip_controls
from weather.views.climate_text import departure, usual_values
from weather.views.credits import forecast_credits, usual_credits
from weather.views.preferences import Preferences
from weather.views.text import art
from weather.views.text.day_box import Timeline, box, frame
from weather.views.text.rows import Scribe

_DAYS = 3  # unless asked for fewer or more
_NOTICE_COLOR = 208


def render(report: Report, preferences: Preferences) -> str:
    """The report for a terminal, ending with a line break."""
    zone = ZoneInfo(report.timezone)
    scribe = Scribe.of(preferences)
    timeline = Timeline((*report.earlier, *report.hours), zone)
    around = frame(scribe.language, narrow=preferences.narrow)
    wanted = _DAYS if preferences.days is None else preferences.days
    lines = [*_header(report, preferences, scribe.language), *_current(report, scribe)]
    for day in report.days[:wanted]:
        lines += box(day.date, around, scribe, timeline)
    if wanted:
        climate = report.climate.credits if report.climate else ()
        credits = (*forecast_credits(report), *climate)
        lines += _footer(report, preferences, scribe.language, credits)
    return "\n".join(lines) + "\n"


def render_usual(usual: ClimateFallback, preferences: Preferences) -> str:
    """Seven lines as of the weather now, with a notice in the place of every measurement."""
    scribe = Scribe.of(preferences)
    translate = scribe.language.translate
    rows = [
        scribe.paint(translate("NO FORECAST: what is usual here"), _NOTICE_COLOR),
        *usual_values(usual, scribe.language, scribe.units),
        translate("SAMPLE DATA, not a real forecast") if usual.sample else "",
    ]
    drawing = art.drawing(weather_codes.Symbol.UNKNOWN, night=False, color=preferences.color)
    lines = _header(usual, preferences, scribe.language)
    lines += [f"  {ink} {text}".rstrip() for ink, text in zip(drawing, rows, strict=True)]
    if preferences.days != 0:
        lines += ["", strip_controls(usual.reason)]
        lines += _footer(usual, preferences, scribe.language, usual_credits(usual))
    return "\n".join(lines) + "\n"


def error(error: WeatherError, language: Language = ENGLISH) -> str:
    """One line: the problem's title and the message; scripts look for "Unknown location"."""
    title = language.translate(error.title)
    mark = "" if error.title.endswith("?") else ":"
    return f"{title}{mark} {strip_controls(wording.explanation(language, error))}\n"


def _header(
    report: Report | ClimateFallback, preferences: Preferences, language: Language
) -> list[str]:
    if not preferences.city:
        return []
    name = strip_controls(report.place.name or "") or str(report.place.coordinates)
    caption = language.translate("Weather report: {place}", place=name)
    return [caption if preferences.caption else name, ""]


def _current(report: Report, scribe: Scribe) -> list[str]:
    """Five rows; what the visitor must know of the data stands by the temperature, as no
    option leaves that out."""
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
    preferences: Preferences,
    language: Language,
    credits: Iterable[Credit],
) -> list[str]:
    lines = []
    if preferences.caption and preferences.city:
        place = (
            f"{strip_controls(wording.place(language, report.place))} [{report.place.coordinates}]"
        )
        lines.append(language.translate("Location: {place}", place=place))
    if preferences.footer:
        lines += ["", _credits(credits)]
    return lines


def _credits(credits: Iterable[Credit]) -> str:
    """Who is to be credited under which licence, each licence once."""
    texts: dict[str, list[str]] = {}
    for credit in credits:
        texts.setdefault(credit.licence, []).append(credit.text)
    return "; ".join(f"{', '.join(by)} ({licence})" for licence, by in texts.items())
