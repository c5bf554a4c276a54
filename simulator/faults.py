"""Faults of providers: of the network (named as in toxiproxy), statuses and unusable bodies.

Every function returns a `Fault`. Faults may be combined; the last one that changes the delivery
determines it. Those of `data_faults` leave a valid response with doubtful data.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from . import data_faults, fault, payloads, wire
from .messages import Response, dump

Fault = fault.Fault
half_last_day = data_faults.half_last_day
implausible = data_faults.implausible
invalid_timezone = data_faults.invalid_timezone
late_start = data_faults.late_start
missing_hour = data_faults.missing_hour
no_height = data_faults.no_height
old_current = data_faults.old_current
LIMITS = {
    "minutely": "Minutely API request limit exceeded. Please try again in one minute.",
    "hourly": "Hourly API request limit exceeded. Please try again in the next hour.",
    "daily": "Daily API request limit exceeded. Please try again tomorrow.",
    "concurrent": "Too many concurrent requests",
}
SECTIONS = ("current", "hourly", "daily", "timeseries", "results", "latitude", "longitude")
PAGE = "<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>"


# the network


def latency(seconds: float) -> Fault:
    return Fault("latency", delay=seconds)


def down() -> Fault:
    """The connection is accepted and closed. `Upstreams.refuse` refuses connections."""
    return Fault("down", deliver=wire.nothing)


def reset_peer() -> Fault:
    return Fault("reset_peer", deliver=wire.reset)


def timeout() -> Fault:
    """No response until `heal`."""
    return Fault("timeout", deliver=wire.silence)


def bandwidth(rate: float) -> Fault:
    """The body at `rate` bytes per second, in steps of 50 ms."""
    return Fault("bandwidth", deliver=wire.dripping(int(rate / 20), 0.05))


def drip_headers(size: int = 1, pause: float = 0.05) -> Fault:
    return Fault("drip_headers", deliver=wire.dripping(size, pause, headers=True))


def slicer(size: int = 64, pause: float = 0.001) -> Fault:
    return Fault("slicer", deliver=wire.dripping(size, pause))


def slow_close(seconds: float = 0.1) -> Fault:
    return Fault("slow_close", deliver=wire.late_close(seconds))


def limit_data(length: int) -> Fault:
    """The connection ends after `length` bytes of the body."""
    return Fault("limit_data", deliver=wire.cut(length))


def endless() -> Fault:
    return Fault("endless", deliver=wire.endless)


# statuses


def status(code: int, body: str | None = None, headers: Mapping[str, str] | None = None) -> Fault:
    """Any status; without `body`, the body is an error in Open-Meteo's format."""
    text = dump({"error": True, "reason": "Something went wrong."}) if body is None else body
    answer = Response(code, text.encode(), headers=dict(headers or {}))
    return Fault("status", change=lambda _: answer)


def rate_limited(window: str = "minutely", retry_after: int | None = None) -> Fault:
    """429 with Open-Meteo's message for the window. Open-Meteo sends no Retry-After."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return status(429, dump({"error": True, "reason": LIMITS[window]}), headers)


def server_error() -> Fault:
    return status(500)


def overloaded() -> Fault:
    return status(503, dump({"error": True, "reason": "The service is overloaded"}))


def redirect(to: str = "http://169.254.169.254/", code: int = 302) -> Fault:
    return status(code, "", {"Location": to})


# bodies


def huge(length: int = 8_000_000) -> Fault:
    """The correct response, followed by `length` blanks."""
    return Fault("huge", change=payloads.of_text(lambda body: body + b" " * length))


def gzip_bomb(megabytes: int = 100) -> Fault:
    packed = Response(200, payloads.bomb(megabytes), headers={"Content-Encoding": "gzip"})
    return Fault("gzip_bomb", change=lambda _: packed)


def invalid_json() -> Fault:
    return Fault("invalid_json", change=payloads.of_text(lambda body: body[:-1] + b",,"))


def html_200() -> Fault:
    page = Response(200, PAGE.encode(), "text/html; charset=utf-8")
    return Fault("html_200", change=lambda _: page)


def bare_nan() -> Fault:
    return Fault("bare_nan", change=payloads.bare_nan)


def broken_stream() -> Fault:
    return Fault("broken_stream", change=payloads.of_text(payloads.broken_stream))


def empty() -> Fault:
    return Fault("empty", change=payloads.of_text(lambda _: b""))


def content_type(name: str = "text/plain; charset=utf-8") -> Fault:
    return Fault("content_type", change=lambda answer: replace(answer, content_type=name))


def text(body: str) -> Fault:
    """This body with the correct status and headers."""
    return Fault("text", change=payloads.of_text(lambda _: body.encode()))


def nulls() -> Fault:
    """Every number null."""
    return Fault("nulls", change=payloads.of_json(lambda v: payloads.numbers(v, lambda _: None)))


def missing_keys(names: Sequence[str] = SECTIONS) -> Fault:
    return Fault("missing_keys", change=payloads.of_json(lambda v: payloads.without(v, names)))


def unknown_code(code: int = 42) -> Fault:
    return Fault("unknown_code", change=payloads.of_json(lambda v: payloads.coded(v, code)))


def wrong_types(word: str = "n/a") -> Fault:
    """Strings instead of numbers."""
    change = payloads.of_json(lambda value: payloads.numbers(value, lambda _: word))
    return Fault("wrong_types", change=change)


def not_finite() -> Fault:
    """NaN, Infinity and -Infinity, which Python's json reads."""
    return Fault("not_finite", change=payloads.of_json(payloads.not_finite))


def uneven() -> Fault:
    """Parallel arrays of different lengths."""
    return Fault("uneven", change=payloads.of_json(payloads.uneven))


def json_list() -> Fault:
    """The response as the only item of a list."""
    return Fault("json_list", change=payloads.of_text(lambda body: b"[" + body + b"]"))


def json_scalar(value: object = 42) -> Fault:
    body = json.dumps(value).encode()
    return Fault("json_scalar", change=payloads.of_text(lambda _: body))


def deep_json(depth: int = 100_000) -> Fault:
    """Nested too deeply for a recursive parser's stack."""
    body = b"[" * depth + b"]" * depth
    return Fault("deep_json", change=payloads.of_text(lambda _: body))


VOCABULARY: dict[str, Callable[..., Fault]] = {
    function.__name__: function
    for function in (
        latency,
        down,
        reset_peer,
        timeout,
        bandwidth,
        drip_headers,
        slicer,
        slow_close,
        limit_data,
        endless,
        status,
        rate_limited,
        server_error,
        overloaded,
        redirect,
        huge,
        gzip_bomb,
        invalid_json,
        html_200,
        bare_nan,
        broken_stream,
        empty,
        content_type,
        text,
        nulls,
        missing_keys,
        unknown_code,
        wrong_types,
        not_finite,
        uneven,
        json_list,
        json_scalar,
        deep_json,
        half_last_day,
        implausible,
        invalid_timezone,
        late_start,
        missing_hour,
        no_height,
        old_current,
    )
}
