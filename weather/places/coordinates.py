"""Coordinates as people, programs and maps write them.

    48.85,2.35  48.85;2.35  48.85 2.35  48,85 2,35       latitude before longitude
    48.85N,2.35E  2.35E 48.85N  48.85 north, 2.35 east   in any order with letters
    48°51'N 2°21'E  48°51.4′ 2°21′  48 51 24 N 2 21 3 E  minutes and seconds

A text is coordinates only if it cannot be a name or a postcode:

- Numbers with only a blank between need a point, a minus or two letters: "113 49" is a postcode in
  Stockholm, "N1 9" one in London.
- Minutes and seconds without their signs need letters.
- Commas between digits are those of decimals if there are two, and no point: "48,85, 2,35". In
  "48,85,2,35" it is open which are.
- The letters are N, S, E and W: O is east in German and west in French.

What can be nothing else than coordinates, and is no pair, is refused: "48.85", "48.85N 2.35O".
"""

from __future__ import annotations

import re

from weather.core.dataclass import dataclass
from weather.core.errors import InvalidLocation
from weather.core.models import Coordinates
from weather.places.coordinate_signs import clean

_ANGLES_ONLY = re.compile(r"[-+0-9°'\",;:. NSEWO]+")
_NUMBERS = re.compile("(?=.*,)[0-9]+(?:[ ,]+[0-9]+){2,}")  # three and more, with a comma
_VERSION = re.compile(r"[0-9]\.[0-9]+\.[0-9]")  # or an address, octal or incomplete
_FRACTION = re.compile(r"[0-9]\.[0-9]|°")
_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{0,20})?(?![0-9])|\.[0-9]{1,20}"
_TOKEN = re.compile(rf"{_NUMBER}|[NSEW]|[-+°'\",; ]")
# The shape of a text has a character for each token: 9 for a number, L for a letter.
_MARKED = r"[+-]? ?9(?: ?°(?: ?9 ?'?(?: ?9 ?\"?)?)?)?"
_UNMARKED = r"9 9 ?'?(?: ?9 ?\"?)?"
_ANGLE = rf"(?:L ?(?:{_UNMARKED}|{_MARKED})|(?:{_UNMARKED}|{_MARKED}) ?L|{_MARKED})"
_PAIR = re.compile(rf"({_ANGLE})( ?[,;]? ?)({_ANGLE})")
_SINGLE = re.compile(_ANGLE)


@dataclass(frozen=True, slots=True)
class _Angle:
    """Decimal degrees; `axis` is N or E, if a letter says so. `is_plain` without any sign that
    it is an angle."""

    degrees: float
    axis: str
    is_plain: bool


def parse_pair(text: str) -> Coordinates | None:
    """The coordinates of a text without repeated blanks; None if it is something else. Raises
    `InvalidLocation` for coordinates that are impossible."""
    tokens = _tokens(text)
    match = _PAIR.fullmatch(_shape(tokens))
    if match is None:
        return None
    first, second = (_angle(tokens[slice(*match.span(group))]) for group in (1, 3))
    if not match[2].strip() and _is_name(first, second):
        return None
    if not match[2] and not first.axis and not second.axis and tokens[match.start(3)] not in "+-":
        return None  # "48.85.2"
    if first.axis == "E" or second.axis == "N":
        first, second = second, first
    if first.axis == "E" or second.axis == "N":
        raise InvalidLocation("Coordinates need one latitude and one longitude.")
    return Coordinates(first.degrees, second.degrees)


def refuse_other(text: str) -> None:
    """Raises `InvalidLocation` for a text that can be nothing else than coordinates, although
    `parse_pair` cannot read it."""
    text = clean(text)
    is_angle = _ANGLES_ONLY.fullmatch(text) and not _VERSION.search(text)
    if is_angle and (_FRACTION.search(text) or _NUMBERS.fullmatch(text)):
        raise InvalidLocation(
            "Coordinates are a latitude and a longitude, such as 48.85,2.35 or 48.85N 2.35E."
        )


def _is_name(first: _Angle, second: _Angle) -> bool:
    """Whether two angles with a blank between are rather a name or postcode ("113 49", "N1 9")."""
    if bool(first.axis) != bool(second.axis):
        return first.is_plain or second.is_plain
    return first.is_plain and second.is_plain


def parse_angle(text: str, axis: str) -> float | None:
    """The decimal degrees of a latitude (axis N) or longitude (E); None for another text."""
    # Programs send these two, and write digits of ASCII.
    is_ascii = all(character.isascii() for character in text if character.isdecimal())
    tokens = _tokens(text) if is_ascii else []
    if not _SINGLE.fullmatch(_shape(tokens)):
        return None
    angle = _angle(tokens)
    return angle.degrees if angle.axis in {"", axis} else None


def _tokens(text: str) -> list[str]:
    """Empty if a part of the text is no token."""
    text = clean(text)
    if re.search("[0-9]\\.$", text):
        text = text[:-1]
    tokens = [match[0] for match in _TOKEN.finditer(text)]
    return tokens if sum(map(len, tokens)) == len(text) else []


def _shape(tokens: list[str]) -> str:
    return "".join("9" if _is_number(token) else _letter(token) for token in tokens)


def _letter(token: str) -> str:
    return "L" if token in {"N", "S", "E", "W"} else token


def _is_number(token: str) -> bool:
    return token[-1].isdigit() or token[0].isdigit()


def _angle(tokens: list[str]) -> _Angle:
    """Raises `InvalidLocation`."""
    parts = [token for token in tokens if _is_number(token)]
    letter = next((token for token in tokens if _letter(token) == "L"), "")
    numbers = [float(part) for part in parts]
    if any(number >= 60 for number in numbers[1:]) or any("." in part for part in parts[:-1]):
        raise InvalidLocation("Minutes and seconds must be below 60, and only the last a fraction.")
    if letter and "-" in tokens:
        raise InvalidLocation("Coordinates have either a sign or a letter.")
    size = sum(number / 60**power for power, number in enumerate(numbers))
    is_plain = not letter and "°" not in tokens and "-" not in tokens and "." not in parts[0]
    negative = "-" in tokens or letter in {"S", "W"}
    axis = "" if not letter else "N" if letter in {"N", "S"} else "E"
    return _Angle(-size if negative else size, axis, is_plain)
