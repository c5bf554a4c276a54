"""The one line's format, as it stands in the query string.

It is written as wttr.in's clients write it, with bare signs (`?format=%l:+%c+%t`) that are no
valid percent-encoding, or with encoded ones by clients that know better. So it is read from
the raw query string, once for both.
"""

from __future__ import annotations

import re

PRESETS = {
    "1": "%c %t\n",
    "2": "%c 🌡️%t 🌬️%w\n",
    "3": "%l: %c %t\n",
    "4": "%l: %c 🌡️%t 🌬️%w\n",
}
_KEY = "format="
# One character of UTF-8, every byte of it encoded. ASCII begins with a digit, which no letter of
# a format is; and where a letter and what follows look like a byte (the "%ff" of "%ffeels"), it
# is one above ASCII, which alone is no character.
_NEXT = "%[89ab][0-9a-f]"
_ENCODED = re.compile(
    rf"%[0-7][0-9a-f]|%[cd][0-9a-f]{_NEXT}|%e[0-9a-f](?:{_NEXT}){{2}}|%f[0-7](?:{_NEXT}){{3}}",
    re.IGNORECASE,
)


def asked(query_string: bytes) -> str | None:
    """The value of the first `format` of a query string, None if it has none."""
    if b"format" not in query_string:
        return None
    text = query_string.decode(errors="replace").replace("%25", "%")
    for pair in text.split("&"):
        if pair.startswith(_KEY):
            return _decoded(pair[len(_KEY) :])
    return None


def template(asked: str | None) -> str:
    """The one line's template that a `format` asks for, empty if it asks for none."""
    return PRESETS.get(asked or "") or (asked if asked and "%" in asked else "")


def _decoded(value: str) -> str:
    return _ENCODED.sub(_character, value.replace("+", " ")).replace(r"\n", "\n")


def _character(encoded: re.Match[str]) -> str:
    try:
        return bytes.fromhex(encoded[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return encoded[0]
