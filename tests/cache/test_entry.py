"""What stands in a store, which another version of this code may have written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

from weather.cache.cache import _FORMAT
from weather.cache.entry import Entry, Failure
from weather.core.models import AirQuality, Alert, Forecast, LocatorResult, Place

KEPT = (Entry, Failure, Forecast, AirQuality, Alert, Place, LocatorResult)


def records(kind: Any) -> Iterator[type]:
    """The records that one is made of, itself among them."""
    for inner in get_args(kind):
        yield from records(inner)
    if is_dataclass(kind) and isinstance(kind, type):
        yield kind
        for hint in get_type_hints(kind).values():
            yield from records(hint)


def test_each_form_of_the_records_has_a_number_of_its_own() -> None:
    """A record that lacks a field would be an error wherever it is shown: whoever changes the
    fields counts `_FORMAT` up, and writes down here what it stands for."""
    kinds = {kind.__name__: kind for root in KEPT for kind in records(root)}
    forms = [
        (name, [(each.name, str(each.type)) for each in fields(kinds[name])])
        for name in sorted(kinds)
    ]
    form = hashlib.blake2b(repr(forms).encode(), digest_size=6).hexdigest()
    assert (_FORMAT, form) == ("5 ", "47e3e356fd59")
