"""A request and its response."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from gunicorn.config import Config
from gunicorn.http import wsgi

from weather.server.unsent import ResponseWriter

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Exchange:
    """The application is called with `environ`; of its response nothing is sent before it is
    complete, so that a failure in its midst can be answered."""

    def __init__(self, request: Any, client: Any, server: Any, cfg: Config) -> None:
        self.request = request
        self._writer = ResponseWriter()
        # 100 (Continue) was sent if the body is read; gunicorn would send it now.
        request._expected_100_continue = False
        self.response, self.environ = wsgi.create(request, self._writer, client, server, cfg)
        self.environ["wsgi.multithread"] = True
        self._chunks: Iterable[bytes] = ()

    def call(self, application: Application) -> None:
        self._chunks = application(self.environ, self.response.start_response)

    @property
    def is_ready(self) -> bool:
        """Whether the response is complete: a lazy application returns a list then, and else an
        iterable that makes the response."""
        return isinstance(self._chunks, list)

    def complete(self) -> list[bytes]:
        """The bytes of the response."""
        try:
            for chunk in self._chunks:
                self.response.write(chunk)
            self.response.close()
        finally:
            getattr(self._chunks, "close", lambda: None)()
        return self._writer.buffers
