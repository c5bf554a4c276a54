"""Gives an instrumented interpreter a fixed amount of work: the service itself, all its views, and
many places, always in the same order and one after the other, whatever the machine's speed. The
interpreter's size follows from what it counts.

    train.py PYTHON FOLDER PLACES    FOLDER has the service, the simulator, the certificate and key

Runs on another Python, so that only the service is counted, neither its providers nor its client.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from contextlib import suppress
from itertools import product
from pathlib import Path

from simulator import Upstreams

BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
}
TERMINAL = {"User-Agent": "curl/8.14.1", "Accept": "*/*"}
PROGRAM = {"Accept": "application/json"}
LANGUAGES = ("en", "de", "fr", "ja", "ar", "pt", "ru")
CITIES = ("Paris", "Tokyo", "London", "Berlin", "Sydney", "Oslo", "S%C3%A3o%20Paulo")
ONCE = (
    "/:help",
    "/moon",
    "/moon.png",
    "/docs",
    "/openapi.json",
    "/healthz",
    "/api/v1/places?q=Par",
)
FOREVER = 1800  # seconds; a busy machine takes longer and must not fail
SETTINGS = {
    "CACHE_URL": "memory",
    "DEADLINE": "60",
    "OPEN_METEO_BUDGET": "",
    "RATE_LIMIT": "0",
    "THREADS": "1",
    "TRUSTED_PROXIES": "1",
    "VISITOR_SHARE": "100",
    "WEB_CONCURRENCY": "1",
}


def visits(number: int) -> list[tuple[str, dict[str, str]]]:
    """The requests for one place: every view, most of them as JSON, page and text, new and warm."""
    latitude, longitude = -45 + number * 7.25 % 90, -170 + number * 17.5 % 340
    here, city = f"/{latitude:.2f},{longitude:.2f}", f"/{CITIES[number % len(CITIES)]}"
    language = LANGUAGES[number % len(LANGUAGES)]
    requests = [
        ("/", BROWSER),
        (f"{here}?format=json", PROGRAM),
        (here, BROWSER),
        (here, TERMINAL),
        (f"{city}?lang={language}", BROWSER),
        (f"{city}?lang={language}", TERMINAL),
        (f"{here}/umbrella", TERMINAL),
        (f"{city}/wind?above=50", PROGRAM),
        (f"{city}:Oslo?view=table", TERMINAL),
        ("/nowhere-at-all", PROGRAM),
    ]
    formats = ("1", "3", "4", "j1", "j2", "p1", "v2", "json", "%l:+%C+%t+%w")
    requests += [(f"{city}?format={view}", TERMINAL) for view in formats]
    if number % 10 == 0:
        requests += [(f"{city}.{kind}", BROWSER) for kind in ("ics", "svg", "png")]
        requests += [(path, PROGRAM) for path in ONCE]
    warm = product((here, city), (BROWSER, TERMINAL, PROGRAM))
    return requests + list(warm) * 3


def encrypt(port: int, certificate: str, key: str) -> int:
    """Offers a local port behind TLS. Returns the new port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)
    threading.Thread(target=accept, args=(listener, port), daemon=True).start()
    return int(listener.getsockname()[1])


def accept(listener: ssl.SSLSocket, port: int) -> None:
    while True:
        with suppress(OSError):
            outside, _ = listener.accept()
            inside = socket.create_connection(("127.0.0.1", port))
            for pair in ((outside, inside), (inside, outside)):
                threading.Thread(target=copy, args=pair, daemon=True).start()


def copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def visit(port: int, places: int) -> int:
    """Sends all requests. Returns their number. Raises `RuntimeError` for an unexpected status."""
    sent = 0
    etag = '"none"'
    for number in range(places):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=FOREVER)
        for path, headers in visits(number):
            client = {"X-Forwarded-For": f"81.2.{number % 200}.7", "If-None-Match": etag}
            connection.request("GET", path, headers={**headers, **client})
            response = connection.getresponse()
            response.read()
            if response.status not in {200, 304} and not path.startswith("/nowhere"):
                raise RuntimeError(f"train.py: {path} has status {response.status}")
            etag = response.headers.get("ETag", etag)
            sent += 1
        connection.close()
    return sent


def wait_for(service: subprocess.Popen[bytes], port: int) -> None:
    while service.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError("train.py: the service did not start")


def main(python: str, folder: str, places: str) -> None:
    certificate, key = (str(Path(folder, name)) for name in ("certificate", "key"))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with Upstreams() as upstreams:
        plain = f"http://127.0.0.1:{upstreams.port}"
        secure = f"https://localhost:{encrypt(upstreams.port, certificate, key)}"
        urls = {name: url.replace(plain, secure) for name, url in upstreams.environment().items()}
        settings = {**SETTINGS, "HOST": "127.0.0.1", "PORT": str(port)}
        environment = {**os.environ, **urls, **settings, "SSL_CERT_FILE": certificate}
        with subprocess.Popen([python, "app.py"], cwd=folder, env=environment) as service:
            try:
                wait_for(service, port)
                sent = visit(port, int(places))
            finally:
                service.send_signal(signal.SIGTERM)
    print(f"train.py: {sent} requests", flush=True)
    sys.exit(service.returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
