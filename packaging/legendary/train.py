"""Gives an instrumented interpreter a fixed amount of work: always the same requests, one after
the other, whatever the machine's speed. The interpreter's size follows from what it counts, so it
must count the same on every machine.

    train.py PYTHON CERTIFICATE KEY ROUNDS

Runs on any Python, so that only the service is counted and neither its upstream nor its client.
"""

from __future__ import annotations

import gzip
import http.client
import http.server
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

VARIABLES = ("temperature", "humidity", "wind_speed", "precipitation", "pressure", "weather_code")
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "de,en-US;q=0.7,en;q=0.3",
    "Accept-Encoding": "gzip, deflate, br",
    "Cookie": "saved=units%3Dmetric%7Elang%3Dde",
    "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
}
TERMINAL = {"User-Agent": "curl/8.14.1", "Accept": "*/*"}
PROGRAM = {"Accept": "application/json", "Accept-Language": "en"}
FOREVER = 1800  # seconds; a busy machine takes longer and must not fail


class Upstream(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        zone = parse_qs(urlsplit(self.path).query)["timezone"][0]
        body = gzip.compress(forecast(zone), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def forecast(zone: str) -> bytes:
    start = datetime(2026, 3, 27, tzinfo=UTC)  # a week with a change of the clocks
    hours = [(start + timedelta(hours=n)).isoformat() for n in range(7 * 24)]
    columns = {v: [round(n * 0.37 % 31 - 5, 1) for n in range(len(hours))] for v in VARIABLES}
    return json.dumps({"timezone": zone, "hourly": {"time": hours, **columns}}).encode()


def visits(number: int) -> list[tuple[str, dict[str, str]]]:
    """The requests of a round: every view, of places that are new, known and in memory."""
    latitude, longitude = -45 + number * 7.25 % 90, -170 + number * 17.5 % 340
    here = f"/{latitude:.2f},{longitude:.2f}"
    name = ("/Z%C3%BCrich", "/Oslo", "/S%C3%A3o%20Paulo", "/New%20York")[number % 4]
    return [
        ("/", BROWSER),
        (here, BROWSER),
        (here, TERMINAL),
        (f"{here}?format=json", PROGRAM),
        (f"{here}?format=json&cold={number}", PROGRAM),
        (name, BROWSER),
        (f"{name}?format=json", PROGRAM),
        (f"{name}?format=line", TERMINAL),
        (f"{name}?format=text", TERMINAL),
        *[(f"{name}?format={view}&warm=1", PROGRAM) for view in ("html", "json", "line", "text")],
        ("/nowhere", PROGRAM),
    ]


def serve_upstream(certificate: str, key: str) -> str:
    """Starts the upstream on a free port. Returns its URL."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = http.server.ThreadingHTTPServer(("localhost", 0), Upstream)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"https://localhost:{server.server_port}"


def start_service(python: str, listener: socket.socket, upstream: str) -> subprocess.Popen[bytes]:
    """One worker with one thread behind a socket that is open already: no race for a port, and no
    waiting for the start."""
    options = ["--threads=1", "--worker-class=gthread", "--timeout=0", "--no-control-socket"]
    bind = f"--bind=fd://{listener.fileno()}"
    folder = str(Path(__file__).parent)
    return subprocess.Popen(
        [python, "-m", "gunicorn", "--chdir", folder, *options, bind, "train_service:app"],
        env={**os.environ, "UPSTREAM": upstream},
        pass_fds=[listener.fileno()],
    )


def visit(address: tuple[str, int], rounds: int) -> int:
    """Sends all requests. Returns their number. Raises `RuntimeError` for an unexpected status."""
    sent = 0
    etag = '"none"'
    for number in range(rounds):
        connection = http.client.HTTPConnection(*address, timeout=FOREVER)
        for path, headers in visits(number):
            connection.request("GET", path, headers={**headers, "If-None-Match": etag})
            response = connection.getresponse()
            response.read()
            if response.status not in {200, 304} and path != "/nowhere":
                raise RuntimeError(f"train.py: {path} has status {response.status}")
            if number % 2:
                etag = response.headers.get("ETag", etag)
            sent += 1
        connection.close()
    return sent


def main(python: str, certificate: str, key: str, rounds: str) -> None:
    upstream = serve_upstream(certificate, key)
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        service = start_service(python, listener, upstream)
        try:
            sent = visit(listener.getsockname(), int(rounds))
        finally:
            service.send_signal(signal.SIGTERM)
            status = service.wait(FOREVER)
    print(f"train.py: {sent} requests", flush=True)
    sys.exit(status)


if __name__ == "__main__":
    main(*sys.argv[1:])
