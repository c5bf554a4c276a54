"""Logging without visitors' addresses and places, under every server that README names.

The application logs neither. The servers do: gunicorn logs what it cannot parse with the client's
address, and Werkzeug's development server logs every request.
"""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

# gunicorn's messages that have the address, the URL, or the bytes of a request in their text or
# arguments, by their beginnings. tests/server/test_gunicorn_contract.py compares them to gunicorn.
GUNICORN_MESSAGES = (
    "Invalid request",
    "Error handling request",
    "Ignored premature client disconnection.",
    "Closing connection.",
)
# The message of gunicorn's default `pre_request`: the method and the path of each request.
GUNICORN_REQUEST = "%s %s"
# "ADDRESS - - [TIME] …", the form of Werkzeug's lines for requests.
_REQUEST_LINE = re.compile(r"\S+ - - \[")
_FORMAT = "%(asctime)s %(levelname)s %(message)s"

_ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def configure(level: str) -> None:
    """Logs to stderr from `level` on ("debug", "info", …)."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter(_FORMAT))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    # The connection pool logs the URLs of calls, which have coordinates.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    _add_filter("gunicorn.error", _GunicornFilter())
    _add_filter("werkzeug", _WerkzeugFilter())


def _add_filter(name: str, added: logging.Filter) -> None:
    """Replaces an earlier filter of the same class."""
    logger = logging.getLogger(name)
    logger.filters = [present for present in logger.filters if type(present) is not type(added)]
    logger.addFilter(added)


class _Formatter(logging.Formatter):
    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802  # the library's name
        return "" if ei[1] is None else _without_message(ei[1])


class _GunicornFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg == GUNICORN_REQUEST:
            return False
        for beginning in GUNICORN_MESSAGES:
            if str(record.msg).startswith(beginning):
                record.msg, record.args = beginning, ()
        if record.exc_info and record.exc_info[1]:
            record.exc_text = _without_message(record.exc_info[1])
        return True


class _WerkzeugFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if str(record.msg).startswith("Error on request"):
            record.msg, record.args = "Error on request", ()
        return not _REQUEST_LINE.match(str(record.msg))


def _without_message(error: BaseException) -> str:
    """The traceback, with the types of the exceptions only: their messages may quote a request.
    The system's messages of an `OSError` do not."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{_without_message(cause)}\nthen:\n" if cause else ""
    frames = "".join(traceback.format_tb(error.__traceback__))
    detail = f": {error.strerror}" if isinstance(error, OSError) and error.strerror else ""
    return f"{before}{frames}{type(error).__qualname__}{detail}"
