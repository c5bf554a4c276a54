"""The last lines of the text representation: location and credits."""

from __future__ import annotations

from collections.abc import Iterable

from weather.core.models import ClimateFallback, Credit, Report
from weather.i18n.languages import Language
from weather.views import wording
from weather.views.ansi import strip_controls
from weather.views.options import ViewOptions


def footer(
    report: Report | ClimateFallback,
    options: ViewOptions,
    language: Language,
    credits: Iterable[Credit],
) -> list[str]:
    """The location line, the other places of its name and the credits, as far as the options show
    them. The second is an empty line where there are none, as scripts count lines."""
    lines, others = [], ""
    if options.caption and options.city:
        name = strip_controls(wording.place(language, report.place))
        place = f"{name} [{report.place.coordinates}]"
        lines.append(language.translate("Location: {place}", place=place))
        others = _alternatives(report, language)
    if options.footer:
        lines += [others, _credits_by_licence(credits)]
    return lines


def _alternatives(report: Report | ClimateFallback, language: Language) -> str:
    """ "Also: Paris, Texas, US · Paris, Kentucky, US" """
    labels = [strip_controls(place.label) for place in report.located.alternatives]
    return f"{language.translate('Also:')} {' · '.join(labels)}" if labels else ""


def _credits_by_licence(credits: Iterable[Credit]) -> str:
    """ "Credit, credit (licence); credit (licence)" """
    texts: dict[str, list[str]] = {}
    for credit in credits:
        texts.setdefault(credit.licence, []).append(credit.text)
    return "; ".join(f"{', '.join(group)} ({licence})" for licence, group in texts.items())
