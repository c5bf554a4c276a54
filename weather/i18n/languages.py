"""The languages that views speak: gettext's catalogues, and how numbers and dates are written.

English is the language of the messages themselves and needs no catalogue. The catalogues are
made from `translations/`, and read when somebody first asks for their language.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from io import BytesIO


@dataclass(frozen=True, slots=True)
class Language:
    """`say` translates a message, one that holds alternatives with `|` between included."""

    tag: str  # BCP 47
    name: str  # in the language itself
    decimal: str = ","
    rtl: bool = False  # written from right to left

    def translate(self, message: str, /, **values: object) -> str:
        text = _catalogue(self.tag).gettext(message)
        return text.format(**values) if values else text

    def choice(self, messages: str, index: int) -> str:
        return self.translate(messages).split("|")[index]

    def number(self, text: str) -> str:
        """A number as Python writes it, with the language's decimal separator."""
        return text.replace(".", self.decimal)

    def date(self, day: date, *, long: bool = False, padded: bool = False) -> str:
        """ "Fri 15 May"; `long` has the weekday in full, `padded` two digits for every day."""
        weekdays = (
            self.translate("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday")
            if long
            else self.translate("Mon|Tue|Wed|Thu|Fri|Sat|Sun")
        )
        months = self.translate("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
        return self.translate(
            "{weekday} {day} {month}",
            weekday=weekdays.split("|")[day.weekday()],
            day=f"{day.day:02}" if padded else day.day,
            month=months.split("|")[day.month - 1],
        )


ENGLISH = Language("en", "English", ".")
LANGUAGES = (
    Language("ar", "العربية", ".", rtl=True),
    Language("cs", "Čeština"),
    Language("da", "Dansk"),
    Language("de", "Deutsch"),
    Language("el", "Ελληνικά"),
    ENGLISH,
    Language("es", "Español"),
    Language("fi", "Suomi"),
    Language("fr", "Français"),
    Language("he", "עברית", ".", rtl=True),
    Language("hi", "हिन्दी", "."),
    Language("hu", "Magyar"),
    Language("it", "Italiano"),
    Language("ja", "日本語", "."),
    Language("ko", "한국어", "."),
    Language("nb", "Norsk bokmål"),
    Language("nl", "Nederlands"),
    Language("pl", "Polski"),
    Language("pt", "Português"),
    Language("pt-BR", "Português (Brasil)"),
    Language("ro", "Română"),
    Language("ru", "Русский"),
    Language("sv", "Svenska"),
    Language("tr", "Türkçe"),
    Language("uk", "Українська"),
    Language("zh-Hans", "简体中文", "."),
    Language("zh-Hant", "繁體中文", "."),
)
_BY_TAG = {language.tag.lower(): language for language in LANGUAGES}
# Tags of the same language, and older ones that are still sent.
_ALIASES = {"no": "nb", "nn": "nb", "iw": "he"}
_TRADITIONAL = {"hant", "tw", "hk", "mo"}


def match_language(tag: str) -> Language | None:
    """The language for a BCP 47 tag, or None if it has no catalogue."""
    parts = tag.replace("_", "-").lower().split("-")
    if parts[0] == "zh":
        return _BY_TAG["zh-hant" if _TRADITIONAL & set(parts) else "zh-hans"]
    base = _ALIASES.get(parts[0], parts[0])
    return _BY_TAG.get("-".join([base, *parts[1:2]])) or _BY_TAG.get(base)


def get_language(tag: str) -> Language:
    """The language for a BCP 47 tag; English if it has no catalogue."""
    return match_language(tag) or ENGLISH


@cache
def _catalogue(tag: str) -> gettext.NullTranslations:
    if tag == ENGLISH.tag:
        return gettext.NullTranslations()
    return gettext.GNUTranslations(BytesIO(read_catalogue(tag)))


def read_catalogue(tag: str) -> bytes:
    return resources.files("weather.i18n").joinpath("locale", f"{tag}.mo").read_bytes()
