"""Logging without visitors' addresses and places, under every server that README names.

The application logs neither. The servers do: gunicorn logs what it cannot parse with the client's
address, its access log has all requests, and so has the log of Werkzeug's development server.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from weather.server.json_lines import JsonFormatter

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
# gunicorn's names of method, protocol, status, length, time, duration and process.
_HARMLESS_ATOMS = ("m", "H", "s", "B", "b", "t", "T", "D", "M", "L", "p")
_SERVERS = ("gunicorn.error", "gunicorn.access", "werkzeug")
_FORMAT = "%(asctime)s %(levelname)s %(message)s"

_ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def configure(level: str, form: str = "text") -> None:
    """Logs to stderr from `level` on ("debug", "info", …), in the `form` "text" or "json"."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter(_FORMAT))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    if form == "json":
        use_json("", *_SERVERS)
    # The connection pool logs the URLs of calls, which have coordinates.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    _add_filter("gunicorn.error", _GunicornFilter())
    _add_filter("gunicorn.access", _GunicornAccessFilter())
    _add_filter("werkzeug", _WerkzeugFilter())
    # For the handlers of others too: those of the server, or of its log configuration.
    logging.setLogRecordFactory(_record)
    # They would print the messages of exceptions to stderr.
    threading.excepthook = lambda args: _log_uncaught(args.exc_value)
    sys.unraisablehook = lambda args: _log_uncaught(args.exc_value)


def use_json(*loggers: str) -> None:
    """Give the handlers of these loggers the form of JSON; "" is the root."""
    for name in loggers:
        for handler in logging.getLogger(name).handlers:
            handler.setFormatter(JsonFormatter(_without_message))


def _add_filter(name: str, added: logging.Filter) -> None:
    """Replaces an earlier filter of the same class."""
    logger = logging.getLogger(name)
    logger.filters = [present for present in logger.filters if type(present) is not type(added)]
    logger.addFilter(added)


def _record(*arguments: Any, **options: Any) -> logging.LogRecord:
    """A record whose traceback is without the messages of exceptions, whatever formats it:
    `logging.Formatter` uses `exc_text` if it is set."""
    record = logging.LogRecord(*arguments, **options)
    if record.exc_info and record.exc_info[1]:
        record.exc_text = _without_message(record.exc_info[1])
    return record


def _log_uncaught(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit):
        logging.getLogger(__name__).error("Uncaught exception", exc_info=error)


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
        return True


class _Atoms(dict[str, Any]):
    """The values of an access log's line; `-` stands for all others."""

    def __missing__(self, name: str) -> str:
        return "-"


class _GunicornAccessFilter(logging.Filter):
    """Leaves in the lines of the access log what does not say who asked for what."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, Mapping):
            atoms = record.args
            left = _Atoms({name: atoms[name] for name in _HARMLESS_ATOMS if name in atoms})
            left["r"] = f"{left['m']} - {left['H']}"
            record.args = left
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
