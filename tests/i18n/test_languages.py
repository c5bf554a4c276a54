"""The languages: their tags, and how they write numbers and dates."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from weather.i18n.languages import ENGLISH, LANGUAGES, Language, get_language, match_language
from weather.views.ansi import width


def test_there_are_at_least_24_languages_with_distinct_names() -> None:
    assert len(LANGUAGES) >= 24
    assert len({each.tag for each in LANGUAGES}) == len({each.name for each in LANGUAGES})


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_every_date_fits_into_13_columns(language: Language) -> None:
    """The width above a box of the terminal's forecast."""
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    longest = max((language.date(day, padded=True) for day in days), key=width)
    assert width(longest) <= 13, longest


def test_dates_and_numbers() -> None:
    day = date(2026, 5, 5)
    assert ENGLISH.date(day) == "Tue 5 May"
    assert ENGLISH.date(day, padded=True) == "Tue 05 May"
    assert get_language("de").date(day, long=True) == "Dienstag, 5. Mai"
    assert get_language("ja").date(day) == "5月5日(火)"
    assert get_language("fr").number("0.5") == "0,5"
    assert ENGLISH.number("0.5") == "0.5"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("de-AT", "de"), ("DE", "de"), ("pt", "pt"), ("pt-BR", "pt-BR"), ("pt_br", "pt-BR"),
        ("zh", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-Hant-HK", "zh-Hant"), ("zh-SG", "zh-Hans"),
        ("no", "nb"), ("nn-NO", "nb"), ("iw", "he"), ("en-US", "en"), ("tlh", None), ("", None),
    ],
)  # fmt: skip
def test_a_tag_matches_the_nearest_language(tag: str, expected: str | None) -> None:
    assert (match.tag if (match := match_language(tag)) else None) == expected


def test_the_guide_names_every_language() -> None:
    guide = Path(__file__).parents[2].joinpath("docs", "translating.md").read_text()
    for language in LANGUAGES:
        assert f"`{language.tag}`" in guide
