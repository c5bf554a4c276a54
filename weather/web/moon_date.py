"""Dates as people write them after `/moon@`: 2016-12-25, 20161225, 25.12.2016, 12/25/2016,
25 Dec 2016, December 25th, 2016, each with a time or without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 40  # characters
_TIME = re.compile(r"(?:\bat\b)?[t\s_,]*\b\d{1,2}:\d{2}.*", re.DOTALL)
_PART = re.compile(r"(\d+)(?:st|nd|rd|th)?(?![a-z])|([a-z]{3,9})")


def parse(text: str) -> date | None:
    """The date of a text; None for a text that is none."""
    text = text.strip().lower()[:_LONGEST]
    try:
        return datetime.fromisoformat(text.replace("_", " ").upper()).date()
    except ValueError:
        pass
    text = _TIME.sub("", text)
    parts = [number or _month_number(word) for number, word in _PART.findall(text)]
    years = [index for index, part in enumerate(parts) if len(part) == 4]
    if len(parts) != 3 or len(years) != 1:
        return None
    year = int(parts.pop(years[0]))
    has_month_name = any(part.startswith("m") for part in parts)
    if has_month_name:
        parts.sort(key=lambda part: part.startswith("m"))  # the day comes first
        orders: Sequence[Sequence[str]] = (parts,)
    elif years[0] == 0:
        orders = (parts[::-1],)
    else:
        # With points the day is first; with others the month, where that is possible.
        orders = (parts, parts[::-1]) if "." in text else (parts[::-1], parts)
    return next(filter(None, (_date(year, *order) for order in orders)), None)


def _month_number(word: str) -> str:
    """ "m12" of "december"; "" of a word that is no month."""
    return f"m{_MONTHS.index(word[:3]) + 1}" if word[:3] in _MONTHS else ""


def _date(year: int, day: str, month: str) -> date | None:
    try:
        return date(year, int(month.removeprefix("m")), int(day))
    except ValueError:
        return None
