"""The template of the one-line representation, as sent by different clients."""

from __future__ import annotations

from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.views.oneline.template import PRESETS, parse
from weather.web import query_string


def parse_format(query: bytes) -> str | None:
    """The first `format` of a query string; None without one."""
    options = query_string.parse(query)
    return next((value for name, value in options if name == "format"), None)


# Text between letters, without characters that have a meaning.
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="%&+\\"), max_size=20)
LETTERS = st.text("abcdefCDfHLMPSTZ", min_size=1, max_size=1)
ASCII = st.text("0123456789abcdefABCDEF xyz:/", max_size=20)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (b"", None),
        (b"q=format", None),
        (b"informat=3", None),
        (b"format", None),
        (b"format=", ""),
        (b"format=3", "3"),
        (b"m&format=3&u", "3"),
        (b"format=1&format=2", "1"),
        (b"0Fq&format=%l:+%c+%t\\n", "%l: %c %t\n"),
        (b"format=%l:%20%t", "%l: %t"),
        (b"format=%25l:%20%25t", "%l: %t"),
        (b"format=%t+%ffeels", "%t %ffeels"),
        (b"format=%20%ffeels", " %ffeels"),
        (b"format=%C;%t", "%C;%t"),
        (b"format=%26%3D%2B", "&=+"),
        (b"format=100%", "100%"),
        (b"format=%%t", "%%t"),
        (b"format=%t@+3h", "%t@ 3h"),
        (b"format=%t@%2B3h|%o@18%3A00", "%t@+3h|%o@18:00"),
        *(
            (query, "%{t:24h:spark}")
            for query in (
                b"format=%{t:24h:spark}",
                b"format=%%7Bt:24h:spark%7D",
                b"format=%25%7Bt%3A24h%3Aspark%7D",
            )
        ),
        (b"format=%5Cn%0A", "\n\n"),
        (b"format=%c%e2%9B%85%f0%9f%8c%99%c3%a9", "%c⛅🌙é"),
        (b"format=\xe2\x9b\x85%t", "⛅%t"),
        # Invalid UTF-8: a lead byte alone, a truncated character, an overlong form, a surrogate.
        (b"format=%c3|%e2%9b|%c0%af|%ed%a0%80", "%c3|%e2%9b|%c0%af|%ed%a0%80"),
        (b"format=\xff", "ÿ"),  # Windows-1252
    ],
)
def test_format_is_decoded(query: bytes, text: str | None) -> None:
    assert parse_format(query) == text


@given(st.lists(st.tuples(LETTERS, WORDS), max_size=5))
def test_every_encoding_decodes_to_the_same_template(parts: list[tuple[str, str]]) -> None:
    """Encoded as a form, as a URI component, and by hand with bare percent signs."""
    text = "".join(f"%{letter} {words}" for letter, words in parts)
    bare = "".join(f"%{letter}+{quote(words)}" for letter, words in parts)
    for query in (urlencode({"format": text}), f"format={quote(text)}", f"format={bare}"):
        assert parse_format(query.encode()) == text


@given(LETTERS, ASCII)
def test_a_letter_is_never_decoded_as_a_byte(letter: str, after: str) -> None:
    query = f"format=%{letter}{after.replace(' ', '+')}"
    assert parse_format(query.encode()) == f"%{letter}{after}"


@given(st.binary(max_size=80))
def test_any_bytes_decode_to_text(query: bytes) -> None:
    text = parse_format(b"format=" + query)
    assert text is not None
    assert text.encode().decode() == text


@given(WORDS)
def test_other_options_do_not_affect_the_format(words: str) -> None:
    value = quote_plus(words)
    assert parse_format(f"x={value}&format=%t&y={value}".encode()) == "%t"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        *PRESETS.items(),
        ("%t", "%t"),
        ("100%", "100%"),
        ("69", "nice"),
        *((text, "") for text in ("", "0", "5", "html", "j1", "p1", "v2", "xml")),
    ],
)
def test_presets_and_formats_are_templates(text: str, line: str) -> None:
    assert parse(text) == line
