"""python -m benchmarks.replay URL: a proxy to the providers at URL that answers for every place
with the response for the first one. A new place then costs the service its full work, and the
providers almost none: simulating a forecast takes as long as parsing and storing it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import urlopen

from benchmarks.services import running
from simulator import Upstreams

_PLACE_PARAMETERS = {"latitude", "longitude", "lat", "lon", "point"}

Response = tuple[int, str, bytes]  # status, content type, body


@contextmanager
def replaying(upstreams: Upstreams) -> Iterator[dict[str, str]]:
    """The settings that point the service to such a proxy to `upstreams`."""
    base = f"http://127.0.0.1:{upstreams.port}"
    with running("-m", "benchmarks.replay", base) as (url, _):
        environment = upstreams.environment().items()
        yield {name: value.replace(base, url) for name, value in environment}


class _Replay(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    providers = ""
    recorded: dict[str, Response] = {}  # noqa: RUF012  # shared by all connections

    def do_GET(self) -> None:
        key = _without_place(self.path)
        if key not in self.recorded:
            self.recorded[key] = _fetch(self.providers + self.path)
        status, content_type, body = self.recorded[key]
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Prints nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def _without_place(path: str) -> str:
    """The path and the query without the parameters of the place."""
    parts = urlsplit(path)
    rest = [
        (name, value) for name, value in parse_qsl(parts.query) if name not in _PLACE_PARAMETERS
    ]
    return f"{parts.path}?{urlencode(rest)}"


def _fetch(url: str) -> Response:
    try:
        with urlopen(url, timeout=30) as response:
            return response.status, response.headers["Content-Type"], response.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


def main() -> None:
    _Replay.providers = sys.argv[1]
    _Server(("127.0.0.1", int(os.environ["PORT"])), _Replay).serve_forever()


if __name__ == "__main__":
    main()
