"""The template of the one-line representation: wttr.in's presets and %-formats.

Clients of wttr.in send bare percent signs (`?format=%l:+%c+%t`), which is not valid
percent-encoding; others encode them. `decode` reads both.
"""

from __future__ import annotations

import re

PRESETS = {
    "1": "%c %t\n",
    "2": "%c 🌡️%t 🌬️%w\n",
    "3": "%l: %c %t\n",
    "4": "%l: %c 🌡️%t 🌬️%w\n",
}
# wttr.in's joke, which has nothing of the weather, nor a line break.
_WORDS = {"69": "nice"}
# One UTF-8 character with every byte percent-encoded. This is unambiguous: ASCII characters
# begin with a digit, which is not a letter of a format; and if a letter and the text after it
# look like a byte (the "%ff" of "%ffeels"), that byte is above ASCII and no character alone.
_CONTINUATION = "%[89ab][0-9a-f]"
_ENCODED = re.compile(
    rf"%[0-7][0-9a-f]|%[cd][0-9a-f]{_CONTINUATION}"
    rf"|%e[0-9a-f](?:{_CONTINUATION}){{2}}|%f[0-7](?:{_CONTINUATION}){{3}}",
    re.IGNORECASE,
)


def decode(value: str) -> str:
    """The decoded value of `format` in a query string; `\\n` becomes a line feed."""
    text = value.replace("%25", "%").replace("+", " ")
    return _ENCODED.sub(_decode_character, text).replace(r"\n", "\n")


def parse(format: str) -> str:
    """The template for a preset or %-format; empty if `format` is neither."""
    return PRESETS.get(format) or _WORDS.get(format) or (format if "%" in format else "")


def _decode_character(encoded: re.Match[str]) -> str:
    try:
        return bytes.fromhex(encoded[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return encoded[0]
