"""Terminal text: display width, padding and control characters."""

from __future__ import annotations

import pytest

from weather.views.ansi import colorize, pad_or_truncate, strip_controls, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("9 °C", 4),
        ("– | 40%", 7),
        ("東京", 4),
        ("ｱ", 1),
        ("cafe\u0301", 4),
        ("a\u200db", 2),
        ("☀", 1),
        ("☀\ufe0f", 2),
        ("⛅", 2),
        ("⛅\ufe0f", 2),
        ("🌫", 1),
        ("🌫\ufe0f", 2),
        ("1\ufe0f\u20e3", 2),
        ("👍🏽", 2),
        ("👩\u200d🌾", 2),
        ("👁\ufe0f\u200d🗨\ufe0f", 2),
        ("👩\u200d🌾x", 3),
        ("🇳🇴", 2),
        ("\ufe0f", 0),
        (colorize("12", 208) + " km/h", 7),
    ],
)
def test_display_width(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("abc", 5, "abc  "),
        ("abcde", 5, "abcde"),
        ("abcdef", 5, "abcd…"),
        ("東京都", 5, "東京…"),
        ("東京都", 4, "東… "),
        (colorize("12", 208), 3, "\x1b[38;5;208m12\x1b[0m "),
        (colorize("123456", 208), 4, "123…"),
    ],
)
def test_text_is_padded_or_truncated_to_its_columns(text: str, columns: int, expected: str) -> None:
    assert pad_or_truncate(text, columns) == expected
    assert width(pad_or_truncate(text, columns)) == columns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("\x1b]0;title\x07x", "]0;titlex"),
        ("\x00\x7f\x85\x9f", ""),
        ("a\u202eb\u2067c\u200fd", "abcd"),
        ("line\u2028paragraph\u2029", "lineparagraph"),
        ("\udcff", ""),
        ("क्\u200dष 東京 é", "क्\u200dष 東京 é"),
    ],
)
def test_control_characters_are_removed(text: str, expected: str) -> None:
    assert strip_controls(text) == expected
