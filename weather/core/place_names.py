"""How people write the names of places: postcodes beside them, abbreviations, and Saint or St."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Digits, with the country's letters before ("D-80331") or another group behind ("02139-4307",
# "100-0001", "113 49"); those of the Netherlands ("1011 AB"), Britain ("SW1A 1AA"), Canada
# ("M5V 2T6") and Ireland ("D01 F5P2"), of the last three also the first group alone.
_POSTCODE = re.compile(
    r"(?:[A-Z]{1,3}-)?[0-9]{3,7}(?:-[0-9]{3,4})?"
    r"|[0-9]{2}-[0-9]{3}"
    r"|[0-9]{3} [0-9]{2}"
    r"|[0-9]{4} ?[A-Z]{2}"
    r"|[A-Z]{1,2}[0-9][A-Z0-9]?(?: ?[0-9][A-Z]{2})?"
    r"|[A-Z][0-9][A-Z](?: ?[0-9][A-Z][0-9])?"
    r"|[A-Z][0-9]{2} ?[A-Z0-9]{4}",
    re.IGNORECASE,
)
_COUNTRY_LETTERS = re.compile("^[A-Z]{1,3}-", re.IGNORECASE)
_SPELLINGS = (("St.", "Saint"), ("Ste.", "Sainte"), ("Mount", "Mt."), ("Fort", "Ft."))
_BY_WORD = {form.lower().rstrip("."): forms for forms in _SPELLINGS for form in forms}
_ABBREVIATED = re.compile(r"\b(st|ste|mt|ft)\.(?=\w)", re.IGNORECASE)

# Usual abbreviations that are neither names nor codes of airports there: the name, and its region
# or country.
ABBREVIATIONS = {
    "nyc": ("New York", "NY", "US"),
    "ny": ("New York", "NY", "US"),
    "la": ("Los Angeles", "CA", "US"),
    "sf": ("San Francisco", "CA", "US"),
    "dc": ("Washington", "DC", "US"),
    "philly": ("Philadelphia", "PA", "US"),
    "vegas": ("Las Vegas", "NV", "US"),
    "hk": ("Hong Kong", "HK"),
    "kl": ("Kuala Lumpur", "MY"),
    "cdmx": ("Mexico City", "MX"),
    "joburg": ("Johannesburg", "ZA"),
    "spb": ("Saint Petersburg", "RU"),
    "msk": ("Moscow", "RU"),
    "мск": ("Moscow", "RU"),
    "спб": ("Saint Petersburg", "RU"),
    "питер": ("Saint Petersburg", "RU"),
    "екб": ("Yekaterinburg", "RU"),
    "нск": ("Novosibirsk", "RU"),
    "nola": ("New Orleans", "LA", "US"),
    "bsas": ("Buenos Aires", "AR"),
    "caba": ("Buenos Aires", "AR"),
    "hcmc": ("Ho Chi Minh City", "VN"),
}


def is_postcode(text: str) -> bool:
    return _POSTCODE.fullmatch(text) is not None


def local_postcode(postcode: str) -> str:
    """A postcode without its country's letters: "D-80331" is "80331"."""
    return _COUNTRY_LETTERS.sub("", postcode)


def postcode_forms(postcode: str) -> frozenset[str]:
    """A postcode as it is written, without its country's letters, and its first group alone, which
    is all that gazetteers have of some countries'."""
    local = local_postcode(postcode).upper()
    first = re.split("[ -]", local)[0]
    return frozenset((postcode.upper(), local, first if len(first) > 2 else local))


def split_postcode(text: str) -> tuple[str, str]:
    """A text without the postcode at its end or begin, and that postcode: "IL 60601" is "IL" and
    "60601". The postcode is empty if there is none, or nothing else than it."""
    words = text.split()
    for count in (2, 1):
        for code, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            if _has_letter(rest) and is_postcode(" ".join(code)):
                return " ".join(rest), " ".join(code)
    return text, ""


def expanded(name: str) -> tuple[str, ...]:
    """The name and the areas that a usual abbreviation stands for: "NYC" is New York, NY, US.
    Empty for another name."""
    return ABBREVIATIONS.get(name.replace(".", "").replace("'", "").casefold(), ())


def is_title(text: str) -> bool:
    """Whether it is Saint or such a word alone, which is no name: "St" of "St Paul"."""
    return text.casefold().rstrip(".") in _BY_WORD


def spellings(name: str) -> Iterator[str]:
    """Other spellings of a name of several words: "Saint Louis" is also "St. Louis", "St Johns"
    also "St. John's", and "Baden Baden" also "Baden-Baden"."""
    words = _ABBREVIATED.sub(r"\1. ", name).split()
    if len(words) == 1:
        return
    for position, word in enumerate(words):
        for form in _BY_WORD.get(word.lower().rstrip("."), ()):
            rest = " ".join(words[position + 1 :])
            spelling = " ".join((*words[:position], form, rest))
            if form == "St." and rest.endswith("s") and rest[-2:-1].isalpha():
                yield f"{spelling[:-1]}'s"
            if spelling.casefold() != name.casefold():
                yield spelling
    if "-" not in name:
        yield "-".join(words)


def _has_letter(words: list[str]) -> bool:
    return any(character.isalpha() for word in words for character in word)
