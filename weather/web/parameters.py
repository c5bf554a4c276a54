"""The parameters of requests: name, type, bounds and meaning of each.

Requests are parsed by these declarations; documentation can be written from them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import Any, Protocol

from weather.core.errors import InvalidOption
from weather.core.measurement_systems import Units
from weather.core.threads import PLACES_PER_COMPARISON
from weather.places.query import LONGEST
from weather.views.json import fields
from weather.views.picture.scaling import LARGEST
from weather.views.question import HOURS_PER_DAY, LONGEST_DAYS, Threshold
from weather.views.symbols import Glyphs
from weather.views.units import QUANTITY_WORDS

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"", "0", "false", "no", "off"})
_SPAN = re.compile("([0-9]{1,3})(h|d)")
_SPEED = re.compile("([0-9]{1,3}(?:[.,][0-9]{1,3})?) ?([a-z/]*)")
# As people write the units of speed → the word of `units`.
_SPEED_UNITS = {
    "": "",
    **dict.fromkeys(("km/h", "kmh", "kph"), "kmh"),
    **dict.fromkeys(("m/s", "ms", "mps"), "ms"),
    **dict.fromkeys(("mph", "mi/h"), "mph"),
    **dict.fromkeys(("kn", "kt", "kts", "knots"), "kn"),
    **dict.fromkeys(("bft", "beaufort"), "bft"),
}
_MOST_SPEED, _MOST_BEAUFORT = 500, 12
_LONGEST_NAME = 50  # characters of a field's name that are repeated in a message


class Kind(Protocol):
    """The type of a parameter's value."""

    def read(self, name: str, text: str) -> Any:
        """The value that a text is. Raises `InvalidOption`."""

    def schema(self) -> Mapping[str, Any]:
        """As JSON Schema."""


@dataclass(frozen=True, slots=True)
class Text:
    """Any text; what it means is decided where it is used."""

    example: str = ""
    longest: int = 0  # characters; 0: not bounded here

    def read(self, name: str, text: str) -> str:
        return text

    def schema(self) -> Mapping[str, Any]:
        return {"type": "string"} | ({"maxLength": self.longest} if self.longest else {})


