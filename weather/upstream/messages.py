"""A call and its response, as the adapters of the providers see them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from weather.core.dataclass import dataclass
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, UpstreamUnavailable

LARGEST_BODY = 1 << 20  # bytes, decompressed


@dataclass(frozen=True, slots=True)
class UpstreamRequest:
    """A GET; it counts `weight` in the quota, and its body has `largest` bytes at most."""

    provider: str
    url: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    weight: float
    deadline: Deadline
    largest: int = LARGEST_BODY


@dataclass(frozen=True, slots=True)
class UpstreamResponse:
    """A response with status 2xx, 304, or a 4xx other than 429, which its adapter may
    understand."""

    provider: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON with finite numbers. Raises `UpstreamError`."""
        try:
            return json.loads(self.body, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise UpstreamError(f"{self.provider} sent a response that is no JSON.") from error


class TransientError(Exception):
    """A failure that a second try may not meet; `reason` is its error if it does."""

    def __init__(self, reason: UpstreamUnavailable) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
