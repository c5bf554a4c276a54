"""The visitor's saved preferences: units, clock, language and favourite places, in one cookie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from weather.core.dataclass import dataclass
from weather.core.measurement_systems import combined_units
from weather.i18n import languages

# The name of the first release: another one would lose the preferences that visitors have saved.
COOKIE = "kept"
LIFETIME = 400 * 86400  # seconds; the maximum that browsers accept
_MAX_PLACES = 8
_MAX_PLACE_LENGTH = 120  # characters
_CLOCKS = frozenset({"", "12", "24"})


@dataclass(frozen=True, slots=True)
class SavedPreferences:
    """`units`, `lang` and `clock` are as in a URL, empty if not set; `places` are search
    queries."""

    units: str = ""
    lang: str = ""
    places: tuple[str, ...] = ()
    clock: str = ""

    @classmethod
    def parse(cls, cookie: str) -> SavedPreferences:
        """The preferences in a cookie; invalid fields are ignored."""
        return cls().changed(parse_qsl(cookie[:4000], errors="ignore", max_num_fields=None))

    def changed(self, fields: Iterable[tuple[str, str]]) -> SavedPreferences:
        """The preferences with form fields applied; invalid fields are ignored.

        `keep` adds a place and `forget` removes one; the oldest places above 8 are dropped.
        All fields `units` together choose the units.
        """
        preferences, fields = self, list(fields)
        units = [value for name, value in fields if name == "units"]
        if units and (combined := combined_units(units)) is not None:
            preferences = replace(self, units=combined)
        for name, value in fields:
            preferences = preferences._with_field(name, value)
        return preferences

    def _with_field(self, name: str, value: str) -> SavedPreferences:
        match name:
            case "clock" if value in _CLOCKS:
                return replace(self, clock=value)
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
        """The saved units, language and clock, as defaults for a URL's options."""
        options = {"units": self.units, "lang": self.lang, "clock": self.clock}
        return {name: value for name, value in options.items() if value}
