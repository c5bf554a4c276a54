"""python -m benchmarks.replay URL: the providers at URL, who tell every place what they told the
first. Each new place then costs the service what it does, and the providers next to nothing: a
simulated forecast takes as long to make as the service takes to understand and keep it.
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

_WHERE = {"latitude", "longitude", "lat", "lon", "point"}

Answer = tuple[int, str, bytes]


@contextmanager
def everywhere(upstreams: Upstreams) -> Iterator[dict[str, str]]:
    """The settings that point the service to `upstreams`, of which each is asked but once."""
    base = f"http://127.0.0.1:{upstreams.port}"
    with running("-m", "benchmarks.replay", base) as (url, _):
        environment = upstreams.environment().items()
        yield {name: value.replace(base, url) for name, value in environment}


class _Replay(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    providers = ""
    told: dict[str, Answer] = {}  # noqa: RUF012  # one for all connections

    def do_GET(self) -> None:
        asked = _wherever(self.path)
        if asked not in self.told:
            self.told[asked] = _ask(self.providers + self.path)
        status, content_type, body = self.told[asked]
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def _wherever(path: str) -> str:
    """What was asked for, but for the place."""
    parts = urlsplit(path)
    rest = [(name, value) for name, value in parse_qsl(parts.query) if name not in _WHERE]
    return f"{parts.path}?{urlencode(rest)}"


def _ask(url: str) -> Answer:
    try:
        with urlopen(url, timeout=30) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


def main() -> None:
    _Replay.providers = sys.argv[1]
    _Server(("127.0.0.1", int(os.environ["PORT"])), _Replay).serve_forever()


if __name__ == "__main__":
    main()
