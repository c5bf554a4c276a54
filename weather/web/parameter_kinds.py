"""The kinds of values that parameters of requests have: how each is read, and its JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any, Protocol

from weather.core.dataclass import dataclass
from weather.core.errors import InvalidOption
from weather.core.measurement_systems import Units
from weather.views.json import fields
from weather.views.question import HOURS_PER_DAY, LONGEST_DAYS, Threshold
from weather.views.symbols import Glyphs
from weather.views.units import QUANTITY_WORDS

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"", "0", "false", "no", "off"})
_SPAN = re.compile("([0-9]{1,3})(h|d)")
_LANGUAGE = re.compile("(?:[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{1,8})*)?")
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
class Word:
    """The only value that there is, in any case of its letters."""

    word: str

    def read(self, name: str, text: str) -> str:
        """Raises `InvalidOption`."""
        if text.lower() != self.word:
            raise InvalidOption(f"{name} can only be {self.word} here.")
        return self.word

    def schema(self) -> Mapping[str, Any]:
        return {"type": "string", "enum": [self.word]}


@dataclass(frozen=True, slots=True)
class LanguageTag:
    """A BCP 47 tag, which begins with an ISO 639 code; `_` may stand for `-`. Empty: by
    Accept-Language."""

    def read(self, name: str, text: str) -> str:
        """Raises `InvalidOption`."""
        if not _LANGUAGE.fullmatch(text):
            raise InvalidOption(f"{name} must be a language tag, such as de or pt-BR.")
        return text

    def schema(self) -> Mapping[str, Any]:
        return {"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"}


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
        if "" in names:
            where = "is empty" if not text else "has a comma without a field beside it"
            raise InvalidOption(f"{name} {where}. Name fields, such as current.temperature,daily.")
        if unknown := sorted(names - fields.NAMES):
            first = unknown[0][:_LONGEST_NAME]
            hint = fields.suggestion(first) or "current.temperature"
            raise InvalidOption(f"{name}: “{first}” is no field. Did you mean {hint}?")
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
        return {"type": "string", "pattern": f"^{word}?(?:,{word}?)*$"}


def _is_unambiguous(words: frozenset[str]) -> bool:
    quantities = [QUANTITY_WORDS[word][0] for word in words if word in QUANTITY_WORDS]
    return len(words - set(QUANTITY_WORDS)) <= 1 and len(set(quantities)) == len(quantities)


def is_true(text: str) -> bool:
    """Whether a value switches something on, in any of the usual spellings."""
    return text.lower() in _TRUE
