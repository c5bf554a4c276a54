from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.providers import hostile
from weather.core.plain_text import line, paragraphs

ANY = st.text(st.characters(), max_size=200)  # surrogates and controls too


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zürich", "Zürich"),
        ("  Paris \u00a0 Texas ", "Paris Texas"),
        ("Par\0is", "Paris"),
        ("Par\ud83dis", "Paris"),
        ("\u202eParis\u2069", "Paris"),
        ("P\u200ba\u200dr\u00adis\ufeff", "Paris"),
        ("Paris\r\nTexas\u2028US", "Paris Texas US"),
        ("\x1b[31mParis", "[31mParis"),
        ("نوشهر\u200cها", "نوشهر\u200cها"),
        ("نوشهر\u200c\u200c\u200dها\u200d", "نوشهر\u200dها"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("<b>Paris</b> & Co", "<b>Paris</b> & Co"),
        ("\u200b \u2066\u2069", None),
        ("", None),
        ("e" + "\u0301" * 9, "e" + "\u0301" * 6),
        ("हिन्दी ไทย 東京 עִבְרִית", "हिन्दी ไทย 東京 עִבְרִית"),
    ],
)
def test_a_line_holds_what_is_visible(text: str, expected: str | None) -> None:
    assert line(text, 100) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Llanfair", "Llan…"),
        ("Llanf", "Llanf"),
        ("Llane\u0301x", "Llan…"),  # the accent would be lost
        ("Lla 👩\u200d👧", "Lla…"),
        ("Llan fair", "Llan…"),
    ],
)
def test_a_line_is_cut_between_letters(text: str, expected: str) -> None:
    assert line(text, 5) == expected


def test_paragraphs_have_their_line_breaks() -> None:
    text = "* WHAT...\tHeat\r\n  up to\u202e 40\r\r\n\n\n\n* WHEN\u2029now \n"
    assert paragraphs(text, 100) == "* WHAT... Heat\n  up to 40\n\n* WHEN\nnow"
    assert paragraphs("\n\u200b\n", 100) is None


@settings(deadline=None)
@given(ANY, st.integers(2, 250))
def test_whatever_comes_is_plain_and_remains_so(text: str, longest: int) -> None:
    for clean in (line, paragraphs):
        once = clean(text, longest)
        if once is not None:
            hostile.assert_plain(once, longest)
            assert clean(once, longest) == once


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_hostile_texts_are_plain(name: str) -> None:
    for clean in (line, paragraphs):
        text = clean(hostile.TEXTS[name], 100)
        if text is not None:
            hostile.assert_plain(text, 100)
