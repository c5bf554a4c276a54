"""The one-line representation: wttr.in's presets and %-formats (docs/line.md).

Words are in the visitor's language; numbers and units are the same in all languages, for
programs that parse the line.
"""

from __future__ import annotations

import re

from weather.core.errors import LocationNotFound, PathNotFound, VisitorLocationUnknown, WeatherError
from weather.core.models import Report
from weather.i18n.languages import Language, get_language
from weather.views import error_text, symbols
from weather.views.ansi import strip_controls
from weather.views.oneline import times
from weather.views.oneline.letters import LETTERS, TIMED
from weather.views.oneline.series import SERIES, series
from weather.views.oneline.template import PRESETS
from weather.views.oneline.values import Values
from weather.views.options import ViewOptions
from weather.views.text.finish import console_glyphs
from weather.views.text.report import render_error as render_text_error
from weather.views.units import pressure_unit, unit_system

_MISSING = "–"
_TOKEN = re.compile(
    rf"%(?:\{{{SERIES}\}}|{SERIES}(?![a-z])"
    rf"|([{TIMED}])@({times.TIME})|(?P<letter>[a-zA-Z]))"
)


def render(report: Report, options: ViewOptions) -> str:
    """The line of `options.template`, without a line break unless the template has one."""
    if "%" not in options.template:
        return options.template  # has nothing of the report
    language, stale = get_language(options.language), report.provenance.stale
    values = Values(
        report=report,
        moment=report.hour,
        conditions=report.current,
        day=report.days[0] if report.days else None,
        language=language,
        units=unit_system(options),
        pressure=pressure_unit(options),
        query=options.query,
        now=options.now or report.at,
        twelve_hours=options.twelve_hours,
        glyphs=options.signs,
    )
    notices = []
    if report.provenance.sample:
        notices.append(language.translate("SAMPLE DATA, not a real forecast"))
    notices += _place_notice(report, options, language)
    # Custom formats are read by programs, which get the age from %a and the headers.
    if stale and options.template in PRESETS.values():
        notices.append(language.translate("stale: {age} old", age=values.age))
    template = options.template
    if template in PRESETS.values():
        template = symbols.with_marks(template, options.signs)
    line = _with_notices(_fill(values, template), notices)
    return console_glyphs(line) if options.plain_glyphs else line


def render_error(error: WeatherError, options: ViewOptions) -> str:
    """One line; "Unknown location" is not translated, as programs search for it, also where they
    have made a path of several segments out of a place."""
    if isinstance(error, LocationNotFound | VisitorLocationUnknown | PathNotFound):
        explanation = error_text.explanation(get_language(options.language), error)
        return f"{LocationNotFound.title}: {strip_controls(explanation)}\n"
    return render_text_error(error, options)


def shows_time(options: ViewOptions) -> bool:
    """Whether the line shows the time of day, an age, or the next two hours from now on, so that it
    is valid for one minute."""
    template = _strip_controls(options.template)
    return any(code in template for code in ("%a", "%n", "%r")) or shows_seconds(options)


def shows_seconds(options: ViewOptions) -> bool:
    """Whether the line shows the time of the request, so that no other request may get it."""
    return "%T" in _strip_controls(options.template)


def shows_air_quality(options: ViewOptions) -> bool:
    """Whether the line may show an index of the air quality. Any such letter counts, as others may
    be removed from between it and its sign."""
    return "q" in options.template.lower()


def _place_notice(report: Report, options: ViewOptions, language: Language) -> list[str]:
    """Says that the place was found offline, which may be the wrong one of its name. Custom
    formats without a place are read by programs."""
    template = options.template
    names_place = template in PRESETS.values() or "%l" in template or "%N" in template
    if report.located.offline and names_place:
        return [language.translate("place found offline")]
    return []


def _fill(values: Values, template: str) -> str:
    """The template with its letters replaced: by "–" for a missing value, and by nothing for
    an unknown letter, as wttr.in does."""
    return _TOKEN.sub(lambda token: _replaced(values, token), _strip_controls(template))


def _replaced(values: Values, token: re.Match[str]) -> str:
    letter = token["letter"]
    if letter:
        formatter = LETTERS.get(letter)
        if formatter is None:
            return ""
        text = formatter(values)
        return _MISSING if text is None else text
    *parts, timed, time, _ = token.groups()
    if timed:
        forecast = times.at(values, time)
        text = LETTERS[timed](forecast) if forecast else None
    else:
        name, number, unit, function = filter(None, parts)
        text = series(values, name, int(number), unit, function)
    return _MISSING if text is None else text


def _strip_controls(template: str) -> str:
    """The template without control characters other than line feeds and tabs."""
    parts = re.split("([\n\t])", template)
    return "".join(part if part in {"\n", "\t"} else strip_controls(part) for part in parts)


def _with_notices(line: str, notices: list[str]) -> str:
    """The line with the notices in parentheses, before its line break."""
    if not notices:
        return line
    text = line.rstrip("\n")
    return f"{text} ({'; '.join(notices)}){line[len(text) :]}"
