"""The template of the one line: wttr.in's presets and %-formats.

Clients of wttr.in write it with bare percent signs (`?format=%l:+%c+%t`), which is not valid
percent-encoding; others encode it. `decode` reads both.
"""

from __future__ import annotations

import re

PRESETS = {
    "1": "%c %t\n",
    "2": "%c 🌡️%t 🌬️%w\n",
    "3": "%l: %c %t\n",
    "4": "%l: %c 🌡️%t 🌬️%w\n",
}
# One character of UTF-8, every byte of it encoded. ASCII begins with a digit, which no letter of
# a format is; and where a letter and what follows look like a byte (the "%ff" of "%ffeels"), it
# is one above ASCII, which alone is no character.
_NEXT = "%[89ab][0-9a-f]"
_ENCODED = re.compile(
    rf"%[0-7][0-9a-f]|%[cd][0-9a-f]{_NEXT}|%e[0-9a-f](?:{_NEXT}){{2}}|%f[0-7](?:{_NEXT}){{3}}",
    re.IGNORECASE,
)


def decode(value: str) -> str:
    """The value of `format` as it stands in a query string, decoded; `\\n` is a line feed."""
    text = value.replace("%25", "%").replace("+", " ")
    return _ENCODED.sub(_character, text).replace(r"\n", "\n")


def parse(format: str) -> str:
    """The template that a `format` names or is; empty if it is neither."""
    return PRESETS.get(format) or (format if "%" in format else "")


def _character(encoded: re.Match[str]) -> str:
    try:
        return bytes.fromhex(encoded[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return encoded[0]
