from __future__ import annotations

from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.views.oneline.template import PRESETS, parse
from weather.web import query_string


def asked(query: bytes) -> str | None:
    """The first `format` of a query string."""
    options = query_string.parse(query)
    return next((value for name, value in options if name == "format"), None)


# What a visitor may write between letters: no sign that has a meaning of its own.
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
        (b"format=%5Cn%0A", "\n\n"),
        (b"format=%c%e2%9B%85%f0%9f%8c%99%c3%a9", "%c⛅🌙é"),
        (b"format=\xe2\x9b\x85%t", "⛅%t"),
        # No UTF-8: half a character, one cut short, too long a form, half a surrogate pair.
        (b"format=%c3|%e2%9b|%c0%af|%ed%a0%80", "%c3|%e2%9b|%c0%af|%ed%a0%80"),
        (b"format=\xff", "\ufffd"),
    ],
)
def test_asked(query: bytes, text: str | None) -> None:
    assert asked(query) == text


@given(st.lists(st.tuples(LETTERS, WORDS), max_size=5))
def test_encoded_in_any_way_it_is_the_same(parts: list[tuple[str, str]]) -> None:
    """By a client that encodes all, one that encodes blanks its own way, and a human."""
    text = "".join(f"%{letter} {words}" for letter, words in parts)
    human = "".join(f"%{letter}+{quote(words)}" for letter, words in parts)
    for query in (urlencode({"format": text}), f"format={quote(text)}", f"format={human}"):
        assert asked(query.encode()) == text


@given(LETTERS, ASCII)
def test_no_letter_is_ever_taken_for_a_byte(letter: str, after: str) -> None:
    query = f"format=%{letter}{after.replace(' ', '+')}"
    assert asked(query.encode()) == f"%{letter}{after}"


@given(st.binary(max_size=80))
def test_anything_is_some_text(query: bytes) -> None:
    text = asked(b"format=" + query)
    assert text is not None
    assert text.encode().decode() == text


@given(WORDS)
def test_other_options_change_nothing(words: str) -> None:
    value = quote_plus(words)
    assert asked(f"x={value}&format=%t&y={value}".encode()) == "%t"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        *PRESETS.items(),
        ("%t", "%t"),
        ("100%", "100%"),
        *((text, "") for text in ("", "0", "5", "69", "html", "j1", "p1", "v2", "xml")),
    ],
)
def test_template(text: str, line: str) -> None:
    assert parse(text) == line
