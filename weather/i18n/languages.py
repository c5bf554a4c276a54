"""The languages of the views: their tags and names, and how they write numbers and dates."""

from __future__ import annotations

from datetime import date

from weather.core.dataclass import dataclass
from weather.i18n.catalogues import SOURCE_LANGUAGE, load_catalogue, split_message


@dataclass(frozen=True, slots=True)
class Language:
    """A language that has a catalogue, or English, the language of the messages."""

    tag: str  # BCP 47
    name: str  # in the language itself
    decimal: str = ","  # the decimal separator
    rtl: bool = False  # written from right to left

    def translate(self, message: str, /, **values: object) -> str:
        """The translation, or the message itself if there is none; `values` replace its
        `{placeholders}`."""
        text = load_catalogue(self.tag).gettext(message)
        return text.format(**values) if values else text

    def choice(self, messages: str, index: int) -> str:
        """One translation of a message that holds several, separated by `|`."""
        return split_message(self.tag, messages)[index]

    def number(self, text: str) -> str:
        """`text`, a number in Python's notation, with the language's decimal separator."""
        return text.replace(".", self.decimal)

    def date(self, day: date, *, long: bool = False, padded: bool = False) -> str:
        """ "Fri 15 May": the full weekday if `long`, a day of two digits if `padded`."""
        weekday = (
            self.choice("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday", day.weekday())
            if long
            else self.choice("Mon|Tue|Wed|Thu|Fri|Sat|Sun", day.weekday())
        )
        month = self.choice("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec", day.month - 1)
        return self.translate(
            "{weekday} {day} {month}",
            weekday=weekday,
            day=f"{day.day:02}" if padded else day.day,
            month=month,
        )


ENGLISH = Language(SOURCE_LANGUAGE, "English", ".")
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
# Norwegian is sent as "no" or as Nynorsk, Hebrew by its tag of before 1989.
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
