"""One exchange in the thread of its call: redirects, the size of the body, retry and quota."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from simulator import Upstreams, faults
from simulator.faults import Fault
from simulator.messages import Response
from tests.conftest import Clock
from weather.core.deadline import Deadline
from weather.core.errors import CallSkipped, UpstreamError, UpstreamTimeout, UpstreamUnavailable
from weather.stores.memory import Memory
from weather.upstream import exchange
from weather.upstream.abortable import AbortableCall, NotConnected
from weather.upstream.exchange import Exchange
from weather.upstream.limit import DAY, Limit
from weather.upstream.messages import TransientError, UpstreamRequest, UpstreamResponse
from weather.upstream.quota import Quota

PARAMS = {"latitude": "47.4", "longitude": "8.5", "hourly": "temperature_2m"}
LARGEST = 1 << 20  # bytes
WEIGHT = 3  # of each call in the quota

Get = Callable[..., UpstreamResponse]


@pytest.fixture
def quota(clock: Clock) -> Quota:
    """Of one call of `WEIGHT` a day, and two failed ones, which count one each."""
    return Quota("Test", (Limit(WEIGHT + 2, DAY),), Memory(), clock)


@pytest.fixture
def get(upstreams: Upstreams, quota: Quota) -> Get:
    exchange = Exchange("tests")

    def get(call: AbortableCall | None = None, seconds: float = 5) -> UpstreamResponse:
        url = upstreams.url("open-meteo") + "/v1/forecast"
        request = UpstreamRequest("Test", url, PARAMS, {}, WEIGHT, Deadline(seconds))
        return exchange.get_with_retry(request, quota, call or AbortableCall())

    return get


def of_bytes(body: bytes, **headers: str) -> Fault:
    response = Response(200, body, headers=headers)
    return Fault("bytes", change=lambda _: response)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_and_its_target_not_called(
    get: Get, upstreams: Upstreams, code: int
) -> None:
    upstreams.fail("open-meteo", faults.redirect(upstreams.url("geocoding"), code))
    with pytest.raises(UpstreamError, match="redirected"):
        get()
    assert [call.provider for call in upstreams.calls()] == ["open-meteo"]


def test_a_body_of_the_largest_size_is_read_whole(get: Get, upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", of_bytes(b"x" * LARGEST))
    assert get().body == b"x" * LARGEST


def test_a_body_that_is_one_byte_longer_is_refused(get: Get, upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", of_bytes(b"x" * (LARGEST + 1)))
    with pytest.raises(UpstreamError, match="too long"):
        get()


@pytest.mark.parametrize(("length", "fits"), [(LARGEST, True), (LARGEST + 1, False)])
def test_the_size_is_that_of_the_decompressed_body(
    get: Get, upstreams: Upstreams, length: int, fits: bool
) -> None:
    packed = gzip.compress(b"x" * length)
    upstreams.fail("open-meteo", of_bytes(packed, **{"Content-Encoding": "gzip"}))
    if fits:
        assert len(get().body) == length
    else:
        with pytest.raises(UpstreamError, match="too long"):
            get()


@pytest.mark.parametrize(
    "fault",
    [
        faults.status(500),
        faults.status(503),
        faults.redirect(),
        faults.reset_peer(),
        of_bytes(b"x" * (LARGEST + 1)),
    ],
    ids=["500", "503", "redirect", "reset", "long"],
)
def test_a_failed_call_does_not_count_its_weight(
    get: Get, upstreams: Upstreams, fault: Fault
) -> None:
    upstreams.fail("open-meteo", fault)
    with pytest.raises(UpstreamError):
        get()
    upstreams.heal()
    assert get().status == 200
    with pytest.raises(CallSkipped):
        get()


@pytest.mark.parametrize("status", [400, 404])
def test_a_refused_place_is_a_response_and_counts_its_weight(
    get: Get, upstreams: Upstreams, status: int
) -> None:
    upstreams.fail("open-meteo", faults.status(status))
    assert get().status == status
    with pytest.raises(CallSkipped):
        get()


def test_the_weight_of_a_call_that_is_tried_again_counts_once(
    get: Get, upstreams: Upstreams
) -> None:
    upstreams.fail("open-meteo", faults.status(503), first=1)
    assert get().status == 200
    assert len(upstreams.calls()) == 2
    with pytest.raises(CallSkipped):
        get()


def test_a_call_that_connects_after_it_might_not_counts_once(
    get: Get, upstreams: Upstreams, quota: Quota
) -> None:
    exchange, url = Exchange("tests"), upstreams.url("open-meteo") + "/v1/forecast"
    request = UpstreamRequest("Test", url, PARAMS, {}, WEIGHT, Deadline(5))
    with pytest.raises(NotConnected) as caught:
        exchange.get(request, quota, AbortableCall(may_connect=False))
    assert upstreams.calls() == []
    assert exchange.get_with_retry(request, quota, AbortableCall(), caught.value).status == 200
    with pytest.raises(CallSkipped):
        get()


def test_a_transient_failure_of_the_first_try_leaves_one(
    upstreams: Upstreams, quota: Quota
) -> None:
    exchange, url = Exchange("tests"), upstreams.url("open-meteo") + "/v1/forecast"
    request = UpstreamRequest("Test", url, PARAMS, {}, WEIGHT, Deadline(5))
    upstreams.fail("open-meteo", faults.status(503))
    with pytest.raises(TransientError) as caught:
        exchange.get(request, quota, AbortableCall())
    with pytest.raises(UpstreamUnavailable):
        exchange.get_with_retry(request, quota, AbortableCall(), caught.value)
    assert len(upstreams.calls()) == 2


def test_an_aborted_call_makes_no_connection(get: Get, upstreams: Upstreams) -> None:
    call = AbortableCall()
    call.abort()
    with pytest.raises(UpstreamError):
        get(call)
    assert upstreams.calls() == []
    assert get().status == 200, "its thread makes other calls"


def test_a_call_that_is_aborted_after_a_transient_failure_is_not_tried_again(
    get: Get, upstreams: Upstreams
) -> None:
    call = AbortableCall()

    def abort(response: Response) -> Response:
        call.aborted = True
        return Response(503, b"")

    upstreams.fail("open-meteo", Fault("aborting", change=abort))
    with pytest.raises(UpstreamUnavailable):
        get(call)
    assert len(upstreams.calls()) == 1
    upstreams.fail("open-meteo", faults.status(503), first=1)
    assert get().status == 200, "the aborted call has counted one failure in the quota"


def test_the_deadline_limits_the_wait_for_a_silent_provider(get: Get, upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.timeout())
    with pytest.raises(UpstreamTimeout):
        get(seconds=0.2)
    assert len(upstreams.calls()) == 1, "a timeout is not tried again"


def test_what_a_call_sends(upstreams: Upstreams, quota: Quota) -> None:
    """The parameters behind those of the address, its credentials, the agent and the own headers;
    no cookie of an earlier response."""
    upstreams.fail("open-meteo", of_bytes(b"{}", **{"Set-Cookie": "visitor=1"}))
    url = upstreams.url("open-meteo").replace("//", "//user:pa%20ss@") + "/v1/forecast?via=mirror"
    request = UpstreamRequest(
        "Test", url, PARAMS | {"name": "Zürich & Genève"}, {"If-None-Match": '"1"'}, 1, Deadline(5)
    )
    exchange = Exchange("tests")
    for _ in range(2):
        exchange.get_with_retry(request, quota, AbortableCall())
    for call in upstreams.calls():
        assert call.query == PARAMS | {"via": "mirror", "name": "Zürich & Genève"}
        assert call.headers["authorization"] == "Basic dXNlcjpwYSBzcw=="
        assert (call.headers["user-agent"], call.headers["if-none-match"]) == ("tests", '"1"')
        assert "cookie" not in call.headers


def test_a_header_of_two_lines_is_an_error_of_the_call(upstreams: Upstreams, quota: Quota) -> None:
    url, headers = upstreams.url("open-meteo") + "/v1/forecast", {"If-None-Match": "a\r\nHost: b"}
    request = UpstreamRequest("Test", url, PARAMS, headers, 1, Deadline(5))
    with pytest.raises(UpstreamError):
        Exchange("tests").get_with_retry(request, quota, AbortableCall())
    assert not upstreams.calls()


def test_a_query_is_read_back_as_it_was_and_spells_out_what_it_may() -> None:
    """A percent sign makes urllib3 look at each byte."""
    params = {"hourly": "a,b", "timezone": "Europe/Oslo", "at": "12:00", "name": "Å&B=C#D+E %2C?"}
    request = UpstreamRequest("Test", "http://127.0.0.1/v1", params, {}, 1, Deadline(5))
    with requests.Session() as session:
        url = exchange._prepared(request, session).url
    assert url is not None
    assert url.startswith(
        "http://127.0.0.1/v1?hourly=a,b&timezone=Europe/Oslo&at=12:00&name=%C3%85"
    )
    assert dict(parse_qsl(urlsplit(url).query, strict_parsing=True)) == params
