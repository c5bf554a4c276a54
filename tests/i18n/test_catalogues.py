"""The catalogues: complete, in agreement with the code, and readable by gettext."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import MISSING
from translations import po
from translations.__main__ import COMPILED, SOURCES
from translations.messages import messages
from weather.i18n import catalogues
from weather.i18n.languages import ENGLISH, LANGUAGES, Language, get_language

TRANSLATED = [language for language in LANGUAGES if language is not ENGLISH]
MESSAGES = messages()
each_translated = pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.tag)


def catalogue(language: Language) -> dict[str, str]:
    """The translations of the source file by message, without the header."""
    entries = po.read((SOURCES / f"{language.tag}.po").read_text(encoding="utf-8"))
    del entries[""]
    return entries


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


def test_messages_are_collected_from_code_and_templates() -> None:
    assert {"Snow grains", "Unknown location", "{what} until about {time}, {amount}."} <= set(
        MESSAGES
    )
    assert {"Sources", "Search"} <= set(MESSAGES), "those of templates too"
    assert "{what} tomorrow from about {time}, {amount} by {end}." in MESSAGES, "of conditions too"


def test_every_language_but_english_has_a_compiled_catalogue() -> None:
    assert {path.stem for path in COMPILED.glob("*.mo")} == {each.tag for each in TRANSLATED}


@each_translated
def test_a_catalogue_has_every_message_and_no_other(language: Language) -> None:
    entries = catalogue(language)
    assert set(entries) == set(MESSAGES), "python -m translations renews the catalogues"
    assert [message for message, text in entries.items() if not text.strip()] == []


@each_translated
def test_placeholders_and_alternatives_agree(language: Language) -> None:
    for message, text in catalogue(language).items():
        assert placeholders(text) == placeholders(message), message
        assert text.count("|") == message.count("|"), message
        assert all(part.strip() for part in text.split("|")), message


@each_translated
def test_the_compiled_catalogue_is_that_of_the_source(language: Language) -> None:
    compiled = (COMPILED / f"{language.tag}.mo").read_bytes()
    source = po.read((SOURCES / f"{language.tag}.po").read_text(encoding="utf-8"))
    assert compiled == po.compiled(source), "python -m translations renews it"


@each_translated
def test_a_language_translates_its_messages_and_leaves_others(language: Language) -> None:
    translation = language.translate("Thunderstorm")
    assert translation == catalogue(language)["Thunderstorm"] != "Thunderstorm"
    assert language.translate("not a message") == "not a message"
    MISSING.messages.clear()  # it was meant to be one


@pytest.fixture
def _package_reader() -> Iterator[None]:
    yield
    catalogues.install_reader(catalogues.read_package_file)


@pytest.mark.usefixtures("_package_reader")
def test_an_installed_reader_replaces_the_package_files() -> None:
    german = get_language("de")
    assert german.translate("Thunderstorm") == catalogue(german)["Thunderstorm"]
    catalogues.install_reader({"de": po.compiled({"Thunderstorm": "Donner"})}.__getitem__)
    assert german.translate("Thunderstorm") == "Donner"
    assert ENGLISH.translate("Thunderstorm") == "Thunderstorm"


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
def test_a_malformed_catalogue_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        po.read(text)
