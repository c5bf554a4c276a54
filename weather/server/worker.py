"""gunicorn's threaded worker, with complete requests only in its threads.

Each request is stamped with its arrival, so that time spent in the queue counts against its
deadline.

tests/server/test_gunicorn_contract.py lists what is used of gunicorn's internals.
"""

from __future__ import annotations

import contextlib
import io
import socket
import threading
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from gunicorn.workers.gthread import TConn

from weather.server import refusal
from weather.server.reading import ReadingWorker, encode_request_line
from weather.web.environ import ARRIVED

Application = Callable[[dict[str, Any], Any], Any]


class Worker(ReadingWorker):
    wsgi: Application
    sockets: list[Any]

    def init_process(self) -> None:
        self._current = threading.local()  # .connection: the one that a thread serves
        super().init_process()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        app = self.wsgi

        def with_arrival(environ: dict[str, Any], start_response: Any) -> Any:
            connection = self._current.connection
            environ[ARRIVED] = connection.arrived
            if not connection.body_arrived:
                environ["wsgi.input"] = io.BytesIO()
            return app(environ, start_response)

        self.wsgi = with_arrival

    def set_accept_enabled(self, enabled: bool) -> None:
        """A worker that stops drains the accept queue before it closes the listeners, or the
        kernel resets the queued clients."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            self._drain(listener)
            listener.close()
        self.sockets = []

    def _drain(self, listener: socket.socket) -> None:
        while True:
            try:
                client, address = listener.accept()
            except ConnectionAbortedError:
                continue
            except OSError:  # BlockingIOError: the queue is empty; or no descriptor is free
                return
            self.nr_conns += 1
            self.enqueue_req(TConn(self.cfg, client, address, listener.getsockname()))

    def handle(self, connection: TConn) -> Any:
        """Called in a thread."""
        self._current.connection = connection
        encode_request_line(connection)
        return super().handle(connection)

    def handle_request(self, request: Any, connection: TConn) -> Any:
        # 100 (Continue) was sent if the body is read; gunicorn would send it now.
        request._expected_100_continue = False
        return super().handle_request(request, connection)

    def handle_error(self, request: Any, sock: socket.socket, address: Any, error: Any) -> None:
        """Called in a thread. gunicorn's own logs the client's address and quotes the request."""
        status = refusal.status_of(error)
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("Error handling request", exc_info=error)
        else:
            self.log.debug("Refused a request: %s", type(error).__name__)
        with contextlib.suppress(OSError):
            sock.sendall(refusal.response(status))

    def _keepalive_after(self, connection: TConn, keepalive: bool) -> bool:
        # After an unread body the start of the next request is unknown.
        return connection.body_arrived and bool(super()._keepalive_after(connection, keepalive))
