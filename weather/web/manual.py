"""The pages of `/:help`, written from the declarations that requests are read by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from weather.core.measurement_systems import Units
from weather.i18n.languages import LANGUAGES
from weather.views import registry
from weather.views.oneline.letters import FORECAST_MEANINGS, MEANINGS
from weather.views.oneline.template import PRESETS
from weather.views.question import TOPICS
from weather.views.units import QUANTITY_WORDS
from weather.web.parameters import (
    ANSWER,
    FIELDS,
    GLYPHS,
    LETTERS,
    PICTURE,
    PRESENTATION,
    STRICT,
    WIDTH,
    Parameter,
)

_PLACES = (
    ("/", "where you are; also /~ and /MyLocation"),
    ("/London", "a place, in any language; + and _ are blanks"),
    ("/London,UK", "in a country, state or region"),
    ("/94107", "a postcode"),
    ("/GRU", "an airport, by its IATA code; /ulm is the town, /~GRU a name"),
    ("/48.85,2.35", "coordinates"),
    ("/London:Paris:Oslo", "each for a second, or for period=60 seconds"),
    ("/London:Paris?view=table", "side by side"),
    ("/de/London", "in a language; /v2/London in a view; /us/London in imperial units"),
    ("/~Eiffel+Tower", "a name, whatever it looks like"),
    ("/8.8.8.8", "where an address is used; /@github.com that of a host"),
    ("/moon", "the moon; /moon@2026-12-25 on another day"),
    ("/London.png", "a picture: /London_0pq_lang=de_400x.png with options"),
    ("/London.ics", "a calendar of the days, with options as a picture"),
)


def page(name: str) -> str | None:
    """The text of a page; None if there is none of that name."""
    write = _PAGES.get(name)
    return write() if write else None


def _help() -> str:
    formats = ", ".join(view for view in registry.BY_FORMAT)
    return "\n".join(
        (
            "The weather where you are",
            "",
            "Places",
            *_rows(_PLACES),
            "",
            "Letters, bundled and in any order: /London?0qT",
            *_rows((entry.letter, entry.meaning) for entry in LETTERS),
            "",
            "Options",
            *_rows(map(_option, (*PRESENTATION, WIDTH, *GLYPHS, STRICT, FIELDS, *PICTURE))),
            "",
            "Units: a system, and units of single quantities: /London?units=metric,kn",
            *_rows(_units()),
            "",
            "Formats",
            *_rows((("format=", formats),)),
            *_rows((f"format={n}", repr(line)[1:-3]) for n, line in PRESETS.items()),
            "",
            "In a format of one line: /London?format=%l:+%c+%t",
            *_rows((f"%{letter}", meaning) for letter, meaning in MEANINGS.items()),
            *_rows(FORECAST_MEANINGS.items()),
            "",
            "Yes or no, for scripts: /London/rain?within=3h, /umbrella; X-Answer has it too",
            *_rows((f"/{word}", topic.meaning) for word, topic in TOPICS.items()),
            *_rows(map(_option, ANSWER)),
            "",
            "More: /:bash.function  /:iterm2  /:translation",
            "",
        )
    )


def _units() -> Iterator[tuple[str, str]]:
    yield "system", ", ".join(Units)
    quantities = dict.fromkeys(quantity for quantity, _ in QUANTITY_WORDS.values())
    for name in quantities:
        words = (word for word, (quantity, _) in QUANTITY_WORDS.items() if quantity == name)
        yield name, ", ".join(words)


def _option(parameter: Parameter) -> tuple[str, str]:
    return f"{parameter.name}=", parameter.meaning


def _rows(pairs: Iterable[tuple[str, str]]) -> list[str]:
    rows = list(pairs)
    width = max(16, *(len(name) for name, _ in rows)) + 2
    return [f"  {name:{width}}{meaning}" for name, meaning in rows]


def _bash_function() -> str:
    return """\
# For bash and zsh: weather, weather "San Juan", weather Oslo 0q. WEATHER_HOST is the server.
weather() {
    local place=${1// /+}
    curl -fsS -H "Accept-Language: ${LANG%%.*}" "${WEATHER_HOST:-localhost:8000}/$place?${2-}"
}
"""


def _iterm2() -> str:
    return """\
# For terminals that show the images of iTerm2's protocol, such as WezTerm and Konsole:
# weather_picture Oslo, weather_picture "San Juan" 0p. WEATHER_HOST is the server.
weather_picture() {
    local url="${WEATHER_HOST:-localhost:8000}/${1// /+}.png?${2-}" image
    image=$(set -o pipefail; curl -fsS "$url" | base64 | tr -d '\\n') || return
    printf '\\033]1337;File=inline=1:%s\\a\\n' "$image"
}
"""


def _translation() -> str:
    names = [f"  {language.tag:10}{language.name}" for language in LANGUAGES]
    return "\n".join(
        (
            "Languages: ?lang=de, or the Accept-Language header.",
            "",
            *names,
            "",
            "Other languages are answered in English. A catalogue is a file in translations/.",
            "",
        )
    )


_PAGES: Mapping[str, Callable[[], str]] = {
    "help": _help,
    "bash.function": _bash_function,
    "iterm2": _iterm2,
    "translation": _translation,
}
