"""Responses that the worker processes share, so that each is made once and not by every worker.

Their bodies are in the same memory (`BodyCache`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

from weather.web.body_cache import SharedMemory
from weather.web.cached_response import CachedResponse
from weather.web.request_key import RequestKey
from weather.web.vary_on import VaryOn


class SharedResponses:
    """What a response to a request depends on, and by that and the visitor's key the response."""

    def __init__(self, memory: SharedMemory) -> None:
        self._memory = memory

    def find(
        self, request: RequestKey, visitor_key: Callable[[VaryOn], Hashable]
    ) -> tuple[VaryOn, Hashable, CachedResponse] | None:
        """What the response depends on, its visitor's key, and the response, which may be true no
        longer."""
        name = self._memory.get(_vary_on_key(request))
        if name is None:
            return None
        vary_on = VaryOn[name.decode()]
        visitor = visitor_key(vary_on)
        packed = self._memory.get(_key(request, visitor))
        return (vary_on, visitor, CachedResponse.unpacked(packed)) if packed else None

    def put(
        self,
        request: RequestKey,
        vary_on: VaryOn,
        visitor: Hashable,
        *,
        response: CachedResponse,
        body: Mapping[str, bytes],
    ) -> None:
        """Shares a response until it is true no longer, with its body, packed by its name."""
        seconds = (response.until - response.made_at).total_seconds()
        values = {
            _vary_on_key(request): vary_on.name.encode(),
            _key(request, visitor): response.packed(),
        }
        self._memory.set_many({**body, **values}, seconds)


def _vary_on_key(request: RequestKey) -> str:
    return f"vary {request!r}"


def _key(request: RequestKey, visitor: Hashable) -> str:
    """By the representations of the values, which say all of them."""
    return f"response {request!r} {visitor!r}"
