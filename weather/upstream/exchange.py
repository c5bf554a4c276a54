"""One exchange over HTTP, in the thread of its call: status, body and errors.

There are no redirects, the body has a largest size, and a transient failure is tried once more.
"""

from __future__ import annotations

import logging
import random
import time
from contextlib import suppress
from functools import lru_cache
from urllib.parse import urlencode

import requests
import urllib3

from weather.core.errors import UpstreamError, UpstreamTimeout, UpstreamUnavailable
from weather.upstream import connection
from weather.upstream.abortable import AbortableCall, NotConnected
from weather.upstream.messages import TransientError, UpstreamRequest, UpstreamResponse
from weather.upstream.quota import Quota

log = logging.getLogger(__name__)

_CONNECT_TIMEOUT = 2.0  # seconds
_CHUNK = 1 << 16  # bytes
# Characters that stand for themselves in values (RFC 3986, 3.4). urllib3 looks at each byte of a
# query with a percent sign, which took a tenth of the time of a place's first request.
_SAFE_IN_QUERIES = "/:,"
_RETRIED_STATUSES = frozenset({502, 503, 504})
_RETRY_PAUSE = (0.05, 0.2)  # seconds
_LEAST_TIME_FOR_A_RETRY = 1.0  # seconds


class Exchange:
    """Calls with one User-Agent, proxy and CA bundle. Threads may share it."""

    def __init__(
        self, user_agent: str, *, read_timeout: float = 3.0, proxy: str = "", ca_bundle: str = ""
    ) -> None:
        """`read_timeout`: seconds without a byte, of each read."""
        self._read_timeout = read_timeout
        self._proxies = {"http": proxy, "https": proxy} if proxy else {}
        self._verify: str | bool = ca_bundle or True
        # For its headers and adapters, whose pools of connections threads may share: its cookies
        # they may not.
        self._session = connection.session(user_agent)

    def get(self, request: UpstreamRequest, quota: Quota, call: AbortableCall) -> UpstreamResponse:
        """In one try. Raises `UpstreamError` or one of its kinds, `TransientError`, or
        `NotConnected` for a call that may not connect."""
        with call:
            return self._get(request, quota)

    def get_with_retry(
        self,
        request: UpstreamRequest,
        quota: Quota,
        call: AbortableCall,
        first: TransientError | NotConnected | None = None,
    ) -> UpstreamResponse:
        """`first` is what `get` has raised. Raises `UpstreamError` or one of its kinds."""
        with call:
            try:
                if isinstance(first, TransientError):
                    raise first
                return self._get(request, quota, is_charged=first is not None)
            except TransientError as error:
                pause = random.uniform(*_RETRY_PAUSE)  # noqa: S311  # jitter, not a secret
                if call.aborted or request.deadline.remaining() < _LEAST_TIME_FOR_A_RETRY + pause:
                    raise error.reason from None
                time.sleep(pause)
            try:
                return self._get(request, quota)
            except TransientError as error:
                raise error.reason from None

    def _get(
        self, request: UpstreamRequest, quota: Quota, *, is_charged: bool = False
    ) -> UpstreamResponse:
        payer = request.deadline.payer
        if not is_charged:
            quota.charge(request.weight, payer)
        try:
            return self._exchange(request, quota)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            quota.refund(request.weight, payer)
            raise _translated(error, request.provider) from None
        except (UpstreamError, TransientError):
            quota.refund(request.weight, payer)
            raise

    def _exchange(self, request: UpstreamRequest, quota: Quota) -> UpstreamResponse:
        remaining = request.deadline.remaining() + 0.01  # requests refuses a timeout of zero
        session = self._session
        # Past the session, which prepares and merges for twice the time of the exchange itself:
        # its cookies and redirects are none of ours.
        with session.get_adapter(request.url).send(
            _prepared(request, session),
            timeout=(min(_CONNECT_TIMEOUT, remaining), min(self._read_timeout, remaining)),
            stream=True,
            proxies=self._proxies,
            verify=self._verify,
        ) as response:
            _check_status(request, response, quota)
            body = _read_body(request, response)
            return UpstreamResponse(request.provider, response.status_code, response.headers, body)


def _prepared(request: UpstreamRequest, session: requests.Session) -> requests.PreparedRequest:
    """Raises `requests.RequestException` for an address or a header that cannot be sent."""
    headers = tuple({**session.headers, **request.headers}.items())
    prepared = _without_parameters(request.url, headers).copy()
    if request.params:
        separator = "&" if "?" in request.url else "?"
        query = urlencode(request.params, safe=_SAFE_IN_QUERIES)
        prepared.url = f"{prepared.url}{separator}{query}"
    return prepared


@lru_cache(maxsize=64)  # some of each provider
def _without_parameters(url: str, headers: tuple[tuple[str, str], ...]) -> requests.PreparedRequest:
    prepared = requests.Request("GET", url).prepare()
    own = prepared.headers  # the credentials of the address
    prepared.prepare_headers({**own, **dict(headers)})
    return prepared


def _translated(error: Exception, provider: str) -> UpstreamError | TransientError:
    """An error of requests, urllib3 or the system as one of ours."""
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        log.warning("%s: timed out", provider)
        return UpstreamTimeout(f"{provider} did not answer in time.")
    if isinstance(error, requests.ConnectionError):
        log.warning("%s: cannot be reached (%s)", provider, type(error).__name__)
        return TransientError(UpstreamUnavailable(f"{provider} cannot be reached."))
    log.warning("%s: broken response (%s)", provider, type(error).__name__)
    return UpstreamError(f"{provider} sent a broken response.")


def _check_status(request: UpstreamRequest, response: requests.Response, quota: Quota) -> None:
    """Raises the error of a redirect, a 429 or a 5xx."""
    status, provider = response.status_code, request.provider
    if status < 300 or status == 304 or (400 <= status < 500 and status != 429):
        return
    log.warning("%s: HTTP %d", provider, status)
    if status < 400:
        raise UpstreamError(f"{provider} redirected the call elsewhere.")
    if status == 429:
        raise UpstreamUnavailable(
            f"{provider} grants no more calls at the moment.", _throttle(request, response, quota)
        )
    reason = UpstreamUnavailable(f"{provider} is out of order.")
    raise TransientError(reason) if status in _RETRIED_STATUSES else reason


def _throttle(request: UpstreamRequest, response: requests.Response, quota: Quota) -> int:
    """Close the quota for as long as a 429 says. Seconds."""
    reason = b""
    # The status alone refuses the call: an unreadable reason changes nothing.
    with suppress(UpstreamError, urllib3.exceptions.HTTPError, OSError):
        reason = _read_body(request, response)
    retry_after = response.headers.get("Retry-After", "")
    return quota.throttle(retry_after, reason.decode(errors="replace"))


def _read_body(request: UpstreamRequest, response: requests.Response) -> bytes:
    body = bytearray()
    # read1 returns what has arrived, so a slow drip comes back here and is timed.
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > request.largest:
            raise UpstreamError(f"{request.provider} sent a response that is far too long.")
        _check_time(request)
    # A connection that was shut at the deadline may look like the end of its response.
    _check_time(request)
    return bytes(body)


def _check_time(request: UpstreamRequest) -> None:
    if not request.deadline.remaining():
        raise UpstreamTimeout(f"{request.provider} did not answer in time.")
