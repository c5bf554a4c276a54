"""The visitor's saved preferences: units, language and favourite places, in one cookie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from weather.core.measurement_systems import Units
from weather.i18n import languages

# The name of the first release: another one would lose the preferences that visitors have saved.
COOKIE = "kept"
LIFETIME = 400 * 86400  # seconds; the maximum that browsers accept
_MAX_PLACES = 8
_MAX_PLACE_LENGTH = 120  # characters
_UNITS = {*Units, "ms"}


@dataclass(frozen=True, slots=True)
class SavedPreferences:
    """`units` and `lang` are as in a URL, empty if not set; `places` are search queries."""

    units: str = ""
    lang: str = ""
    places: tuple[str, ...] = ()

    @classmethod
    def parse(cls, cookie: str) -> SavedPreferences:
        """The preferences in a cookie; invalid fields are ignored."""
        return cls().changed(parse_qsl(cookie[:4000], errors="ignore", max_num_fields=None))

    def changed(self, fields: Iterable[tuple[str, str]]) -> SavedPreferences:
        """The preferences with form fields applied; invalid fields are ignored.

        `keep` adds a place and `forget` removes one; the oldest places above 8 are dropped.
        """
        preferences = self
        for name, value in fields:
            preferences = preferences._with_field(name, value)
        return preferences

    def _with_field(self, name: str, value: str) -> SavedPreferences:
        match name:
            case "units" if value in _UNITS:
                return replace(self, units=value)
            case "lang" if language := languages.match_language(value):
                return replace(self, lang=language.tag)
            case "keep" if 0 < len(value) <= _MAX_PLACE_LENGTH and value.isprintable():
                places = (*self._places_without(value), value)
                return replace(self, places=places[-_MAX_PLACES:])
            case "forget":
                return replace(self, places=self._places_without(value))
        return self

    def _places_without(self, removed: str) -> tuple[str, ...]:
        return tuple(place for place in self.places if place != removed)

    def __str__(self) -> str:
        """The value of the cookie."""
        places = [("keep", place) for place in self.places]
        return urlencode([*self.options().items(), *places])

    def options(self) -> Mapping[str, str]:
        """The saved units and language, as defaults for a URL's options."""
        options = {"units": self.units, "lang": self.lang}
        return {name: value for name, value in options.items() if value}
