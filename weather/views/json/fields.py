"""The names of the fields of a report's JSON object, and the choice of some of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from weather.views.json.sections import AIR, CONDITIONS, DAY, EVENTS, OTHERWISE, YESTERDAY
from weather.views.json.units import UNITS

PLACE = (
    *("name", "region", "country", "country_code", "latitude", "longitude", "elevation"),
    *("timezone", "population"),
)
MOON = ("moon_phase", "moon_illumination", "moon_at")
_WEATHER = ("weather_code", "condition")
_DAY = ("date", *_WEATHER, *DAY, "sunrise", "sunset")
# Each section, with the fields of its object, or of each object of its list.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "place": (*PLACE, "distance", "found_by", "source"),
    "units": UNITS,
    "current": ("valid_at", *_WEATHER, *CONDITIONS, *MOON),
    "nowcast": ("text", "starts_at", "ends_at", "quarters"),
    "hourly": ("valid_at", *_WEATHER, *CONDITIONS),
    "daily": _DAY,
    "rest_of_today": _DAY,
    "yesterday": ("date", *YESTERDAY, "departure"),
    "disagreements": ("date", "provider", "weather_code", *OTHERWISE),
    "astronomy": ("date", *EVENTS, "daylight", *MOON),
    "air_quality": ("valid_at", *AIR),
    "climate": ("normal_temperature", "normal_precipitation", "departure", "period"),
    "alerts": (
        *("event", "severity", "starts_at", "ends_at"),
        *("headline", "description", "instruction", "language"),
    ),
    "alternatives": PLACE,
    "provenance": (
        *("provider", "model", "issued_at", "fetched_at", "age", "stale", "sample", "notice"),
        "attribution",
    ),
}
NAMES = frozenset(FIELDS) | {
    f"{section}.{name}" for section, names in FIELDS.items() for name in names
}


class Selection:
    """Some sections, whole or in part: `place`, `current.temperature`. All without names."""

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        self._names = frozenset(names)
        self._sections = frozenset(name.partition(".")[0] for name in names)

    def has(self, section: str) -> bool:
        """Whether a section is chosen, or a part of it."""
        return not self._names or section in self._sections

    def of(self, section: str) -> frozenset[str]:
        """The chosen fields of a section."""
        names = frozenset(FIELDS[section])
        if not self._names or section in self._names:
            return names
        return frozenset(name for name in names if f"{section}.{name}" in self._names)

    def cut(self, section: str, value: Any) -> Any:
        """A section's object, or its list of objects, with the chosen fields."""
        if not self._names:
            return value
        names = self.of(section)
        if isinstance(value, list):
            return [self.cut(section, item) for item in value]
        if value is None or len(names) == len(FIELDS[section]):
            return value
        return {name: item for name, item in value.items() if name in names}


@lru_cache(maxsize=256)
def selection(names: tuple[str, ...]) -> Selection:
    """The selection of the names of `fields=`."""
    return Selection(names)


def suggestion(name: str) -> str:
    """The field that a name may stand for; empty if there is none."""
    same = (field for field in sorted(NAMES) if field.rpartition(".")[2] == name)
    if field := next(same, ""):
        return field
    from difflib import get_close_matches  # noqa: PLC0415  # only errors need it

    return next(iter(get_close_matches(name, sorted(NAMES), n=1)), "")
