"""The boundary between the adapters and the service: no result of an adapter comes in otherwise.

A declaration's `build` passes here (`weather/providers/declaration.py`), so that a new provider
has its limits without a line of its own.
"""

from __future__ import annotations

from typing import Any

from weather.core import boundary
from weather.core.errors import UpstreamError
from weather.core.limits import Rule
from weather.providers.declaration import Role

# The method that answers a role's question, and what it may return.
_METHODS: dict[Role, tuple[str, Rule]] = {
    Role.FORECAST: ("forecast", boundary.FORECAST),
    Role.AIR_QUALITY: ("air_quality", boundary.AIR_QUALITY),
    Role.GEOCODING: ("search", boundary.SEARCH_RESULT),
    Role.IP_LOCATION: ("locate", boundary.PLACE),
    Role.ALERTS: ("alerts", boundary.alerts),
}


_UNBOUNDED = frozenset({"covers"})  # methods whose results come from no response


class Bounded:
    """An adapter whose results are within the limits of their fields. A result of which nothing
    is left is an `UpstreamError`; a place of an address is unknown then."""

    def __init__(self, adapter: Any, role: Role, provider: str) -> None:
        self.adapter = adapter
        self._provider = provider
        name, self._rule = _METHODS[role]
        self._method = getattr(adapter, name)
        self._may_be_none = role is Role.IP_LOCATION
        setattr(self, name, self._call)

    def __getattr__(self, name: str) -> Any:
        """The adapter's own attributes; of methods only those whose results need no limits."""
        value = getattr(self.adapter, name)
        if callable(value) and name not in _UNBOUNDED:
            raise AttributeError(f"The results of {name} pass no limits: add it to _METHODS.")
        return value

    def _call(self, *arguments: Any) -> Any:
        result = self._method(*arguments)
        allowed = None if result is None else self._rule(result)
        if (allowed is None and not self._may_be_none) or (allowed == () and result):
            raise UpstreamError(f"{self._provider} sent a response of an unknown form.")
        return allowed
