"""gunicorn's threaded worker, whose threads wait for no client.

The poller receives requests, sends what a client has not yet received of its response, and closes
connections; a thread is given to complete requests only, and to these only if their response is not
ready. Each request is stamped with its arrival, so that time spent in the queue counts against
its deadline.

tests/server/test_gunicorn_contract.py lists what is used of gunicorn's internals.
"""

from __future__ import annotations

import io
import time
from http import HTTPStatus
from typing import Any

from gunicorn.config import Config
from gunicorn.http.errors import NoMoreData

from weather.server import refusal
from weather.server.accepting import AcceptingWorker
from weather.server.allocator import return_free_memory
from weather.server.connection import Connection
from weather.server.exchange import Application, Exchange
from weather.server.unsent import Unsent
from weather.web.environ import ARRIVED, METRICS_LISTENER

_HEARTBEAT = 1.0  # seconds; the master waits for 30
_TRIM = 30.0  # seconds between two times that free memory is given back, in 0.2 ms


class _Outcome:
    """Of a request that was served without a thread: what gunicorn reads of a thread's future."""

    def __init__(self, keepalive: bool) -> None:
        self._keepalive = keepalive

    def result(self) -> bool:
        return self._keepalive

    def cancelled(self) -> bool:
        return False

    def exception(self) -> None:
        return None


class Worker(AcceptingWorker):
    wsgi: Application
    alive: bool
    max_keepalived: int

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._is_lazy: bool = getattr(self.app, "is_lazy", False)
        self._metrics_port: int = getattr(self.app, "metrics_port", 0)
        self._next_heartbeat = 0.0  # time.monotonic()
        self._next_trim = time.monotonic() + _TRIM

    @classmethod
    def check_config(cls, cfg: Config, log: Any) -> None:
        """Called before the start. Raises `RuntimeError` for what this worker cannot do."""
        super().check_config(cfg, log)
        if cfg.is_ssl or cfg.proxy_protocol != "off":
            raise RuntimeError("This worker speaks HTTP/1 only: TLS is a reverse proxy's.")

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

    def serve(self, connection: Connection, *, is_alone: bool) -> None:
        """A lazy application is called at once: its response may be ready, and to give a request
        to a thread and back costs as much as the rest of it. Pipelined requests go to threads, as
        the calls for them would nest."""
        keepalive = self._serve(connection, wait=False) if self._is_lazy and is_alone else None
        if keepalive is None:
            super().serve(connection, is_alone=is_alone)
        else:
            self.finish_request(connection, _Outcome(keepalive))

    def handle(self, connection: Connection) -> bool:
        """Called in a thread. Whether the connection goes on."""
        return bool(self._serve(connection, wait=True))

    def _serve(self, connection: Connection, *, wait: bool) -> bool | None:
        """Whether the connection goes on; None if the response is not ready, and the caller does
        not `wait` for it."""
        exchange, connection.exchange = connection.exchange, None
        try:
            exchange = exchange or self._called(connection)
            if wait or exchange.is_ready:
                return self._answer(connection, exchange)
            connection.exchange = exchange
            return None
        except NoMoreData:
            self.log.debug("The request ended before its end")
        except Exception as error:  # noqa: BLE001  # whatever a parser or an application raises
            self._answer_error(connection, error)
        return False

    def _called(self, connection: Connection) -> Exchange:
        """The next request of the connection, with which the application was called."""
        request = next(connection.parser, None)
        if request is None:  # the one before said that it is the last
            raise NoMoreData()
        exchange = Exchange(request, connection.client, connection.server, self.cfg)
        environ = exchange.environ
        environ[ARRIVED] = connection.arrived
        if self._metrics_port and connection.server[1] == self._metrics_port:
            environ[METRICS_LISTENER] = True
        # There is no other protocol here. Werkzeug refuses requests for a WebSocket.
        environ.pop("HTTP_UPGRADE", None)
        if not connection.body_arrived:
            environ["wsgi.input"] = io.BytesIO()
        # After an unread body the start of the next request is unknown.
        is_last = not connection.body_arrived or _says_close(request) or not self.alive
        if is_last or len(self.keepalived_conns) >= self.max_keepalived:
            exchange.response.force_close()
        exchange.call(self.wsgi)
        return exchange

    def _answer(self, connection: Connection, exchange: Exchange) -> bool:
        sent = self._send(connection, *exchange.complete())
        keepalive = sent and connection.body_arrived and not exchange.response.should_close()
        return bool(self._keepalive_after(connection, keepalive))

    def _answer_error(self, connection: Connection, error: Exception) -> None:
        """gunicorn's own method logs the client's address and quotes the request."""
        status = refusal.status_of(error)
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("Error handling request", exc_info=error)
        else:
            self.log.debug("Refused a request: %s", type(error).__name__)
            self._limits.on_refusal(status)
        self._send(connection, refusal.response(status))

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


def _says_close(request: Any) -> bool:
    """Whether `close` is among the connection options (RFC 9110, 7.6.1). gunicorn reads only the
    first Connection field, and that only if it has one option."""
    return any(
        name == "CONNECTION" and "close" in (option.strip().lower() for option in value.split(","))
        for name, value in request.headers
    )
