"""The only outbound HTTP: a total deadline, a size cap, no redirects, at most one retry.

The hosts are the settings' base URLs; what a visitor typed goes into query parameters only.
"""

from __future__ import annotations

import json
import logging
import random
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn

import requests
import urllib3

from weather.deadline import Deadline
from weather.errors import UpstreamError, UpstreamTimeout, UpstreamUnavailable

log = logging.getLogger(__name__)

_CONNECT_TIMEOUT = 2.0
_READ_TIMEOUT = 3.0
_LARGEST_BODY = 1 << 20
_LONGEST_RETRY_AFTER = 3600
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


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


class Upstream:
    """Calls run in threads of their own, so that nothing that an upstream does, not even a
    name server's silence, keeps a visitor beyond the deadline."""

    def __init__(self, user_agent: str, *, proxy: str = "", ca_bundle: str = "") -> None:
        self._user_agent = user_agent
        self._proxies = {"http": proxy, "https": proxy} if proxy else {}
        self._verify: str | bool = ca_bundle or True
        self._local = threading.local()

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        # Made at the first call, which is after the fork: threads do not survive one.
        return ThreadPoolExecutor(16, thread_name_prefix="upstream")

    def get(
        self,
        provider: str,
        url: str,
        deadline: Deadline,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Raises `UpstreamTimeout`, `UpstreamUnavailable` (refused, 5xx, 429) or
        `UpstreamError` (a redirect, an oversized or broken body)."""
        call: Future[Answer] = self._threads.submit(
            self._get_with_retry, provider, url, deadline, dict(params or {}), dict(headers or {})
        )
        try:
            return call.result(timeout=deadline.remaining())
        except FutureTimeout:
            call.cancel()
            log.warning("%s: no answer within the deadline", provider)
            raise UpstreamTimeout(f"{provider} did not answer in time.") from None

    def _get_with_retry(
        self,
        provider: str,
        url: str,
        deadline: Deadline,
        params: dict[str, str],
        headers: dict[str, str],
    ) -> Answer:
        try:
            return self._get_once(provider, url, deadline, params, headers)
        except _WorthRetrying as error:
            pause = random.uniform(0.05, 0.2)  # noqa: S311  # jitter, not a secret
            if deadline.remaining() < 1 + pause:
                raise error.reason from None
            time.sleep(pause)
        try:
            return self._get_once(provider, url, deadline, params, headers)
        except _WorthRetrying as error:
            raise error.reason from None

    def _get_once(
        self,
        provider: str,
        url: str,
        deadline: Deadline,
        params: dict[str, str],
        headers: dict[str, str],
    ) -> Answer:
        left = deadline.remaining()
        try:
            with self._session().get(
                url,
                params=params,
                headers=headers,
                timeout=(min(_CONNECT_TIMEOUT, left + 0.01), min(_READ_TIMEOUT, left + 0.01)),
                allow_redirects=False,
                stream=True,
                proxies=self._proxies,
                verify=self._verify,
            ) as response:
                _check_status(provider, response)
                body = _read(provider, response, deadline)
                return Answer(provider, response.status_code, response.headers, body)
        except (requests.Timeout, urllib3.exceptions.TimeoutError):
            log.warning("%s: timed out", provider)
            raise UpstreamTimeout(f"{provider} did not answer in time.") from None
        except requests.ConnectionError as error:
            log.warning("%s: cannot be reached (%s)", provider, type(error).__name__)
            reason = UpstreamUnavailable(f"{provider} cannot be reached.")
            raise _WorthRetrying(reason) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            log.warning("%s: broken answer (%s)", provider, type(error).__name__)
            raise UpstreamError(f"{provider} gave a broken answer.") from None

    def _session(self) -> requests.Session:
        # requests promises no thread safety, so each thread keeps a session of its own.
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            session.trust_env = False
            session.headers["User-Agent"] = self._user_agent
        return session


class _WorthRetrying(Exception):
    def __init__(self, reason: UpstreamUnavailable) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _check_status(provider: str, response: requests.Response) -> None:
    status = response.status_code
    if status < 300 or status == 304 or (400 <= status < 500 and status != 429):
        return
    log.warning("%s: HTTP %d", provider, status)
    if status < 400:
        raise UpstreamError(f"{provider} sent us elsewhere.")
    if status == 429:
        wait = _retry_after(response.headers.get("Retry-After", ""))
        raise UpstreamUnavailable(f"{provider} has no calls left for us just now.", wait)
    reason = UpstreamUnavailable(f"{provider} is out of order.")
    raise _WorthRetrying(reason) if status in _RETRIED else reason


def _retry_after(text: str) -> int:
    """Seconds, within reason; providers have been seen to ask for a day."""
    return min(int(text), _LONGEST_RETRY_AFTER) if text.isascii() and text.isdigit() else 60


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
