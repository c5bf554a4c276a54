"""The readings of a name: as it is written, and what it can mean where nothing is found so.

Chicago, IL 60601        Chicago in IL, 60601: a postcode is no part of an area
10115 Berlin             Berlin, 10115
Chicago Illinois USA     Chicago Illinois in USA; then Chicago in Illinois, USA
Paris (France)           Paris in France
Saint Louis, MO          St. Louis in MO
NYC                      New York in NY, US; then NYC
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from weather.core.place_names import expanded, is_title, local_postcode, spellings, split_postcode
from weather.places.query import NameQuery

_MOST = 4  # searches for a name
_SPLITS = 3  # of these, without its last words
_MOST_WORDS = 8  # of several areas together
_LONGEST_CODE = 3  # letters, of a region or country
_LONGEST_AREA = 4  # words: "Newfoundland and Labrador Canada" is two areas
_SEPARATORS = re.compile(r"[\s/;|()\[\]]+|\s[-–—]\s")

IsArea = Callable[[str], bool]


def readings(query: NameQuery, is_area: IsArea) -> tuple[NameQuery, ...]:
    """At most four, the most likely one first, and what an abbreviation stands for before them."""
    areas = (area for part in query.within for area in _areas(part, is_area))
    written = NameQuery(query.name, tuple(areas))
    full = expanded(query.name)
    before = (NameQuery(full[0], (*full[1:], *written.within)),) if full else ()
    others = dict.fromkeys((written, *_others(written, is_area)))
    return (*before, *islice(others, _MOST))


def _others(written: NameQuery, is_area: IsArea) -> Iterator[NameQuery]:
    """The readings for a name that is not found as it is written."""
    rest, postcode = split_postcode(written.name)
    if postcode and is_area(rest):
        # "02138 MA" is in an area, "Berlin 10115" is a town with its name.
        yield NameQuery(local_postcode(postcode), (rest, *written.within))
        if len(rest) <= _LONGEST_CODE:
            return
    bare = _without_postcode(written)
    splits = [bare, *islice(_split(bare, is_area), _SPLITS)]
    yield from splits
    for name in spellings(splits[-1].name):
        yield NameQuery(name, splits[-1].within)


def _areas(text: str, is_area: IsArea) -> list[str]:
    """The areas and the postcode that a text between commas holds: "IL 60601 USA" is three."""
    if is_area(text):
        return [text]
    rest, postcode = split_postcode(text)
    if postcode:
        return [*_areas(rest, is_area), postcode]
    words = text.split()
    for length in range(1, len(words) if len(words) <= _MOST_WORDS else 0):
        first, last = " ".join(words[:length]), " ".join(words[length:])
        others = _areas(last, is_area) if is_area(split_postcode(first)[0]) else []
        if others and is_area(others[0]):
            return [*_areas(first, is_area), *others]
    return [text]


def _without_postcode(query: NameQuery) -> NameQuery:
    """With a postcode in the name as an area of its own."""
    rest, postcode = split_postcode(query.name)
    return NameQuery(rest, (postcode, *query.within)) if postcode else query


def _split(query: NameQuery, is_area: IsArea) -> Iterator[NameQuery]:
    """The query with the areas at the end of its name as areas of their own, the longest name
    first: "Port Washington" is a town in New York."""
    words = [word for word in _SEPARATORS.split(query.name) if word.strip("-–—")]
    lengths = range(min(len(words) - 1, _LONGEST_AREA), 0, -1)
    areas = ((words[:-length], " ".join(words[-length:])) for length in lengths)
    for name, area in areas:
        if is_area(area) and not is_title(" ".join(name)):
            shorter = _without_postcode(NameQuery(" ".join(name)))
            yield NameQuery(shorter.name, (*shorter.within, area, *query.within))
            for inner in _split(shorter, is_area):
                yield NameQuery(inner.name, (*inner.within, area, *query.within))
