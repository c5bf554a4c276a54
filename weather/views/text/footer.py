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
    """The location line, and the credits after an empty line, as far as the options show them."""
    lines = []
    if options.caption and options.city:
        name = strip_controls(wording.place(language, report.place))
        place = f"{name} [{report.place.coordinates}]"
        lines.append(language.translate("Location: {place}", place=place))
    if options.footer:
        lines += ["", _credits_by_licence(credits)]
    return lines


def _credits_by_licence(credits: Iterable[Credit]) -> str:
    """ "Credit, credit (licence); credit (licence)" """
    texts: dict[str, list[str]] = {}
    for credit in credits:
        texts.setdefault(credit.licence, []).append(credit.text)
    return "; ".join(f"{', '.join(group)} ({licence})" for licence, group in texts.items())
