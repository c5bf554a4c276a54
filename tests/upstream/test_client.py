"""The outbound client and every fault, over real sockets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from unittest.mock import Mock

import pytest

from simulator import Upstreams, faults
from simulator.faults import Fault
from weather.core.deadline import Deadline
from weather.core.errors import CallSkipped, UpstreamError, UpstreamTimeout, UpstreamUnavailable
from weather.core.payer import Payer
from weather.core.threads import ThreadPool
from weather.upstream.client import Upstream, UpstreamResponse
from weather.upstream.quota import Quota
from weather.upstream.watchdog import Watchdog

Get = Callable[..., UpstreamResponse]

PATH = "/v1/forecast"
PARAMS = {"latitude": "47.4", "longitude": "8.5", "hourly": "temperature_2m"}


def unread(response: UpstreamResponse) -> UpstreamResponse:
    return response


@pytest.fixture
def upstream() -> Upstream:
    return Upstream("weather-tests/1 (tests@example.org)")


@pytest.fixture
def get(upstreams: Upstreams, upstream: Upstream) -> Iterator[Get]:
    def get(seconds: float = 3, **headers: str) -> UpstreamResponse:
        url = upstreams.url("open-meteo") + PATH
        return upstream.get("Test", url, Deadline(seconds), unread, params=PARAMS, headers=headers)

    yield get
    upstreams.heal()


def test_a_response(get: Get, upstreams: Upstreams) -> None:
    response = get()
    assert (response.status, response.provider) == (200, "Test")
    assert "hourly" in response.json()
    (call,) = upstreams.calls()
    assert call.headers["user-agent"] == "weather-tests/1 (tests@example.org)"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.down(), UpstreamUnavailable),
        (faults.reset_peer(), UpstreamUnavailable),
        (faults.server_error(), UpstreamUnavailable),
        (faults.overloaded(), UpstreamUnavailable),
        (faults.rate_limited(), UpstreamUnavailable),
        (faults.redirect(), UpstreamError),
        (faults.redirect("http://[::1/"), UpstreamError),
        (faults.redirect("/\xff"), UpstreamError),
        (faults.endless(), UpstreamError),
        (faults.huge(), UpstreamError),
        (faults.gzip_bomb(), UpstreamError),
        (faults.limit_data(200), UpstreamError),
    ],
    ids=lambda value: getattr(value, "name", getattr(value, "__name__", None)),
)
def test_each_fault_is_its_error(
    get: Get, upstreams: Upstreams, fault: Fault, error: type[UpstreamError]
) -> None:
    upstreams.fail("open-meteo", fault)
    with pytest.raises(error) as caught:
        get()
    assert type(caught.value) is error
    assert upstreams.url("open-meteo") not in caught.value.message


def test_the_body_of_a_redirect_is_not_read(get: Get, upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.redirect(), faults.endless())
    with pytest.raises(UpstreamError) as caught:
        get()
    assert "elsewhere" in caught.value.message


@pytest.mark.parametrize(
    "fault",
    [faults.timeout(), faults.bandwidth(50), faults.drip_headers(), faults.latency(5)],
    ids=["timeout", "bandwidth", "drip_headers", "latency"],
)
def test_no_call_outlasts_the_deadline(get: Get, upstreams: Upstreams, fault: Fault) -> None:
    upstreams.fail("open-meteo", fault)
    with pytest.raises(UpstreamTimeout):
        get(seconds=0.3)


@pytest.mark.parametrize(
    "fault",
    [
        faults.timeout(),
        faults.bandwidth(50),
        faults.drip_headers(),
        faults.drip_headers(20, 0.2),
        faults.latency(5),
        faults.slow_close(5),
    ],
    ids=["timeout", "bandwidth", "drip_headers", "half_of_the_headers", "latency", "slow_close"],
)
def test_no_call_over_an_open_connection_outlasts_the_deadline(
    get: Get, upstreams: Upstreams, fault: Fault
) -> None:
    get()
    upstreams.fail("open-meteo", fault)
    started = time.monotonic()
    with pytest.raises(UpstreamTimeout):
        get(seconds=0.3)
    assert time.monotonic() - started < 2
    upstreams.heal()
    assert get().status == 200, "its slot is free"


def test_a_call_over_an_open_connection_needs_no_other_thread(
    get: Get, upstream: Upstream, upstreams: Upstreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    get()
    with monkeypatch.context() as patch:
        patch.setattr(ThreadPool, "submit", lambda *_: pytest.fail("a thread was asked for"))
        assert get().status == 200
    assert upstreams.connections == 1
    upstreams.fail("open-meteo", faults.status(503), first=1)
    assert get().status == 200, "it is tried again in a thread"


def test_a_call_is_charged_once_whether_its_connection_is_open_closed_or_refused(
    get: Get, upstream: Upstream, upstreams: Upstreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    charged = list[float]()
    charge, refund = Quota.charge, Quota.refund

    def counted(self: Quota, weight: float, payer: Payer | None = None) -> None:
        charge(self, weight, payer)
        charged.append(weight)

    def refunded(self: Quota, weight: float, payer: Payer | None = None) -> None:
        refund(self, weight, payer)
        charged.append(-weight)

    monkeypatch.setattr(Quota, "charge", counted)
    monkeypatch.setattr(Quota, "refund", refunded)
    get()
    get()
    assert charged == [1, 1]
    upstreams.refuse()
    upstreams.accept()
    get()
    assert charged == [1, 1, 1], "the server has closed the connection"
    upstreams.fail("open-meteo", faults.down(), first=1)
    get()
    assert charged == [1, 1, 1, 1, -1, 1], "it closed the connection at the call"
    upstreams.refuse()
    upstreams.accept()
    monkeypatch.setattr(ThreadPool, "submit", Mock(side_effect=RuntimeError))
    with pytest.raises(CallSkipped):
        get()
    assert charged[6:] == [1, -1], "the process ends before it connects"


def test_a_call_is_made_where_no_watchdog_can_be_started(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Watchdog, "watches", lambda _: False)
    assert [get().status for _ in range(2)] == [200, 200]


def test_a_slow_response_within_the_deadline_is_read(get: Get, upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.slicer())
    assert get().json()


@pytest.mark.parametrize(
    ("fault", "calls"),
    [
        (faults.status(503), 2),
        (faults.status(502), 2),
        (faults.down(), 2),
        (faults.status(500), 1),
        (faults.rate_limited(), 1),
        (faults.redirect(), 1),
    ],
)
def test_only_transient_failures_are_tried_again_and_once(
    get: Get, upstreams: Upstreams, fault: Fault, calls: int
) -> None:
    upstreams.fail("open-meteo", fault)
    with pytest.raises(UpstreamError):
        get()
    assert len(upstreams.calls()) == calls


def test_a_retry_succeeds_after_a_transient_failure(get: Get, upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.status(503), first=1)
    assert get().status == 200


def test_there_is_no_retry_with_less_than_a_second_left(get: Get, upstreams: Upstreams) -> None:
    upstreams.fail("open-meteo", faults.status(503))
    with pytest.raises(UpstreamUnavailable):
        get(seconds=0.9)
    assert len(upstreams.calls()) == 1


@pytest.mark.parametrize("how", [faults.endless(), faults.limit_data(3)], ids=["endless", "cut"])
def test_a_429_with_an_unreadable_body_closes_the_quota(
    get: Get, upstreams: Upstreams, how: Fault
) -> None:
    upstreams.fail("open-meteo", faults.rate_limited(), how)
    for _ in range(2):
        with pytest.raises(UpstreamUnavailable) as caught:
            get()
        assert 58 <= caught.value.retry_after <= 60
    assert len(upstreams.calls()) == 1


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [("120", 120), ("99999", 3600), ("Fri, 01 Jan 2027 00:00:00 GMT", 60)],
)
def test_retry_after_is_bounded(
    get: Get, upstreams: Upstreams, retry_after: str, seconds: int
) -> None:
    upstreams.fail("open-meteo", faults.status(429, headers={"Retry-After": retry_after}))
    with pytest.raises(UpstreamUnavailable) as caught:
        get()
    assert caught.value.retry_after == seconds


@pytest.mark.parametrize(
    "fault",
    [
        faults.invalid_json(),
        faults.html_200(),
        faults.bare_nan(),
        faults.not_finite(),
        faults.broken_stream(),
        faults.empty(),
        faults.deep_json(),
    ],
    ids=["invalid", "html", "nan", "NaN", "broken", "empty", "deep"],
)
def test_a_body_that_is_no_json_is_an_error(get: Get, upstreams: Upstreams, fault: Fault) -> None:
    upstreams.fail("open-meteo", fault)
    response = get()
    with pytest.raises(UpstreamError):
        response.json()


def test_an_exception_of_an_adapter_is_logged_and_an_upstream_error(
    upstream: Upstream, upstreams: Upstreams, caplog: pytest.LogCaptureFixture
) -> None:
    def read(response: UpstreamResponse) -> int:
        return len(response.json()["no such key"])

    with pytest.raises(UpstreamError):
        upstream.get("Test", upstreams.url("open-meteo") + PATH, Deadline(3), read, params=PARAMS)
    assert "no such key" in caplog.text, "the log names the fault"


def test_a_process_that_ends_makes_no_calls_and_holds_no_slot(get: Get, upstream: Upstream) -> None:
    get()
    upstream._threads._executor.shutdown()
    for _ in range(3):
        with pytest.raises(CallSkipped, match="about to stop"):
            get(seconds=0.3)


def test_a_closed_port_is_unavailable(upstream: Upstream, upstreams: Upstreams) -> None:
    url = upstreams.url("open-meteo")
    upstreams.refuse()
    with pytest.raises(UpstreamUnavailable):
        upstream.get("Test", url + PATH, Deadline(3), unread)


def test_an_unknown_host_is_unavailable(upstream: Upstream) -> None:
    with pytest.raises(UpstreamUnavailable):
        upstream.get("Test", "http://no-such-host.invalid/", Deadline(3), unread)


def test_the_environments_proxy_is_ignored(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert get().status == 200


def test_the_settings_proxy_is_used(upstreams: Upstreams) -> None:
    proxied = Upstream("tests", proxy="http://127.0.0.1:1")
    with pytest.raises(UpstreamUnavailable):
        proxied.get("Test", upstreams.url("open-meteo") + PATH, Deadline(3), unread)
