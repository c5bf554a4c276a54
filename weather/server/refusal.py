"""The responses to requests that gunicorn cannot parse.

gunicorn's own are HTML that quotes the request.
"""

from __future__ import annotations

from http import HTTPStatus

from gunicorn.http import errors

# By class; every other error of the parser is a 400.
_STATUSES: dict[type[Exception], HTTPStatus] = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    # Raised for headers of our own response.
    errors.InvalidResponseHeader: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.InvalidResponseHeaderName: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.ConfigurationProblem: HTTPStatus.INTERNAL_SERVER_ERROR,
}


def status_of(error: BaseException) -> HTTPStatus:
    """400 for a request that cannot be parsed, or what fits better; 500 for all other errors."""
    if not isinstance(error, errors.ParseException):
        return HTTPStatus.INTERNAL_SERVER_ERROR
    return _STATUSES.get(type(error), HTTPStatus.BAD_REQUEST)


def response(status: HTTPStatus) -> bytes:
    """A whole response in plain text, after which the connection closes."""
    body = f"{status.value} {status.phrase}\n".encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
    )
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body
