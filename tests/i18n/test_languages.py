"""The catalogues: complete, in agreement with the code, and as gettext reads them."""

from __future__ import annotations

import gettext
import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translations import po
from translations.__main__ import COMPILED, SOURCES
from translations.messages import messages
from weather.i18n.languages import ENGLISH, LANGUAGES, Language, get_language, match_language
from weather.views.ansi import width

OTHERS = [language for language in LANGUAGES if language is not ENGLISH]
MESSAGES = messages()
EACH = pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.tag)


def catalogue(language: Language) -> dict[str, str]:
    found = po.read((SOURCES / f"{language.tag}.po").read_text(encoding="utf-8"))
    del found[""]
    return found


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


def test_messages_are_found_where_they_are_said() -> None:
    assert {"Snow grains", "Unknown location", "{what} until about {time}, {amount}."} <= set(
        MESSAGES
    )
    assert {"Sources", "Search"} <= set(MESSAGES), "those of templates too"


def test_there_are_at_least_24_languages_and_each_is_named_once() -> None:
    assert len(LANGUAGES) >= 24
    assert len({each.tag for each in LANGUAGES}) == len({each.name for each in LANGUAGES})
    assert {path.stem for path in COMPILED.glob("*.mo")} == {each.tag for each in OTHERS}


@EACH
def test_no_catalogue_misses_a_message_or_has_one_too_many(language: Language) -> None:
    found = catalogue(language)
    assert set(found) == set(MESSAGES), "python -m translations renews the catalogues"
    assert [message for message, text in found.items() if not text.strip()] == []


@EACH
def test_placeholders_and_alternatives_agree(language: Language) -> None:
    for message, text in catalogue(language).items():
        assert placeholders(text) == placeholders(message), message
        assert text.count("|") == message.count("|"), message
        assert all(part.strip() for part in text.split("|")), message


@EACH
def test_the_compiled_catalogue_is_that_of_the_source(language: Language) -> None:
    compiled = (COMPILED / f"{language.tag}.mo").read_bytes()
    source = po.read((SOURCES / f"{language.tag}.po").read_text(encoding="utf-8"))
    assert compiled == po.compiled(source), "python -m translations renews it"


@EACH
def test_the_language_speaks(language: Language) -> None:
    assert (
        language.translate("Thunderstorm") == catalogue(language)["Thunderstorm"] != "Thunderstorm"
    )
    assert language.translate("nobody says this") == "nobody says this"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_every_date_fits_above_a_box_of_the_terminal(language: Language) -> None:
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
    ("tag", "found"),
    [
        ("de-AT", "de"), ("DE", "de"), ("pt", "pt"), ("pt-BR", "pt-BR"), ("pt_br", "pt-BR"),
        ("zh", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-Hant-HK", "zh-Hant"), ("zh-SG", "zh-Hans"),
        ("no", "nb"), ("nn-NO", "nb"), ("iw", "he"), ("en-US", "en"), ("tlh", None), ("", None),
    ],
)  # fmt: skip
def test_tags(tag: str, found: str | None) -> None:
    assert (match.tag if (match := match_language(tag)) else None) == found


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1)))
def test_catalogues_survive_writing_compiling_and_reading(translations: dict[str, str]) -> None:
    clean = {m: t for m, t in translations.items() if not re.search("[\\r\\0\\x04]", m + t)}
    read = po.read(po.write("de", clean))
    assert {message: text for message, text in read.items() if message} == clean
    loaded = gettext.GNUTranslations(io.BytesIO(po.compiled(read)))
    assert all(loaded.gettext(message) == text for message, text in clean.items())


@pytest.mark.parametrize(
    "text", ['msgid "a"\nmsgid "b"', 'msgid "a"', 'msgid "a"\nmsgstr "b"\n' * 2, "x", 'msgid "a']
)
def test_a_broken_catalogue_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        po.read(text)


def test_the_guide_names_every_language() -> None:
    guide = Path(__file__).parents[2].joinpath("docs", "translating.md").read_text()
    for language in LANGUAGES:
        assert f"`{language.tag}`" in guide
