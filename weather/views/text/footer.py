"""The last lines of the text representation: location and credits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from weather.core.models import ClimateFallback, Credit, Report
from weather.i18n.languages import Language
from weather.views import wording
from weather.views.ansi import strip_controls, width
from weather.views.options import ViewOptions
from weather.views.text.fit import shortened, wrapped
from weather.views.text.layout import columns_of

# What stands before and after the provider's name in the words of a credit.
_AROUND_PROVIDER = re.compile(
    r"^.*?(?:\bby |\bfrom |: |© |\bmodified )| (?:information|contributors)$"
)

_NO_BREAK = "\xa0"


def footer(
    report: Report | ClimateFallback,
    options: ViewOptions,
    language: Language,
    credits: Iterable[Credit],
) -> list[str]:
    """The location line, the other places of its name and the credits, as far as the options show
    them, in the columns of the layout. The second is an empty line where there are none, as
    scripts count lines; a layout of another width has as many lines as the credits need."""
    columns = columns_of(options)
    lines, others = [], ""
    if options.caption and options.city:
        lines.append(_location(report, language, columns))
        others = _alternatives(report, language, columns)
    if options.footer:
        credited = credit_lines(tuple(credits), columns)
        if options.width:
            return [*lines, others, *credited]
        # Licences come before other places.
        lines += [others, *credited] if len(credited) == 1 else _two_lines(credited, columns)
    return lines


def named(write: Callable[[str], str], name: str, columns: int) -> str:
    """The line that `write` makes of a name, which is cut so that the rest of the line stays."""
    rest = width(write(""))
    return shortened(write(shortened(name, max(columns - rest, 1))), columns)


def _location(report: Report | ClimateFallback, language: Language, columns: int) -> str:
    def write(name: str) -> str:
        place = f"{name} [{report.place.coordinates}]"
        return language.translate("Location: {place}", place=place)

    return named(write, strip_controls(wording.place(language, report.place)), columns)


def _alternatives(report: Report | ClimateFallback, language: Language, columns: int) -> str:
    """ "Also: Paris, Texas, US · Paris, Kentucky, US": as many as have room."""
    labels = [strip_controls(place.label) for place in report.located.alternatives]
    if not labels:
        return ""
    line = f"{language.translate('Also:')} {labels[0]}"
    for label in labels[1:]:
        if width(longer := f"{line} · {label}") > columns:
            break
        line = longer
    return shortened(line, columns)


def credit_lines(credits: tuple[Credit, ...], columns: int) -> list[str]:
    """The credits in one line if they have room, in the words of their licences or else by the
    names of the providers; else in more lines."""
    whole = _by_licence(credits, lambda text: text)
    if width(whole) <= columns:
        return [whole]
    named = _by_licence(credits, _provider, gap=_NO_BREAK)
    return [line.replace(_NO_BREAK, " ") for line in wrapped(named, columns)]


def _two_lines(lines: list[str], columns: int) -> list[str]:
    return [lines[0], shortened(" ".join(lines[1:]), columns)]


def _by_licence(credits: Iterable[Credit], write: Callable[[str], str], *, gap: str = " ") -> str:
    """ "Credit, credit (licence); credit (licence)", with `gap` for the blanks of licences."""
    texts: dict[str, dict[str, None]] = {}
    for credit in credits:
        texts.setdefault(credit.licence, {})[write(credit.text)] = None
    return "; ".join(
        f"{', '.join(group)} ({licence.replace(' ', gap)})" for licence, group in texts.items()
    )


def _provider(text: str) -> str:
    """ "Open-Meteo.com", of "Weather data by Open-Meteo.com" """
    return _AROUND_PROVIDER.sub("", text)
