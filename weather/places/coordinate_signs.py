"""The many characters and words of coordinates as a few: ° ' " N S E W - . , and a blank."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = str.maketrans(
    dict.fromkeys("º˚", "°")
    | dict.fromkeys("′’‘ʹʼ´`", "'")
    | dict.fromkeys("″”“„ʺ", '"')
    | dict.fromkeys("−‐‑–－", "-")
    | dict.fromkeys("，،", ",")
    | dict.fromkeys("．٫", ".")
    | dict.fromkeys("()[]<>/|", " ")
    | {"；": ";", "＋": "+"}
)
_WORDS = {"NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W", "DEGREES": "°", "DEG": "°"}
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")
_COMMA_OF_DECIMALS = re.compile("(?<=[0-9]),(?=[0-9])")
_COLON = re.compile("(?<=[0-9]):(?=[0-9])")


def clean(text: str) -> str:
    """With one sign for each meaning, in upper case, and ASCII digits."""
    text = "".join(_digit(character) for character in text.translate(_SIGNS)).upper()
    text = _WORD.sub(lambda word: _WORDS[word[0]], text).replace("''", '"')
    if "." not in text and len(_COMMA_OF_DECIMALS.findall(text)) == 2:
        text = _COMMA_OF_DECIMALS.sub(".", text)
    return " ".join(_COLON.sub(" ", text).split()).strip(" ,;")


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
