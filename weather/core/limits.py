"""Rules of what a field may hold: each takes a value of any type and returns it as it may be
used, or None if nothing of it may.

A rule returns the same object where nothing changes, so that a record is copied only if it must
be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from operator import is_
from typing import Any

from weather.core import plain_text, ranges
from weather.core.ranges import Range

Rule = Callable[[Any], Any]

_LONGEST_PATTERN = 500  # characters


def number(within: Range) -> Rule:
    """A finite number in a range."""

    def rule(value: Any) -> float | None:
        is_number = type(value) in {float, int}
        return value if is_number and within.low <= value <= within.high else None

    return rule


def whole(within: Range) -> Rule:
    def rule(value: Any) -> int | None:
        return value if type(value) is int and within.low <= value <= within.high else None

    return rule


def boolean(value: Any) -> bool | None:
    return value if type(value) is bool else None


def line(longest: int) -> Rule:
    """Text of one line."""
    return lambda value: plain_text.line(value, longest) if isinstance(value, str) else None


def paragraphs(longest: int) -> Rule:
    return lambda value: plain_text.paragraphs(value, longest) if isinstance(value, str) else None


def pattern(expression: str) -> Rule:
    """Text that a regular expression matches in whole."""
    compiled = re.compile(expression, re.ASCII)
    return lambda value: (
        value
        if isinstance(value, str) and len(value) <= _LONGEST_PATTERN and compiled.fullmatch(value)
        else None
    )


def moment(value: Any) -> datetime | None:
    """A plausible time in UTC."""
    aware = isinstance(value, datetime) and value.utcoffset() is not None
    return ranges.plausible_time(value) if aware else None


def day(value: Any) -> date | None:
    return value if type(value) is date and 1969 <= value.year <= 2200 else None


def duration(longest: timedelta) -> Rule:
    def rule(value: Any) -> timedelta | None:
        return value if type(value) is timedelta and timedelta() <= value <= longest else None

    return rule


def optional(rule: Rule) -> Rule:
    """None, or what the rule allows."""
    return lambda value: None if value is None else rule(value)


def rows(rule: Rule, most: int) -> Rule:
    """The first items of a sequence, without those that the rule refuses."""

    def limited(value: Any) -> Sequence[Any] | None:
        if not is_sequence(value):
            return None
        items = list(value[:most])
        allowed = [rule(item) for item in items]
        unchanged = len(items) == len(value) and all(map(is_, items, allowed))
        if unchanged and None not in allowed:
            return value  # type: ignore[no-any-return]
        return tuple(item for item in allowed if item is not None)

    return limited


def is_sequence(value: object) -> bool:
    """Whether it has items that are no letters or numbers of it."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def record(kind: type[Any], rules: dict[str, Rule]) -> Rule:
    """A record whose fields are as the rules allow; none if that leaves nothing of a field that
    it cannot be without."""
    # "| None" at the end: a tuple of numbers or None is required.
    required = {field.name for field in fields(kind) if not str(field.type).endswith("None")}

    def rule(value: Any) -> Any:
        if not isinstance(value, kind):
            return None
        changes: dict[str, Any] = {}
        for name, allow in rules.items():
            given = getattr(value, name)
            allowed = None if given is None else allow(given)
            if allowed is None and name in required:
                return None
            if allowed is not given and allowed != given:
                changes[name] = allowed
        return replace(value, **changes) if changes else value

    rule.rules = rules  # type: ignore[attr-defined]
    return rule
