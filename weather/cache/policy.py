"""How a cache treats an entry that has expired, or that could not be fetched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Generic, TypeVar

from weather.cache.freshness import WHILE_REVALIDATING
from weather.core.dataclass import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Policy(Generic[T]):
    """By default an expired entry is of no use, and each request after a failure fetches again.

    `usable` says whether a value may be served although it has expired: for
    `while_revalidating` while it is refreshed in the background, afterwards only if its source
    fails. For `retry_after` after a failure nothing is fetched: a usable entry is served, or
    the failure raised again.
    """

    usable: Callable[[T], bool] = lambda value: False
    while_revalidating: timedelta = WHILE_REVALIDATING
    retry_after: timedelta = timedelta()