@dataclass(frozen=True, slots=True)
class Degrees:
    """Decimal degrees between -limit and limit."""

    limit: float

    def read(self, name: str, text: str) -> str:
        """The text: a pair is read as a whole, by `places.query.from_pair`."""
        return text

    def schema(self) -> Mapping[str, Any]:
        return {"type": "number", "minimum": -self.limit, "maximum": self.limit}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`."""

    most: int
    least: int = 0

    def read(self, name: str, text: str) -> int:
        """Raises `InvalidOption`."""
        is_number = text.isascii() and text.isdigit() and len(text) <= 4
        if not (is_number and self.least <= int(text) <= self.most):
            raise InvalidOption(f"{name} must be a whole number from {self.least} to {self.most}.")
        return int(text)

    def schema(self) -> Mapping[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Switch:
    """`1` or `0`."""

    def read(self, name: str, text: str) -> bool:
        """Raises `InvalidOption`."""
        if text.lower() not in _TRUE | _FALSE:
            raise InvalidOption(f"{name} must be 1 or 0.")
        return text.lower() in _TRUE

    def schema(self) -> Mapping[str, Any]:
        return {"type": "string", "enum": sorted(_TRUE | _FALSE)}


@dataclass(frozen=True, slots=True)
class Color:
    """Six hexadecimal digits, as RRGGBB."""

    def read(self, name: str, text: str) -> tuple[int, int, int]:
        """Red, green and blue from 0 to 255. Raises `InvalidOption`."""
        if not re.fullmatch("[0-9a-fA-F]{6}", text):
            raise InvalidOption(f"{name} must be six hexadecimal digits, such as 204060.")
        red, green, blue = bytes.fromhex(text)
        return red, green, blue

    def schema(self) -> Mapping[str, Any]:
        return {"type": "string", "pattern": "^[0-9a-fA-F]{6}$"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day, as ISO 8601 writes it."""

    def read(self, name: str, text: str) -> date:
        """Raises `InvalidOption`."""
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            with suppress(ValueError):
                return date.fromisoformat(text)
        raise InvalidOption(f"{name} must be a day, such as 2026-05-15.")

    def schema(self) -> Mapping[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Clock:
    """`12` or `24`."""

    def read(self, name: str, text: str) -> bool:
        """Whether it is the clock of 12 hours. Raises `InvalidOption`."""
        if text not in {"12", "24"}:
            raise InvalidOption(f"{name} must be 12 or 24.")
        return text == "12"

    def schema(self) -> Mapping[str, Any]:
        return {"type": "integer", "enum": [12, 24]}


@dataclass(frozen=True, slots=True)
class GlyphSet:
    """One of `Glyphs`; wttr.in's `unicode` is `emoji`."""

    def read(self, name: str, text: str) -> Glyphs:
        """Raises `InvalidOption`."""
        word = text.lower()
        try:
            return Glyphs.EMOJI if word == "unicode" else Glyphs(word)
        except ValueError:
            raise InvalidOption(f"{name} must be one of {', '.join(Glyphs)}.") from None

    def schema(self) -> Mapping[str, Any]:
        return {"type": "string", "enum": [*Glyphs, "unicode"]}


@dataclass(frozen=True, slots=True)
class Span:
    """Hours or days from now on: `3h`, `2d`."""

    def read(self, name: str, text: str) -> int:
        """The number of hours. Raises `InvalidOption`."""
        match = _SPAN.fullmatch(text.strip().lower())
        hours = int(match[1]) * (HOURS_PER_DAY if match[2] == "d" else 1) if match else 0
        if not 1 <= hours <= LONGEST_DAYS * HOURS_PER_DAY:
            raise InvalidOption(f"{name} must be hours or days, from 1h to {LONGEST_DAYS}d.")
        return hours

    def schema(self) -> Mapping[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{1,3}[hd]$"}


@dataclass(frozen=True, slots=True)
class Speed:
    """A speed with its unit, or in the visitor's: `50`, `14m/s`, `8bft`."""

    def read(self, name: str, text: str) -> Threshold:
        """Raises `InvalidOption`."""
        match = _SPEED.fullmatch(text.strip().lower())
        unit = _SPEED_UNITS.get(match[2]) if match else None
        if match is None or unit is None:
            raise InvalidOption(
                f"{name} must be a number, alone or with km/h, m/s, mph, kn or bft, such as 8bft."
            )
        number = float(match[1].replace(",", "."))
        most = _MOST_BEAUFORT if unit == "bft" else _MOST_SPEED
        if number > most or (unit == "bft" and not number.is_integer()):
            raise InvalidOption(f"{name} must be from 0 to {_MOST_SPEED}, or whole to 12 in bft.")
        return Threshold(number, unit)

    def schema(self) -> Mapping[str, Any]:
        units = "|".join(filter(None, _SPEED_UNITS))
        return {"type": "string", "pattern": rf"^[0-9]{{1,3}}([.,][0-9]{{1,3}})? ?({units})?$"}


@dataclass(frozen=True, slots=True)
class FieldNames:
    """Sections of the JSON object and fields of sections, combined by commas."""

    def read(self, name: str, text: str) -> tuple[str, ...]:
        """The names in a fixed order. Raises `InvalidOption`."""
        names = frozenset(text.split(","))
        if unknown := sorted(names - fields.NAMES):
            shown = unknown[0][:_LONGEST_NAME]
            hint = fields.suggestion(shown) or "current.temperature"
            raise InvalidOption(f"{name}: “{shown}” is no field. Did you mean {hint}?")
        return tuple(sorted(names))

    def schema(self) -> Mapping[str, Any]:
        field = "|".join(
            f"{section}(?:\\.(?:{'|'.join(names)}))?" for section, names in fields.FIELDS.items()
        )
        return {"type": "string", "pattern": f"^(?:{field})(?:,(?:{field}))*$"}


@dataclass(frozen=True, slots=True)
class UnitWords:
    """At most one of `Units`, and at most one unit of each quantity, combined by commas."""

    words: frozenset[str] = frozenset({*Units, *QUANTITY_WORDS})

    def read(self, name: str, text: str) -> frozenset[str]:
        """Raises `InvalidOption`."""
        words = frozenset(word for word in text.lower().split(",") if word)
        known = words <= self.words
        if not known or not _is_unambiguous(words):
            systems, units = ", ".join(Units), ", ".join(QUANTITY_WORDS)
            raise InvalidOption(
                f"{name} can be one of {systems}, and one for each quantity of {units}."
            )
        return words

    def schema(self) -> Mapping[str, Any]:
        word = f"(?:{'|'.join([*Units, *QUANTITY_WORDS])})"
        return {"type": "string", "pattern": f"^(?:{word}(?:,{word})*)?$"}


def _is_unambiguous(words: frozenset[str]) -> bool:
    quantities = [QUANTITY_WORDS[word][0] for word in words if word in QUANTITY_WORDS]
    return len(words - set(QUANTITY_WORDS)) <= 1 and len(set(quantities)) == len(quantities)


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
    fields: Mapping[str, Any] = dataclass_field(default_factory=dict)
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
PRESENTATION = (
    UNITS,
    LANGUAGE,
    Parameter("days", DAYS, "Days of forecast"),
    Parameter("hours", HOURS, "Hours of forecast in JSON; 48 by default"),
    Parameter("clock", Clock(), "The clock of texts: 12 for AM and PM; 24 by default"),
)
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
JSON_FORMAT = Parameter("format", Text("json"), "Without effect: the response is JSON")
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


def is_true(text: str) -> bool:
    """Whether a value switches something on, in any of the usual spellings."""
    return text.lower() in _TRUE


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
