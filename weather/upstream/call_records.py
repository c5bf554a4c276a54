"""The metrics of calls to providers."""

from __future__ import annotations

from weather.core.errors import CallSkipped, UpstreamError, UpstreamTimeout, UpstreamUnavailable
from weather.metrics import families
from weather.metrics.metrics import Metrics
from weather.upstream.shared_breaker import SharedBreaker


class CallRecords:
    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def answered(self, provider: str, seconds: float, status: int) -> None:
        """A response that can be used, or one with a status of 4xx."""
        self._made(provider, seconds, "success" if status < 400 else "refused")
        self._metrics.set(families.BREAKER, 0, provider)

    def failed(
        self, provider: str, seconds: float, error: UpstreamError, breaker: SharedBreaker
    ) -> None:
        self._made(provider, seconds, _result(error))
        self._metrics.set(families.BREAKER, int(breaker.is_open), provider)

    def skipped(self, provider: str, error: CallSkipped) -> None:
        """No call was made."""
        self._metrics.count(families.SKIPPED, provider, error.reason)

    def _made(self, provider: str, seconds: float, result: str) -> None:
        self._metrics.count(families.CALLS, provider, result)
        self._metrics.observe(families.CALL_DURATION, seconds, provider)


def _result(error: UpstreamError) -> str:
    if isinstance(error, UpstreamTimeout):
        return "timeout"
    return "unavailable" if isinstance(error, UpstreamUnavailable) else "error"
