"""What an entry of each kind of key may hold.

Whoever can write to a store can write any record with a valid checksum under any key. An entry
passes the same limits as a provider's response (`weather/core/boundary`), so that it can be
wrong and nothing worse.
"""

from __future__ import annotations

import math
from dataclasses import replace

from weather.cache.entry import Entry, Failure, Status
from weather.core import boundary
from weather.core.errors import UpstreamError, UpstreamUnavailable
from weather.core.limits import Rule, boolean, line, moment, number, whole
from weather.core.ranges import Range

# The first word of a key, and the rule of its values.
VALUES: dict[str, Rule] = {
    "forecast": boundary.CELL_FORECAST,
    "air": boundary.AIR_QUALITY,
    "alerts": boundary.alerts,
    "name": boundary.SEARCH_RESULT,
    "address": boundary.LOCATOR_RESULT,
    "health": boolean,
}
_NULLABLE = frozenset({"address"})  # an address that no locator knows
_MESSAGE = line(300)
_RETRY_AFTER = whole(Range(0, 86_400 * 31))
_SECONDS = number(Range(-math.inf, 1e11))


def checked_entry(key: str, entry: Entry[object]) -> Entry[object] | None:
    """The entry within its limits; None if it is not what the key promises."""
    kind = key.partition(" ")[0]
    fetched_at, expires_at = moment(entry.fetched_at), moment(entry.expires_at)
    if fetched_at is None or expires_at is None or type(entry.status) is not Status:
        return None
    value = entry.value
    if kind in VALUES and not (value is None and kind in _NULLABLE):
        value = VALUES[kind](value)
        if value is None:
            return None
    return replace(entry, value=value, fetched_at=fetched_at, expires_at=expires_at)


def checked_failure(failure: Failure) -> Failure | None:
    """The failure with a message of one line; None if a field has another type."""
    error, at = failure.error, moment(failure.at)
    if not isinstance(error, UpstreamError) or at is None or _SECONDS(failure.written) is None:
        return None
    message = _MESSAGE(error.message)
    if message is None:
        return None
    if not isinstance(error, UpstreamUnavailable):
        return replace(failure, error=type(error)(message), at=at)
    if _RETRY_AFTER(error.retry_after) is None:
        return None
    return replace(failure, error=type(error)(message, error.retry_after), at=at)
