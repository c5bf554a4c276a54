"""gunicorn's threaded worker, whose threads wait for no client.

The poller receives requests, sends what a client has not yet received of its response, and closes
connections; a thread is given to complete requests only. Each request is stamped with its arrival,
so that time spent in the queue counts against its deadline.

tests/server/test_gunicorn_contract.py lists what is used of gunicorn's internals.
"""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

from gunicorn.config import Config
from gunicorn.http.errors import NoMoreData

from weather.server import refusal
from weather.server.accepting import AcceptingWorker
from weather.server.allocator import return_free_memory
from weather.server.connection import Connection
from weather.server.unsent import ResponseWriter, Unsent
from weather.web.environ import ARRIVED, METRICS_LISTENER

Application = Callable[[dict[str, Any], Any], Any]

_HEARTBEAT = 1.0  # seconds; the master waits for 30
_TRIM = 30.0  # seconds between two times that free memory is given back, in 0.2 ms


class Worker(AcceptingWorker):
    wsgi: Application

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._current = threading.local()  # .connection: the one that a thread serves
        self._next_heartbeat = 0.0  # time.monotonic()
        self._next_trim = time.monotonic() + _TRIM

    @classmethod
    def check_config(cls, cfg: Config, log: Any) -> None:
        """Called before the start. Raises `RuntimeError` for what this worker cannot do."""
        super().check_config(cfg, log)
        if cfg.is_ssl or cfg.proxy_protocol != "off":
            raise RuntimeError("This worker speaks HTTP/1 only: TLS is a reverse proxy's.")

    def load_wsgi(self) -> None:
        super().load_wsgi()
        app = self.wsgi
        metrics_port: int = getattr(self.app, "metrics_port", 0)

        def with_arrival(environ: dict[str, Any], start_response: Any) -> Any:
            connection = self._current.connection
            environ[ARRIVED] = connection.arrived
            if metrics_port and connection.server[1] == metrics_port:
                environ[METRICS_LISTENER] = True
            # There is no other protocol here. Werkzeug refuses requests for a WebSocket.
            environ.pop("HTTP_UPGRADE", None)
            if not connection.body_arrived:
                environ["wsgi.input"] = io.BytesIO()
            return app(environ, start_response)

        self.wsgi = with_arrival

    def notify(self) -> None:
        """Called in each turn of the main loop, of which each request has several; gunicorn's own
        makes a system call each time."""
        now = time.monotonic()
        if now >= self._next_heartbeat:
            self._next_heartbeat = now + _HEARTBEAT
            super().notify()
        if now >= self._next_trim:
            self._next_trim = now + _TRIM
            return_free_memory()

    def handle(self, connection: Connection) -> bool:
        """Called in a thread. Whether the connection goes on."""
        self._current.connection = connection
        request = None
        try:
            request = next(connection.parser)
            return self._keepalive_after(connection, self.handle_request(request, connection))
        except NoMoreData:
            self.log.debug("The request ended before its end")
        except StopIteration:
            # gunicorn has logged that the application failed after it had begun its response.
            if request is not None:
                self._send(connection, refusal.response(HTTPStatus.INTERNAL_SERVER_ERROR))
        except Exception as error:  # noqa: BLE001  # whatever a parser or an application raises
            self.handle_error(request, connection.sock, connection.client, error)
        return False

    def handle_request(self, request: Any, connection: Connection) -> bool:
        # 100 (Continue) was sent if the body is read; gunicorn would send it now.
        request._expected_100_continue = False
        # After an unread body the start of the next request is unknown. Decided now, so that the
        # response says so.
        if not connection.body_arrived or _says_close(request):
            request.force_close()
        writer = ResponseWriter()
        exchange = SimpleNamespace(sock=writer, client=connection.client, server=connection.server)
        keepalive = super().handle_request(request, exchange)
        return self._send(connection, *writer.buffers) and bool(keepalive)

    def handle_error(self, request: Any, sock: socket.socket, address: Any, error: Any) -> None:
        """Called in a thread. gunicorn's own logs the client's address and quotes the request."""
        status = refusal.status_of(error)
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("Error handling request", exc_info=error)
        else:
            self.log.debug("Refused a request: %s", type(error).__name__)
            self._limits.on_refusal(status)
        self._send(self._current.connection, refusal.response(status))

    def _send(self, connection: Connection, *buffers: bytes) -> bool:
        """Sends what the socket's buffer takes and leaves the rest to the poller. False if the
        client has gone."""
        unsent = Unsent(buffers)
        try:
            unsent.send(connection.sock)
        except OSError as error:
            self.log.debug("The client has gone: %s", type(error).__name__)
            return False
        connection.unsent = unsent
        return True

    def _keepalive_after(self, connection: Connection, keepalive: bool) -> bool:
        return connection.body_arrived and bool(super()._keepalive_after(connection, keepalive))


def _says_close(request: Any) -> bool:
    """Whether `close` is among the connection options (RFC 9110, 7.6.1). gunicorn reads only the
    first Connection field, and that only if it has one option."""
    return any(
        name == "CONNECTION" and "close" in (option.strip().lower() for option in value.split(","))
        for name, value in request.headers
    )
