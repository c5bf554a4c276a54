"""The moon as text: its disc, its phase, and its next full and new moons."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from weather.core.dataclass import dataclass
from weather.core.moon import eighth_of_phase, moon_at, next_phase
from weather.i18n.languages import Language, get_language
from weather.views import wording
from weather.views.ansi import colorize, plain
from weather.views.moon import disc
from weather.views.options import ViewOptions
from weather.views.text.finish import finish

_FULL, _NEW = 4, 0  # of the phases
_MARGIN = "   "


@dataclass(frozen=True, slots=True)
class MoonView:
    """The moment, the time zone of the dates, and the hemisphere from which the moon is seen."""

    at: datetime
    timezone: str
    southern: bool = False


def render(view: MoonView, options: ViewOptions) -> str:
    """The disc, then the phase with its illumination, and two dates; ends with a line break."""
    language = get_language(options.language)
    moon = moon_at(view.at)
    phase = wording.moon_phase(language, eighth_of_phase(moon.phase))
    colorizer = colorize if options.color else plain
    lines = [
        f"{_MARGIN}{row}".rstrip()
        for row in disc.rows(moon.phase, colorizer, southern=view.southern)
    ]
    today = view.at.astimezone(ZoneInfo(view.timezone)).date()
    date = f"{language.date(today)} {today.year}"
    lines += ["", f"{date}: {phase}, {wording.percent(language, moon.illumination)}"]
    upcoming = sorted((next_phase(view.at, eighth / 8), eighth) for eighth in (_FULL, _NEW))
    if options.footer:
        lines += [_date(moment, eighth, view, language) for moment, eighth in upcoming]
    return finish("\n".join(lines) + "\n", options)


def _date(moment: datetime, eighth: int, view: MoonView, language: Language) -> str:
    """ "Full moon: Sun 31 May" """
    day = moment.astimezone(ZoneInfo(view.timezone)).date()
    return f"{wording.moon_phase(language, eighth)}: {language.date(day)}"
