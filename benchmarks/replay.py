"""python -m benchmarks.replay URL: a proxy to the providers at URL that answers for every place
with the response for the first one. A new place then costs the service its full work, and the
providers almost none: simulating a forecast takes as long as parsing and storing it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from benchmarks.services import running
from simulator import Upstreams

_PLACE = re.compile(r"(?<=[?&])(?:latitude|longitude|lat|lon|point)=[^&]*")
# MET Norway refuses a client without a contact.
_CLIENT = {"User-Agent": "weather-benchmarks/1 (benchmarks@example.org)"}

Response = tuple[int, str, bytes]  # status, content type, body


@contextmanager
def replaying(upstreams: Upstreams) -> Iterator[dict[str, str]]:
    """The settings that point the service to such a proxy to `upstreams`."""
    base = f"http://127.0.0.1:{upstreams.port}"
    with running("-m", "benchmarks.replay", base) as (url, _):
        environment = upstreams.environment().items()
        yield {name: value.replace(base, url) for name, value in environment}


class _Replay(StreamRequestHandler):
    """The requests of one connection. It reads no more of them than the path, so that the cores
    are left to the service."""

    disable_nagle_algorithm = True
    providers = ""
    recorded: dict[str, bytes] = {}  # noqa: RUF012  # shared by all connections

    def handle(self) -> None:
        with suppress(ConnectionError):
            while request := self.rfile.readline():
                while self.rfile.readline() not in {b"\r\n", b""}:
                    pass
                self.wfile.write(self._response(request.split()[1].decode()))

    def _response(self, path: str) -> bytes:
        key = _without_place(path)
        if key not in self.recorded:
            self.recorded[key] = _framed(*_fetch(self.providers + path))
        return self.recorded[key]


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128


def _framed(status: int, content_type: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


def _without_place(path: str) -> str:
    """The path and the query without the values of the parameters of the place."""
    return _PLACE.sub("", path)


def _fetch(url: str) -> Response:
    try:
        with urlopen(Request(url, headers=_CLIENT), timeout=30) as response:
            return response.status, response.headers["Content-Type"], response.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


def main() -> None:
    _Replay.providers = sys.argv[1]
    _Server(("127.0.0.1", int(os.environ["PORT"])), _Replay).serve_forever()


if __name__ == "__main__":
    main()
