"""The HTTP server: reads a request, records it, and answers it with the planned faults."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, unquote, urlsplit

from . import control
from .faults import Fault
from .messages import Request, Response
from .providers import NOT_FOUND, PROVIDERS, answer
from .wire import Delivery, Wire, head_only, whole

if TYPE_CHECKING:
    from .server import Upstreams


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, upstreams: "Upstreams") -> None:
        self.upstreams = upstreams
        super().__init__(("127.0.0.1", upstreams.port), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Prints only errors of the simulator: clients may close their connections at any time."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def upstreams(self) -> "Upstreams":
        return cast("Server", self.server).upstreams

    def handle(self) -> None:
        self.upstreams.opened(self.connection)
        try:
            super().handle()
        finally:
            self.upstreams.closed(self.connection)

    def do_GET(self) -> None:
        request = self._read()
        if request.provider == "_control":
            return self._send(control.answer(request, self.upstreams))
        if request.provider not in PROVIDERS or request.method not in ("GET", "HEAD"):
            return self._send(NOT_FOUND)
        self.upstreams.record(request)
        faults, released = self.upstreams.plans.take(request.provider)
        return self._deliver(request, faults, Wire(self.connection, released))

    do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815

    def _read(self) -> Request:
        parts = urlsplit(self.path)
        provider, _, path = parts.path.removeprefix("/").partition("/")
        pairs = parse_qs(parts.query, keep_blank_values=True)
        return Request(
            provider,
            self.command,
            unquote(f"/{path}"),
            {name: ",".join(values) for name, values in pairs.items()},
            {name.lower(): value for name, value in self.headers.items()},
            self.upstreams.now(),
            self.rfile.read(int(self.headers.get("Content-Length") or 0)),
        )

    def _deliver(self, request: Request, planned: tuple[Fault, ...], wire: Wire) -> None:
        faults = [fault for fault in planned if fault.applies(request)]
        for fault in faults:
            wire.wait(fault.delay) if fault.delay else None
        response = answer(request, self.upstreams.world)
        deliver: Delivery = whole if request.method == "GET" else head_only
        for fault in faults:
            response = fault.change(response) if fault.change else response
            deliver = fault.deliver or deliver
        try:
            deliver(wire, response.encoded_for(request))
        finally:
            self.close_connection |= wire.closing

    def _send(self, response: Response) -> None:
        whole(Wire(self.connection, Event()), response)

    def log_message(self, format: str, *args: object) -> None:
        """Prints nothing: the calls are recorded."""
