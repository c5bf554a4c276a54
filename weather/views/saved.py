"""What a browser keeps for its visitor: units, language and favourite places, in one cookie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from weather.i18n import languages

COOKIE = "kept"
LIFETIME = 400 * 86400  # seconds; browsers allow no more
_PLACES = 8
_LONGEST = 120  # characters of a place's name
_UNITS = {"metric", "imperial", "ms"}


@dataclass(frozen=True, slots=True)
class SavedPreferences:
    """`units` and `lang` are as in a URL, empty for nothing said; `places` are searches."""

    units: str = ""
    lang: str = ""
    places: tuple[str, ...] = ()

    @classmethod
    def parse(cls, cookie: str) -> SavedPreferences:
        """What the cookie says; what it cannot have said is left out."""
        return cls().changed(parse_qsl(cookie[:4000], errors="ignore", max_num_fields=None))

    def changed(self, wishes: Iterable[tuple[str, str]]) -> SavedPreferences:
        """With the units, the language, and the places kept or forgotten, that somebody sent."""
        kept = self
        for name, value in wishes:
            kept = kept._with(name, value)
        return kept

    def _with(self, name: str, value: str) -> SavedPreferences:
        match name:
            case "units" if value in _UNITS:
                return replace(self, units=value)
            case "lang" if found := languages.match_language(value):
                return replace(self, lang=found.tag)
            case "keep" if 0 < len(value) <= _LONGEST and value.isprintable():
                others = tuple(place for place in self.places if place != value)
                return replace(self, places=(*others, value)[-_PLACES:])
            case "forget":
                return replace(self, places=tuple(p for p in self.places if p != value))
        return self

    def __str__(self) -> str:
        """The cookie's text."""
        places = [("keep", place) for place in self.places]
        return urlencode([*self.options().items(), *places])

    def options(self) -> Mapping[str, str]:
        """Options that stand in for those which a URL does not have."""
        said = {"units": self.units, "lang": self.lang}
        return {name: value for name, value in said.items() if value}
