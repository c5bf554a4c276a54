"""The parameters of requests: name, kind, bounds and meaning of each.

Requests are parsed by these declarations; documentation can be written from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from weather.core.dataclass import dataclass
from weather.core.measurement_systems import Units
from weather.core.threads import PLACES_PER_COMPARISON
from weather.places.query import LONGEST
from weather.views.picture.scaling import LARGEST
from weather.views.units import QUANTITY_WORDS
from weather.web.parameter_kinds import (
    Clock,
    Color,
    Day,
    Degrees,
    FieldNames,
    GlyphSet,
    Kind,
    LanguageTag,
    Span,
    Speed,
    Switch,
    Text,
    UnitWords,
    Whole,
    Word,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named option of the query string."""

    name: str
    kind: Kind
    meaning: str
    most: int = 1  # how often it can be given
    required: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A flag of one letter, as wttr.in's clients write it: which fields of `ViewOptions` it sets,
    or which units it chooses."""

    letter: str
    meaning: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    units: frozenset[str] = frozenset()


DAYS = Whole(16)
HOURS = Whole(384)
UNIT_WORDS = UnitWords()

PLACE = (
    Parameter("q", Text("Paris, US", LONGEST), "A place: a name, coordinates or an IP address"),
    Parameter("lat", Degrees(90), "Latitude, together with `lon`"),
    Parameter("lon", Degrees(180), "Longitude, together with `lat`"),
    Parameter("ip", Text("8.8.8.8"), "The place of an IP address"),
)
COMPARED = (
    Parameter("q", Text("Paris", LONGEST), "The name of a place", most=PLACES_PER_COMPARISON),
)
SEARCH = (Parameter("q", Text("Paris", LONGEST), "The name of a place", required=True),)
UNITS = Parameter(
    *("units", UNIT_WORDS),
    "Units, such as metric,kn; by default those of the visitor's country",
)
LANGUAGE = Parameter("lang", Text("de"), "Language, as a BCP 47 tag")
_ROWS = (
    Parameter("days", DAYS, "Days of forecast"),
    Parameter("hours", HOURS, "Hours of forecast in JSON; 48 by default"),
)
CLOCK = Parameter("clock", Clock(), "The clock of texts: 12 for AM and PM; 24 by default")
PRESENTATION = (UNITS, LANGUAGE, *_ROWS, CLOCK)
# Of the API, which refuses a language that cannot be read.
API_LANGUAGE = Parameter("lang", LanguageTag(), LANGUAGE.meaning)
API_PRESENTATION = (UNITS, API_LANGUAGE, *_ROWS, CLOCK)
PAGE = (Parameter("day", Day(), "The day whose hours a page shows, such as 2026-05-15"),)
FORMAT = Parameter("format", Text("json"), "html, text, json, 1 to 4, or a one-line template")
VIEW = Parameter("view", Text("v2"), "As `format`, which takes precedence")
OUTPUT = Parameter("output", Text("png"), "png or svg for a picture; txt, html, json or ics")
FIELDS = Parameter(
    *("fields", FieldNames()),
    "Fields of the JSON object, such as current.temperature,daily; by default all",
)
# At most so many places in one response of the API.
BATCH_PLACES = 10
BATCH = (
    Parameter(
        *("q", Text("Paris", LONGEST), f"A place, as of a single one; up to {BATCH_PLACES} times"),
        most=BATCH_PLACES,
        required=True,
    ),
)
LIMIT = Parameter("limit", Whole(20, least=1), "The most places that are returned")
JSON_FORMAT = Parameter("format", Word("json"), "Without effect: the response is JSON")
LOCATION = Parameter("location", Text("Paris", LONGEST), "A place, as `q`")
PICTURE = (
    Parameter("transparency", Whole(255), "The opacity of a picture's background; 255 is opaque"),
    Parameter("background", Color(), "The colour of the background, as RRGGBB"),
    Parameter("height", Whole(LARGEST, least=1), "The pixels that a picture is high"),
)
PIXELS = Whole(LARGEST, least=1)  # what `width` is of a picture
STRICT = Parameter("strict", Switch(), "A forecast or an error: no climate normals instead")
WIDTH = Parameter(
    *("width", Whole(1000, least=40)),
    "Columns of text, from 40, with the parts of a day that fit; pixels of a picture",
)
GLYPHS = (
    Parameter(
        *("glyphs", GlyphSet()),
        "Signs of line and chart: emoji, narrow (☁️ in one column), nerd, plain",
    ),
    Parameter("emoji", GlyphSet(), "As `glyphs`, which takes precedence"),
)
WITHIN = Parameter("within", Span(), "Hours or days of an answer, such as 3h or 2d")
ABOVE = Parameter(
    *("above", Speed()),
    "Speed for /wind and /gusts, in the visitor's unit, or such as 14m/s or 8bft",
)
ANSWER = (WITHIN, ABOVE)
AGENT = Parameter("agent", Text("curl"), "A User-Agent in place of the client's")
COMPATIBLE = (VIEW, OUTPUT, LOCATION, AGENT, WIDTH, *GLYPHS, *PICTURE)  # of wttr.in's interface
NAMES = frozenset(
    parameter.name
    for parameter in (
        *(*PLACE, *PRESENTATION, *PAGE, *COMPATIBLE, *ANSWER),
        *(FORMAT, STRICT, FIELDS),
    )
)

# Later letters take precedence over earlier ones, whatever their order in the request.
LETTERS = (
    Letter("3", "three days", {"days": 3}),
    Letter("2", "two days", {"days": 2}),
    Letter("1", "one day", {"days": 1}),
    Letter("0", "the current weather only", {"days": 0}),
    Letter("n", "narrow: noon and night", {"narrow": True}),
    Letter("T", "no colours", {"color": False}),
    Letter("q", "no caption", {"caption": False}),
    Letter("Q", "no caption and no place", {"caption": False, "city": False}),
    Letter("F", "no line of attribution", {"footer": False}),
    Letter("A", "text, whatever the client is"),
    Letter("m", "metric units", units=frozenset({"metric"})),
    Letter("M", "metric units, wind in m/s", units=frozenset({"metric", "ms"})),
    Letter("u", "imperial units", units=frozenset({"imperial"})),
    Letter("d", "only signs that consoles have", {"plain_glyphs": True}),
    Letter("I", "for a light background", {"light": True}),
    Letter("p", "a margin around the output", {"padding": True}),
    Letter("t", "a picture whose background has the opacity 150", {"transparency": 150}),
)
FORCE_TEXT = "A"
# wttr.in's names of the letters.
LONG_NAMES = {
    **{"current_only": "0", "current_plus_today": "1"},
    **{"current_plus_two_days": "2", "two_days": "2"},
    **{"current_plus_three_days": "3", "three_days": "3"},
    **dict.fromkeys(("force-ansi", "force_ansi"), "A"),
    **dict.fromkeys(("no-terminal", "no_terminal"), "T"),
    **dict.fromkeys(("standard_font", "standard-font", "dumb"), "d"),
    "narrow": "n",
    **dict.fromkeys(("quiet", "no-caption", "no_caption"), "q"),
    **dict.fromkeys(("superquiet", "no-city", "no_city"), "Q"),
    **dict.fromkeys(("no-follow-line", "no_follow_line"), "F"),
    **dict.fromkeys(("inverted_colors", "inverted-colors"), "I"),
    "use_metric": "m",
    **dict.fromkeys(("use_uscs", "use_imperial"), "u"),
    "use_ms_for_wind": "M",
    **dict.fromkeys(("frame", "padding"), "p"),
}


def chosen_units(words: frozenset[str]) -> tuple[Units | None, bool, tuple[str, ...]]:
    """The unit system that words and letters choose, if they choose one; whether wind is in m/s;
    and the units of single quantities, which take precedence, in order.

    Metric gives way to others, as wttr.in's `m` does to `u`. Metres per second choose metric units,
    as wttr.in's `M` does; other units of single quantities leave the rest to the country.
    """
    systems = (Units.IMPERIAL, Units.UK, Units.FAHRENHEIT, Units.METRIC)
    chosen = next((units for units in systems if units in words), None)
    wind_in_ms = "ms" in words
    single = tuple(sorted(words & set(QUANTITY_WORDS) - {"ms"}))
    return chosen or (Units.METRIC if wind_in_ms else None), wind_in_ms, single
