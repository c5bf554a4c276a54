"""The only outbound HTTP: a total deadline, a size cap, no redirects, at most one retry, and
for each provider a gate: breaker, quota, and few calls at a time.

The hosts are the settings' base URLs; what a visitor typed goes into query parameters only.
"""

from __future__ import annotations

import json
import logging
import random
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar

import requests
import urllib3

from weather.core.deadline import Deadline
from weather.core.errors import CallSkipped, UpstreamError, UpstreamTimeout, UpstreamUnavailable
from weather.stores.base import Store
from weather.stores.memory import Memory
from weather.upstream import connection
from weather.upstream.call_guard import CallGuard
from weather.upstream.connection import AbortableCall
from weather.upstream.limit import Limit
from weather.upstream.quota import Quota

log = logging.getLogger(__name__)

T = TypeVar("T")

_CONNECT_TIMEOUT = 2.0
_READ_TIMEOUT = 3.0
_LARGEST_BODY = 1 << 20
_RETRIED = frozenset({502, 503, 504})


@dataclass(frozen=True, slots=True)
class Answer:
    """An upstream's answer: 2xx, 304, or a 4xx that its adapter may understand."""

    provider: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON with finite numbers. Raises `UpstreamError`."""
        try:
            return json.loads(self.body, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise UpstreamError(f"{self.provider} gave an answer that cannot be read.") from error


def _parse_or_fail(answer: Answer, read: Callable[[Answer], T]) -> T:
    """An answer that `read` did not foresee is the provider's fault as well: there are others
    to ask, and old answers to serve."""
    try:
        return read(answer)
    except UpstreamError:
        raise
    except Exception as error:
        log.exception("%s gave what we did not foresee", answer.provider)
        raise UpstreamError(f"{answer.provider} gave an answer of an unknown form.") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Upstream:
    """Calls run in threads of their own, so that nothing that an upstream does, not even a
    name server's silence, keeps a visitor beyond the deadline. Behind a gate for each provider
    there are never more of these threads than it has slots."""

    def __init__(
        self,
        user_agent: str,
        store: Store | None = None,
        *,
        now: Callable[[], datetime] = _utc_now,
        limits: Mapping[str, Iterable[Limit]] = MappingProxyType({}),
        proxy: str = "",
        ca_bundle: str = "",
    ) -> None:
        """`limits` of each account; without any it is not counted. Over the `store` the
        processes share counts and slots; by default this one is alone."""
        self._user_agent = user_agent
        self._store = store or Memory()
        self._now = now
        self._limits = limits
        self._proxies = {"http": proxy, "https": proxy} if proxy else {}
        self._verify: str | bool = ca_bundle or True
        self._local = threading.local()
        self._gates: dict[str, CallGuard] = {}
        self._guard = threading.Lock()

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        # Made at the first call, which is after the fork: threads do not survive one.
        return ThreadPoolExecutor(32, thread_name_prefix="upstream")

    def get(
        self,
        provider: str,
        url: str,
        deadline: Deadline,
        read: Callable[[Answer], T],
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        account: str = "",
        weight: float = 1,
    ) -> T:
        """What `read` makes of the answer. Raises `UpstreamTimeout`, `UpstreamUnavailable`
        (refused, 5xx, 429), its `NotAsked` (no call was made) or `UpstreamError` (a redirect,
        an oversized or broken body, or one of which `read` can make nothing).

        The call counts `weight` in the quota of `account`, by default the provider's own.
        """
        gate = self._gate(provider, account or provider)
        asked = _Asked(provider, url, dict(params or {}), dict(headers or {}), weight, deadline)
        try:
            answer = self._answer(asked, gate)
            if answer.status < 400:
                told = _parse_or_fail(answer, read)
        except CallSkipped:
            raise
        except UpstreamError:
            gate.breaker.failed()
            raise
        gate.breaker.succeeded()
        # Who refuses one place (4xx) works; who sends rubbish does not.
        return told if answer.status < 400 else _parse_or_fail(answer, read)

    def _gate(self, provider: str, account: str) -> CallGuard:
        with self._guard:
            if provider not in self._gates:
                limits = self._limits.get(account, ())
                quota = Quota(account, limits, self._store, self._now)
                self._gates[provider] = CallGuard(provider, quota, self._store, self._now)
            return self._gates[provider]

    def _answer(self, asked: _Asked, gate: CallGuard) -> Answer:
        slot = gate.acquire(asked.deadline)
        call = AbortableCall()
        try:
            running = self._threads.submit(self._get_with_retry, asked, gate.quota, call)
        except RuntimeError:  # the process ends, and something was still to be refreshed behind
            gate.release(slot)
            raise CallSkipped("The service is about to stop.") from None
        # The slot is that of the thread, which may outlive the visitor.
        running.add_done_callback(lambda _: gate.release(slot))
        try:
            return running.result(timeout=asked.deadline.remaining())
        except FutureTimeout:
            call.end()
            log.warning("%s: no answer within the deadline", asked.provider)
            raise UpstreamTimeout(f"{asked.provider} did not answer in time.") from None

    def _get_with_retry(self, asked: _Asked, quota: Quota, call: AbortableCall) -> Answer:
        with call:
            try:
                return self._get_once(asked, quota)
            except _WorthRetrying as error:
                pause = random.uniform(0.05, 0.2)  # noqa: S311  # jitter, not a secret
                if call.ended or asked.deadline.remaining() < 1 + pause:
                    raise error.reason from None
                time.sleep(pause)
            try:
                return self._get_once(asked, quota)
            except _WorthRetrying as error:
                raise error.reason from None

    def _get_once(self, asked: _Asked, quota: Quota) -> Answer:
        quota.charge(asked.weight)
        try:
            return self._exchange(asked, quota)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            quota.refund(asked.weight)
            raise _named(error, asked.provider) from None
        except (UpstreamError, _WorthRetrying):
            quota.refund(asked.weight)
            raise

    def _exchange(self, asked: _Asked, quota: Quota) -> Answer:
        left = asked.deadline.remaining()
        with self._session().get(
            asked.url,
            params=asked.params,
            headers=asked.headers,
            timeout=(min(_CONNECT_TIMEOUT, left + 0.01), min(_READ_TIMEOUT, left + 0.01)),
            allow_redirects=False,
            stream=True,
            proxies=self._proxies,
            verify=self._verify,
        ) as response:
            _check_status(asked, response, quota)
            body = _read(asked.provider, response, asked.deadline)
            return Answer(asked.provider, response.status_code, response.headers, body)

    def _session(self) -> requests.Session:
        # requests promises no thread safety, so each thread keeps a session of its own.
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = connection.session(self._user_agent)
        return session


@dataclass(frozen=True, slots=True)
class _Asked:
    provider: str
    url: str
    params: dict[str, str]
    headers: dict[str, str]
    weight: float
    deadline: Deadline


def _named(error: Exception, provider: str) -> UpstreamError | _WorthRetrying:
    """What went wrong on the way, in our words."""
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        log.warning("%s: timed out", provider)
        return UpstreamTimeout(f"{provider} did not answer in time.")
    if isinstance(error, requests.ConnectionError):
        log.warning("%s: cannot be reached (%s)", provider, type(error).__name__)
        return _WorthRetrying(UpstreamUnavailable(f"{provider} cannot be reached."))
    log.warning("%s: broken answer (%s)", provider, type(error).__name__)
    return UpstreamError(f"{provider} gave a broken answer.")


class _WorthRetrying(Exception):
    def __init__(self, reason: UpstreamUnavailable) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _check_status(asked: _Asked, response: requests.Response, quota: Quota) -> None:
    status, provider = response.status_code, asked.provider
    if status < 300 or status == 304 or (400 <= status < 500 and status != 429):
        return
    log.warning("%s: HTTP %d", provider, status)
    if status < 400:
        raise UpstreamError(f"{provider} sent us elsewhere.")
    if status == 429:
        told = b""
        with suppress(UpstreamError, urllib3.exceptions.HTTPError, OSError):  # refused it is
            told = _read(provider, response, asked.deadline)
        retry_after = response.headers.get("Retry-After", "")
        wait = quota.throttle(retry_after, told.decode(errors="replace"))
        raise UpstreamUnavailable(f"{provider} has no calls left for us just now.", wait)
    reason = UpstreamUnavailable(f"{provider} is out of order.")
    raise _WorthRetrying(reason) if status in _RETRIED else reason


def _read(provider: str, response: requests.Response, deadline: Deadline) -> bytes:
    body = bytearray()
    # read1 returns what has arrived, so that a slow drip comes back here to be timed.
    while chunk := response.raw.read1(1 << 16, decode_content=True):
        body += chunk
        if len(body) > _LARGEST_BODY:
            raise UpstreamError(f"{provider} gave far too long an answer.")
        if not deadline.remaining():
            raise UpstreamTimeout(f"{provider} did not answer in time.")
    return bytes(body)
