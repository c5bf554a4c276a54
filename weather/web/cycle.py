"""Lists of places of which a request shows one after the other: `/London:Paris:Oslo?period=60`.

The place changes with the clock, so that all clients see the same one: that of the period's number
since 1970, modulo the length of the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from weather.core.dataclass import dataclass
from weather.core.errors import InvalidLocation
from weather.places import query as places
from weather.places.links import parse_link
from weather.places.query import CodeQuery, NameQuery
from weather.views import ansi
from weather.web import special_paths

Header = tuple[str, str]

_MOST = 50  # places of a list
_LONGEST_PERIOD = 604_800  # seconds: a week


@dataclass(frozen=True, slots=True)
class Turn:
    """A place of a list, the width of the longest one in columns, and until when it is shown."""

    where: str
    width: int
    until: datetime


def turn(where: str, period: str, now: datetime) -> Turn | None:
    """The place that a list shows now; None for a text that is no list. A period is a number of
    seconds, 1 where it is impossible."""
    names = split(where)
    if not names:
        return None
    seconds = _seconds(period)
    number = int(now.timestamp() // seconds)
    until = datetime.fromtimestamp((number + 1) * seconds, UTC)
    return Turn(names[number % len(names)], _width(names), until)


@lru_cache(maxsize=256)
def split(where: str) -> tuple[str, ...]:
    """The places of a list; empty for a text that is none. Colons are also in coordinates, in
    IPv6 addresses and in links."""
    text = where.strip()
    if ":" not in text or "::" in text or "://" in text:
        return ()
    if text.lower().startswith((":", "geo:")) or special_paths.parse(text) or not _is_list(text):
        return ()
    return tuple(name for name in text.split(":") if name.strip(" +_"))[:_MOST]


def _is_list(text: str) -> bool:
    """Whether a text is a name as a whole, or is no place as a whole but all its parts are."""
    try:
        whole = None if parse_link(text) else places.parse(text)
    except InvalidLocation:
        return all(map(_is_place, text.split(":")))
    return isinstance(whole, NameQuery | CodeQuery)


def _is_place(text: str) -> bool:
    try:
        places.parse(text)
    except InvalidLocation:
        return False
    return True


def justified(text: str, width: int) -> str:
    """The text, right-justified to columns of a terminal."""
    return " " * (width - ansi.width(text)) + text if text else text


def limited(headers: Iterable[Header], until: datetime, now: datetime) -> list[Header]:
    """The headers of a response that is true until a moment: of its age in caches, not of that
    of the forecast."""
    seconds = max(int((until - now).total_seconds()), 0)
    return [
        (name, _limited(value, seconds) if name == "Cache-Control" else value)
        for name, value in headers
        if name != "Age"
    ]


def _limited(cache_control: str, seconds: int) -> str:
    if "no-store" in cache_control:
        return cache_control
    audience = "private" if "private" in cache_control else "public"
    return f"{audience}, max-age={seconds}"


def _width(names: Iterable[str]) -> int:
    return max(map(_name_width, names))


def _name_width(name: str) -> int:
    try:
        return ansi.width(str(places.parse(name)))
    except InvalidLocation:
        return 0


def _seconds(period: str) -> int:
    if period.isascii() and period.isdigit() and len(period) <= 6:
        return int(period) if 1 <= int(period) <= _LONGEST_PERIOD else 1
    return 1
