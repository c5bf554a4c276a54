"""The query string as bytes: order, flags, encodings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weather.views.page_address import Option
from weather.web.query_string import parse


@pytest.mark.parametrize(
    ("raw", "options"),
    [
        (b"", ()),
        (b"0pq", (("0pq", None),)),
        (b"m=", (("m", ""),)),
        (b"m&m=&m=1", (("m", None), ("m", ""), ("m", "1"))),
        (b"q=a=b", (("q", "a=b"),)),
        (b"=value", (("", "value"),)),
        (b"?m?0", (("?m?0", None),)),
        (b"a=1;b=2", (("a", "1;b=2"),)),
    ],
)
def test_a_name_without_an_equals_sign_has_no_value(raw: bytes, options: tuple[Option]) -> None:
    assert parse(raw) == options


@pytest.mark.parametrize("raw", [b"&", b"&&&", b"&a=1", b"a=1&", b"&&a=1&&"])
def test_empty_parts_are_left_out(raw: bytes) -> None:
    assert parse(raw) == ((("a", "1"),) if b"a" in raw else ())


def test_a_repeated_name_keeps_all_of_its_values_in_their_order() -> None:
    assert parse(b"q=Rome&n=1&q=Oslo&q=&q=Rome") == (
        ("q", "Rome"),
        ("n", "1"),
        ("q", "Oslo"),
        ("q", ""),
        ("q", "Rome"),
    )


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"q=Z%C3%BCrich", "Zürich"),
        (b"q=Z\xc3\xbcrich", "Zürich"),
        (b"q=Z%FCrich", "Zürich"),
        (b"q=Z\xfcrich", "Zürich"),
        (b"q=%80", "€"),
        (b"q=%81", "\x81"),
        (b"q=New+York", "New York"),
        (b"q=New%20York", "New York"),
        (b"q=New%2BYork", "New+York"),
        (b"q=Trinidad%26Tobago%3D1", "Trinidad&Tobago=1"),
        (b"q=100%", "100%"),
        (b"q=%zz%4", "%zz%4"),
        (b"q=%2541", "%41"),
    ],
)
def test_values_are_decoded_once_as_utf_8_and_else_as_windows_1252(raw: bytes, value: str) -> None:
    assert parse(raw) == (("q", value),)


def test_names_are_decoded_as_values_are() -> None:
    assert parse(b"%71=1&la%6Eg=de&a+b&%FC=2") == (
        ("q", "1"),
        ("lang", "de"),
        ("a b", None),
        ("ü", "2"),
    )


def test_one_value_that_is_not_utf_8_leaves_the_others_as_they_are() -> None:
    assert parse(b"q=Z%FCrich&lang=\xc3\xbc") == (("q", "Zürich"), ("lang", "ü"))


@pytest.mark.parametrize(
    ("raw", "format"),
    [
        (b"format=%l:+%c+%t", "%l: %c %t"),
        (b"format=%25l:%20%25c", "%l: %c"),
        (b"format=%t\\n", "%t\n"),
        (b"format=%c%C3%BC", "%cü"),
        (b"format=%t\xfc", "%tü"),
        (b"format=", ""),
        (b"format", None),
    ],
)
def test_a_format_may_hold_bare_percent_signs(raw: bytes, format: str | None) -> None:
    assert parse(raw) == (("format", format),)


@given(st.binary())
def test_any_bytes_are_options_and_none_is_invented(raw: bytes) -> None:
    assert len(parse(raw)) == sum(1 for part in raw.split(b"&") if part)
