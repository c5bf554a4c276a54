"""The only outbound HTTP of the service: each call has a deadline for the whole of it and passes
its provider's guard (circuit breaker, quota, few calls at a time).

The hosts are those of the settings' base URLs; what a visitor typed is sent in query parameters
only.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import TimeoutError as FutureTimeout
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from weather.core.clock import utc_now
from weather.core.deadline import Deadline
from weather.core.errors import CallSkipped, UpstreamError, UpstreamTimeout
from weather.core.threads import CALLS, ThreadPool
from weather.metrics.metrics import Metrics
from weather.stores.base import Store
from weather.stores.fault_tolerant import fault_tolerant
from weather.stores.memory import Memory
from weather.upstream.abortable import AbortableCall, NotConnected
from weather.upstream.allowance import UNDECLARED
from weather.upstream.call_guard import CallGuard
from weather.upstream.call_records import CallRecords
from weather.upstream.limit import Limit
from weather.upstream.messages import (
    LARGEST_BODY,
    TransientError,
    UpstreamRequest,
    UpstreamResponse,
)
from weather.upstream.quota import Budget, Quota
from weather.upstream.shared_breaker import open_breakers
from weather.upstream.watchdog import Watchdog

if TYPE_CHECKING:
    from weather.upstream.exchange import Exchange

__all__ = ["Upstream", "UpstreamResponse"]

log = logging.getLogger(__name__)

T = TypeVar("T")


class Upstream:
    """Calls that connect run in threads of their own, so that no silence of an upstream, not even
    of a name server, outlasts the deadline; over an open connection they can be aborted. A
    provider's guard admits no more of them than it has slots."""

    def __init__(
        self,
        user_agent: str,
        store: Store | None = None,
        *,
        now: Callable[[], datetime] = utc_now,
        limits: Mapping[str, Iterable[Limit]] = MappingProxyType({}),
        accounts: Mapping[str, str] = MappingProxyType({}),
        breakers: Mapping[str, str] = MappingProxyType({}),
        visitor_share: float = 1.0,
        read_timeout: float = 3.0,
        proxy: str = "",
        ca_bundle: str = "",
        threads: ThreadPool | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        """`limits` are those of each account; calls of other accounts are not counted. Processes
        share counts and slots through the `store`, by default one of this process alone:
        those of one account by its key in `accounts`, by default its name and the calls' host;
        and circuit breakers, that of a provider by its key in `breakers`.
        One address may cause `visitor_share` of an account's calls, from 0 to 1.
        A call fails after `read_timeout` seconds without a byte.
        `threads` make the calls that connect, by default threads of its own."""
        self._user_agent, self._read_timeout = user_agent, read_timeout
        self._proxy, self._ca_bundle = proxy, ca_bundle
        self._exchange: Exchange | None = None
        self._store = store or Memory()
        self._now = now
        self._limits, self._accounts, self._breakers = limits, accounts, breakers
        self._visitor_share = visitor_share
        self._guards: dict[str, CallGuard] = {}
        self._lock = threading.Lock()
        self._threads = threads or ThreadPool(CALLS, "call")
        self._watchdog = Watchdog()
        self._records = CallRecords(metrics or Metrics())

    def get(
        self,
        provider: str,
        url: str,
        deadline: Deadline,
        read: Callable[[UpstreamResponse], T],
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        account: str = "",
        weight: float = 1,
        largest: int = LARGEST_BODY,
    ) -> T:
        """What `read` makes of the response. Raises `UpstreamTimeout`, `UpstreamUnavailable`
        (connection refused, 5xx, 429), its kind `CallSkipped` (no call was made) or
        `UpstreamError` (a redirect, an oversized or broken body, or one that `read` refuses).

        The call counts `weight` in the quota of `account`, by default the provider's own.
        `largest`: the bytes that its body may have, decompressed.
        """
        guard = self._guard(provider, account or provider, urlsplit(url).netloc)
        request = UpstreamRequest(
            provider, url, params or {}, headers or {}, weight, deadline, largest
        )
        begun = time.monotonic()
        try:
            response = self._respond(request, guard)
            if response.status < 400:
                result = _parse_or_fail(response, read)
        except CallSkipped as skipped:
            self._records.skipped(provider, skipped)
            raise
        except UpstreamError as error:
            guard.breaker.failed()
            self._records.failed(provider, time.monotonic() - begun, error, guard.breaker)
            raise
        guard.breaker.succeeded()
        self._records.answered(provider, time.monotonic() - begun, response.status)
        # A provider that refuses one place (4xx) works; one with an invalid response does not.
        return result if response.status < 400 else _parse_or_fail(response, read)

    def close(self) -> None:
        """Ends the thread that aborts calls, after the calls. The others are those of `threads`."""
        self._watchdog.close()

    def budgets(self) -> Iterator[Budget]:
        """What is left of each account's limits."""
        for account, limits in self._limits.items():
            if key := self._accounts.get(account):
                yield from Quota(account, limits, self._store, self._now, key=key).budgets()

    def breakers(self) -> dict[str, bool]:
        """Of each provider, whether the circuit breaker is open that all processes share."""
        states = open_breakers(self._breakers.values(), fault_tolerant(self._store))
        return dict(zip(self._breakers, states, strict=True))

    def broken(self) -> list[str]:
        """The providers that are not called, as they have failed several times: by no process, or
        not by this one."""
        with self._lock:
            own = {name for name, guard in self._guards.items() if guard.breaker.is_open}
        return sorted(own | {name for name, is_open in self.breakers().items() if is_open})

    def _guard(self, provider: str, account: str, host: str) -> CallGuard:
        with self._lock:
            if provider not in self._guards:
                limits = tuple(self._limits.get(account, ()))
                quota = Quota(
                    account,
                    limits,
                    self._store,
                    self._now,
                    key=self._accounts.get(account) or f"{account} {host}",
                    # An account whose limits are empty is one whose operator has lifted them.
                    allowance_limits=limits if account in self._limits else UNDECLARED,
                    visitor_share=self._visitor_share,
                )
                breaker = self._breakers.get(provider, "")
                guard = CallGuard(
                    provider, quota, self._store, self._now, host=host, breaker=breaker
                )
                self._guards[provider] = guard
            return self._guards[provider]

    def _respond(self, request: UpstreamRequest, guard: CallGuard) -> UpstreamResponse:
        guard.quota.check(request.deadline.payer)  # before it waits for a slot
        slot = guard.acquire(request.deadline)
        try:
            response = self._over_open_connection(request, guard.quota)
        except (TransientError, NotConnected) as error:
            return self._in_thread(request, guard, slot, error)
        except BaseException:
            guard.release(slot)
            raise
        if response is None:
            return self._in_thread(request, guard, slot)
        guard.release(slot)
        return response

    def _over_open_connection(
        self, request: UpstreamRequest, quota: Quota
    ) -> UpstreamResponse | None:
        """The response in one try, in this thread: to hand a call over to another one and back
        takes a third of the CPU of the exchange itself. None where it cannot be tried."""
        if self._exchange is None or self._threads.is_ending or not self._watchdog.watches():
            return None
        call = AbortableCall(may_connect=False)
        try:
            with self._watchdog.watching(call, request.deadline.remaining()):
                return self._exchange.get(request, quota, call)
        except (UpstreamError, TransientError):
            if call.aborted:
                raise _late(request) from None
            raise

    def _in_thread(
        self,
        request: UpstreamRequest,
        guard: CallGuard,
        slot: str,
        first: TransientError | NotConnected | None = None,
    ) -> UpstreamResponse:
        """The response of a call that connects, after a `first` try over an open connection."""
        call = AbortableCall()
        try:
            running = self._threads.submit(self._get, request, guard.quota, call, first)
        except RuntimeError:  # the process ends while a refresh behind a response starts
            guard.release(slot)
            if isinstance(first, NotConnected):
                guard.quota.refund(request.weight, request.deadline.payer)
            raise CallSkipped("The service is about to stop.", reason="stopping") from None
        # The slot belongs to the thread, which may outlive the request.
        running.add_done_callback(lambda _: guard.release(slot))
        try:
            return running.result(timeout=request.deadline.remaining())
        except FutureTimeout:
            call.abort()
            raise _late(request) from None

    def _get(
        self,
        request: UpstreamRequest,
        quota: Quota,
        call: AbortableCall,
        first: TransientError | NotConnected | None,
    ) -> UpstreamResponse:
        with self._lock:
            if self._exchange is None:
                # At the first call: requests takes a tenth of the time of all imports.
                from weather.upstream.exchange import Exchange  # noqa: PLC0415

                self._exchange = Exchange(
                    self._user_agent,
                    read_timeout=self._read_timeout,
                    proxy=self._proxy,
                    ca_bundle=self._ca_bundle,
                )
        return self._exchange.get_with_retry(request, quota, call, first)


def _late(request: UpstreamRequest) -> UpstreamTimeout:
    log.warning("%s: no response within the deadline", request.provider)
    return UpstreamTimeout(f"{request.provider} did not answer in time.")


def _parse_or_fail(response: UpstreamResponse, read: Callable[[UpstreamResponse], T]) -> T:
    """What `read` makes of the response. An exception of any kind is the provider's failure, so
    that other providers and stale entries are used."""
    try:
        return read(response)
    except UpstreamError:
        raise
    except Exception as error:
        log.exception("%s sent a response that its adapter does not handle", response.provider)
        raise UpstreamError(f"{response.provider} sent a response of an unknown form.") from error
