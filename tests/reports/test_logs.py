"""No server that README names logs an address or a place (README, "Privacy")."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator import Upstreams, faults
from tests.processes import PATIENCE, Service, run, serve
from weather.server import logs

HEAD = b"Host: localhost\r\nX-Forwarded-For: 81.2.69.160\r\nConnection: close\r\n"
# Sent whole, or broken off in the middle.
REQUESTS = (
    b"GET /Reykjavik HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /?lat=12.34&lon=56.78 HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /api/v1/places?q=Reykjavik HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /Reykjav\xc3\xadk HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /Reykjav\xedk HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /Reyk javik HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /Reykjavik\x01 HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"Reykjavik\r\n\r\n",
    b"REYKJAVIK#Reykjavik /Reykjavik HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /Reykjavik HTTP/Reykjavik\r\n" + HEAD + b"\r\n",
    b"GET /Reykjavik HTTP/1.1\r\n" + HEAD + b"Reykjavik\r\n\r\n",
    b"GET /Reykjavik HTTP/1.1\r\n" + HEAD + b"Expect: Reykjavik\r\n\r\n",
    b"GET /Reykjavik HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: Reykjavik\r\n\r\n",
    b"GET /Reykjavik HTTP/1.1\r\n" + HEAD + b"Content-Length: Reykjavik\r\n\r\n",
    b"GET /Reykjavik" + b"x" * 9000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n",
    b"GET /Reykjavik HTTP/1.1\r\nX: Reykj",
    b"GET /Reykjavik HTT",
    b"POST /settings HTTP/1.1\r\n" + HEAD + b"Content-Length: 100\r\n\r\nback=/Reykjavik",
)
SECRETS = ("Reyk", "12.34", "56.78", "81.2.69.160", "ip=", "64.1", "21.9", "x" * 50)
FAILURES = (faults.down(), faults.server_error(), faults.invalid_json(), faults.redirect())
# Places that nothing has in its cache.
FAILING = (b"/64.1,-21.9?strict=1", b"/compare?q=Reykjavik&q=64.1,-21.9", b"/?q=Reykjaviik")
SERVERS = {
    "python app.py": (),
    "gunicorn app:app": ("-m", "gunicorn", "app:app", "-b", "127.0.0.1:0", "--log-level", "debug"),
    "gunicorn -k gthread": (
        *("-m", "gunicorn", "app:app", "-b", "127.0.0.1:0", "--log-level", "debug"),
        *("--threads", "2"),
    ),
    "gunicorn --access-logfile": (
        *("-m", "gunicorn", "app:app", "-b", "127.0.0.1:0", "--log-level", "debug"),
        *("--access-logfile", "-"),
    ),
    "gunicorn --access-logformat": (
        *("-m", "gunicorn", "app:app", "-b", "127.0.0.1:0", "--log-level", "info"),
        *("--access-logfile", "-", "--access-logformat"),
        "%(h)s %(r)s %(U)s?%(q)s %(f)s %(a)s %({x-forwarded-for}i)s %({raw_uri}e)s %(s)s",
    ),
    "gunicorn of another log configuration": (
        *("-m", "gunicorn", "app:app", "-b", "127.0.0.1:0", "--log-level", "debug"),
        *("--log-config", "tests/reports/logging.ini"),
    ),
    "flask run": ("-m", "flask", "run", "--port", "0"),
    "flask run --debug": ("-m", "flask", "run", "--port", "0", "--debug", "--no-reload"),
}


@pytest.fixture
def upstreams() -> Iterator[Upstreams]:
    with Upstreams() as server:
        server.now = lambda: datetime.now(UTC)
        yield server


def send(service: Service, request: bytes) -> None:
    with socket.create_connection(("127.0.0.1", service.port), PATIENCE) as client:
        client.sendall(request)
        client.shutdown(socket.SHUT_WR)
        try:
            while client.recv(1 << 16):
                pass
        except ConnectionError:
            pass


@pytest.mark.parametrize("server", SERVERS)
def test_neither_addresses_nor_places_are_logged(
    upstreams: Upstreams, tmp_path: Path, server: str
) -> None:
    environment = {
        **upstreams.environment(), "LOG_LEVEL": "debug", "TRUSTED_PROXIES": "1",
        "WEB_CONCURRENCY": "1",
    }  # fmt: skip
    with serve(tmp_path / "log", environment, *SERVERS[server]) as service:
        for request in REQUESTS:
            send(service, request)
        for failure in FAILURES:
            upstreams.heal()
            upstreams.fail("*", failure)
            for path in FAILING:
                send(service, REQUESTS[0].replace(b"/Reykjavik", path))
        send(service, b"GET /healthz HTTP/1.1\r\n" + HEAD + b"\r\n")
    lines = [
        line
        for line in service.log.read_text().splitlines()
        if not any(start in line for start in ("Listening at", "Running on"))
        and not line.startswith("  ")  # gunicorn's configuration
    ]
    assert [line for line in lines for secret in SECRETS if secret in line] == []
    assert [line for line in lines if "127.0.0.1" in line] == []


def formatted(record: logging.LogRecord) -> str:
    handler = logging.StreamHandler()
    handler.setFormatter(logs._Formatter("%(message)s"))
    return handler.format(record)


def test_every_formatter_writes_tracebacks_without_messages() -> None:
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(logs._record)
    lines: list[str] = []
    logger = logging.getLogger("tests.of.logs")
    handler = logging.StreamHandler()
    handler.emit = lambda record: lines.append(logging.Formatter().format(record))  # type: ignore[method-assign]
    logger.addHandler(handler)
    try:
        raise ValueError("/Reyk" + "javik")
    except ValueError:
        logger.exception("It failed")
    finally:
        logger.removeHandler(handler)
        logging.setLogRecordFactory(before)
    assert "ValueError" in lines[0]
    assert "Reykjavik" not in lines[0]


def test_an_exception_that_ends_a_thread_is_logged_without_its_message(tmp_path: Path) -> None:
    code = """
import threading
from weather.server import logs
logs.configure("debug")
class Unraisable:
    def __del__(self):
        raise ValueError("Reyk" + "javik")
def fail():
    Unraisable()
    raise KeyError("Reyk" + "javik")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
"""
    done = run("-c", code)
    assert done.returncode == 0
    assert done.stderr.count("Uncaught exception") == 2
    assert "Reykjavik" not in done.stderr


def test_a_logged_traceback_has_no_messages_of_exceptions() -> None:
    """They may quote what the visitor sent; the system's messages do not."""
    try:
        try:
            int("Reykjavik")
        except ValueError as error:
            raise OSError(28, "No space left on device", "/cache/Reykjavik") from error
    except OSError as error:
        record = logging.LogRecord(
            "x",
            logging.ERROR,
            "",
            1,
            "Unhandled exception",
            (),
            (OSError, error, error.__traceback__),
        )
    text = formatted(record)
    assert "Reykjavik" not in text.replace('int("Reykjavik")', "").replace(
        '"/cache/Reykjavik"', ""
    ), "the frames quote the source of this test"
    assert "ValueError" in text
    assert "OSError: No space left on device" in text
    assert "test_logs.py" in text
