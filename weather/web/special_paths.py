"""Paths that are no place: `/moon`, `/Moon@2026-12-25`, `/:help` and those that are refused, as
wttr.in has them."""

from __future__ import annotations

import re
from datetime import date

from weather.core.dataclass import dataclass
from weather.core.ip_address import parse_address
from weather.web import moon_date

_MOON = re.compile(r"moon(?:@(?P<date>.*))?", re.IGNORECASE | re.DOTALL)
# A placeholder of broken clients, and what browsers of telephones ask every site for.
_REFUSED = re.compile(r"NOT_FOUND|apple-touch-icon.*\.png", re.IGNORECASE)
# astral's positions hold for these years.
FIRST_MOON, LAST_MOON = date(1900, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class MoonPath:
    """The moon of a date; of now without one. `is_beyond`: the date is one for which no moon can be
    computed."""

    date: date | None = None
    is_beyond: bool = False


@dataclass(frozen=True, slots=True)
class HelpPath:
    """A page of the manual, by its name without the colon."""

    name: str


@dataclass(frozen=True, slots=True)
class RefusedPath:
    """A file or place that is none, and that clients request all the same."""


SpecialPath = MoonPath | HelpPath | RefusedPath


def parse(where: str) -> SpecialPath | None:
    """The special path that a text is; None for a place. A date that does not exist is today, as
    it is for wttr.in."""
    if where.startswith(":") and not parse_address(where):  # "::1" is an address
        return HelpPath(where[1:].lower())
    if _REFUSED.fullmatch(where):
        return RefusedPath()
    match = _MOON.fullmatch(where)
    return _moon(match["date"] or "") if match else None


def _moon(text: str) -> MoonPath:
    day = moon_date.parse(text)
    if day and not FIRST_MOON <= day <= LAST_MOON:
        return MoonPath(is_beyond=True)
    return MoonPath(day)
