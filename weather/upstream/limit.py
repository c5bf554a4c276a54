"""How many calls a provider grants in a window of time."""

from __future__ import annotations

from collections.abc import Iterable

from weather.core.dataclass import dataclass

MINUTE, HOUR, DAY = 60, 3600, 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `calls`, in the provider's weights, in each window of `seconds`. Windows start at
    multiples of their length since 1970."""

    calls: float
    seconds: int


def per_minute_hour_day(calls: Iterable[float]) -> tuple[Limit, ...]:
    """Limits of a minute, an hour and a day; none for no `calls`."""
    return tuple(
        Limit(most, seconds) for most, seconds in zip(calls, (MINUTE, HOUR, DAY), strict=False)
    )
