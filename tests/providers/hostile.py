"""Payloads that no provider should send, and what no result may hold."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

TEXTS: dict[str, str] = {
    "half a surrogate pair": "Par\ud83dis",
    "the other half": "\udc00",
    "NUL": "Par\0is",
    "terminal escapes": "\x1b[2J\x1b]0;title\x07\x9b31mParis",
    "line breaks": "Paris\r\nSet-Cookie: a=b\n\nx\x0b\x0c\x85\u2028\u2029y",
    "direction overrides": "\u202eParis\u202d\u202a\u202b\u202c\u061c\u200e\u200f",
    "direction isolates": "\u2066\u2067\u2068Paris\u2069",
    "zero-width": "P\u200ba\u200br\u2060i\ufeffs\u00ad\u200d\u200c",
    "joiners alone": "\u200d\u200c" * 50,
    "blanks alone": " \u00a0\u3000\u2003\t ",
    "tags": "Paris\U000e0041\U000e0042\U000e007f",
    "private use": "\ue000Paris\U0010fffd",
    "noncharacters": "Paris\ufffe\uffff\U0001fffe\ufdd0",
    "annotations": "\ufff9Paris\ufffa\ufffb",
    "marks without end": "P" + "\u0301" * 5000 + "aris" + "\u0e49" * 5000,
    "long": "Paris" * 180_000,
    "long, of astral letters": "𝒫" * 50_000,
    "long, of letters with marks": "e\u0301\u0323" * 30_000,
    "long, of joined emoji": "👩\u200d👩\u200d👧" * 15_000,
    "long, of blanks": "P" + " " * 200_000 + "aris",
    "a script": "<script>alert(1)</script>",
    "an attribute": '" onmouseover="alert(1)" x=\'',
    "a template": "{{ 7*7 }}{% raw %}${7*7}",
    "an address": "javascript:alert(1)",
    "a path": "../../../../etc/passwd",
}
VALUES: dict[str, str] = {  # as JSON
    "true": "true",
    "null": "null",
    "a list": "[1]",
    "nested lists": "[[[[[]]]]]",
    "an object": '{"a": 1}',
    "not a number": "NaN",
    "infinity": "-Infinity",
    "1e300": "1e300",
    "beyond a float": "1e999",
    "4,000 digits": "9" * 4000,
    "5,000 digits": "9" * 5000,
    "minus 4,000 digits": "-" + "9" * 4000,
    "a number as text": '"1e300"',
    "infinity as text": '"Infinity"',
    "an underscore": '"1_0"',
    "other digits": '"١٢"',
    "a date of year 9999": '"9999-12-31T23:59:59Z"',
    "a date of year 1": '"0001-01-01T00:00:00+14:00"',
    "deep lists": "[" * 900 + "]" * 900,
    "deeper lists": "[" * 50_000 + "]" * 50_000,
    "duplicate keys": '{"a": 1, "a": [], "a": {"a": 2, "a": "3"}}',
}
LARGEST = 1 << 20  # bytes of a response that are read


def strings(value: Any) -> Iterator[str]:
    """All texts in a result."""
    for item in _walk(value):
        if isinstance(item, str):
            yield item


def assert_harmless(value: Any) -> None:
    """Every text is visible and short, every number finite, every time plausible, every list
    short."""
    for item in _walk(value):
        if isinstance(item, str):
            assert not item or item.strip()
            assert_plain(item or "-")
        elif isinstance(item, float):
            assert math.isfinite(item)
            assert abs(item) < 1e11
        elif isinstance(item, int):
            assert abs(item) <= 10**11
        elif isinstance(item, datetime):
            assert 1970 <= item.year <= 2200
            assert item.tzinfo is not None
        elif isinstance(item, tuple):
            assert len(item) <= 600


def assert_plain(text: str, longest: int = 6000) -> None:
    assert 0 < len(text) <= longest, len(text)
    text.encode("utf-8")
    joiners = text.count("\u200c") + text.count("\u200d")
    assert joiners <= len(text) / 2
    for character in text.replace("\n", "").replace("\u200c", "").replace("\u200d", ""):
        category = unicodedata.category(character)
        assert category not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}, f"U+{ord(character):04X}"
        assert ord(character) & 0xFFFE != 0xFFFE
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        assert marks <= 6


def _walk(value: Any) -> Iterator[Any]:
    yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from _walk(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _walk(item)


def body(payload: Any, path: tuple[Any, ...], token: str) -> str:
    """The payload as JSON with the token at a path."""
    marker = "\ufdd1"
    text = json.dumps(_replaced(payload, path, marker))
    return text.replace(json.dumps(marker), token)


def _replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy: Any = value.copy()
    copy[path[0]] = _replaced(value[path[0]], path[1:], new)
    return copy


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The path of each value that is no object and no list, of a list those of its first."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        if value:
            yield from leaves(value[0], (*path, 0))
    else:
        yield path, value


def lists(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], list[Any]]]:
    """The path of each list that is not empty."""
    if isinstance(value, list) and value:
        yield path, value
        yield from lists(value[0], (*path, 0))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from lists(item, (*path, key))
