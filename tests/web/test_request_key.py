"""What a response depends on besides its visitor."""

from __future__ import annotations

from typing import Any

import pytest

from weather.web.request_key import accepts_gzip, request_key

BROWSER: dict[str, Any] = {
    "REQUEST_METHOD": "GET",
    "PATH_INFO": "/Paris",
    "QUERY_STRING": "",
    "HTTP_HOST": "weather.example",
    "wsgi.url_scheme": "https",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_USER_AGENT": "Mozilla/5.0 Firefox/140.0",
    "HTTP_ACCEPT": "text/html,*/*;q=0.8",
    "HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.9",
    "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
}


@pytest.mark.parametrize(
    "changes",
    [
        {"HTTP_USER_AGENT": "Mozilla/5.0 Chrome/140.0"},
        {"HTTP_ACCEPT": "text/html,application/xhtml+xml,image/avif,*/*;q=0.8"},
        {"HTTP_ACCEPT_LANGUAGE": "de"},
        {"HTTP_ACCEPT_LANGUAGE": "xx,de;q=0.3"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"HTTP_COOKIE": "session=1"},
        {"HTTP_IF_NONE_MATCH": '"a"'},
        {"HTTP_X_ANYTHING": "1"},
    ],
)
def test_headers_count_by_what_is_read_from_them(changes: dict[str, str]) -> None:
    assert request_key(BROWSER | changes) == request_key(BROWSER)


@pytest.mark.parametrize(
    "changes",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"PATH_INFO": "/paris"},
        {"QUERY_STRING": "u"},
        {"HTTP_HOST": "other.example"},
        {"SCRIPT_NAME": "/weather"},
        {"wsgi.url_scheme": "http"},
        {"SERVER_PROTOCOL": "HTTP/1.0"},
        {"HTTP_USER_AGENT": "Googlebot/2.1"},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_ACCEPT": "*/*", "HTTP_USER_AGENT": "curl/8"},
        {"HTTP_ACCEPT_LANGUAGE": "fr"},
        {"HTTP_ACCEPT_LANGUAGE": ""},
        {"HTTP_ACCEPT_ENCODING": "gzip;q=0"},
        {"HTTP_ACCEPT_ENCODING": ""},
        {"HTTP_COOKIE": "kept=units%3Dms"},
        {"HTTP_ACCEPT": "text/html"},  # a terminal's page, where agent= names one
    ],
)
def test_what_changes_a_response_changes_the_key(changes: dict[str, str]) -> None:
    assert request_key(BROWSER | changes) != request_key(BROWSER)


@pytest.mark.parametrize(
    "changes",
    [
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "OPTIONS"},
        {"PATH_INFO": "/" + "x" * 4000},
        {"HTTP_COOKIE": "kept=" + "x" * 4000},
    ],
)
def test_what_is_not_to_be_stored_has_no_key(changes: dict[str, str]) -> None:
    assert request_key(BROWSER | changes) is None


@pytest.mark.parametrize(
    ("header", "accepted"),
    [("gzip", True), ("*", True), ("br, gzip;q=0.1", True), ("", False), ("gzip;q=0", False)],
)
def test_gzip_is_sent_to_clients_that_accept_it(header: str, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted
