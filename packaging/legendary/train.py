"""The work that CPython is optimised for: what the service does, in one small file.

It is not the service itself, so that a change of its code does not compile the interpreter anew;
but it is the service's work, by the same packages: gunicorn's threads take requests, Flask routes
them, an upstream's JSON comes over TLS and is parsed, hours become local times, the sun is
computed, a page is rendered, compressed, given a validator, and kept in the cache.

    train.py SECONDS CERTIFICATE KEY
"""

from __future__ import annotations

import gzip
import hashlib
import http.server
import json
import re
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import requests
from astral import Observer
from astral.sun import sun
from cachelib import FileSystemCache
from flask import Flask, Response, render_template_string, request
from flask.typing import ResponseReturnValue

WEB, UPSTREAM = 8765, 8766
VARIABLES = ("temperature", "humidity", "wind_speed", "precipitation", "pressure", "weather_code")
PAGE = """<!doctype html><title>{{ place|title }}</title><h1>{{ place }}</h1>
{% macro cell(value, unit) %}<td>{{ "%.1f"|format(value) }} {{ unit }}</td>{% endmacro %}
<table>{% for hour in hours %}<tr class="{{ 'day' if hour.is_day else 'night' }}">
<th>{{ hour.valid_at.strftime('%H:%M') }}</th>
{% for name, value in hour.values.items() %}{{ cell(value, name[:2]) }}{% endfor %}
</tr>{% else %}<p>nothing{% endfor %}</table><p>{{ note|e }} & {{ sunrise.isoformat() }}</p>"""
COORDINATES = re.compile(r"\s*(?P<lat>[+-]?\d+(?:\.\d+)?)\s*,\s*(?P<lon>[+-]?\d+(?:\.\d+)?)\s*")

app = Flask(__name__)
cache = FileSystemCache(str(Path(tempfile.gettempdir()) / "train-cache"), threshold=50)
session = requests.Session()


@dataclass(frozen=True, slots=True)
class Hour:
    valid_at: datetime
    is_day: bool
    values: dict[str, float]


def forecast() -> bytes:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    hours = [(start + timedelta(hours=n)).isoformat() for n in range(7 * 24)]
    columns = {v: [round(n * 0.37 % 31 - 5, 1) for n in range(len(hours))] for v in VARIABLES}
    return json.dumps({"timezone": "Europe/Berlin", "hourly": {"time": hours, **columns}}).encode()


class Upstream(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    body = gzip.compress(forecast())

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        pass


def hours_at(place: str) -> list[Hour]:
    known: dict[str, Any] | None = cache.get(place)
    if known is None:
        url = f"https://localhost:{UPSTREAM}/forecast"
        known = session.get(url, params={"q": place}, timeout=30).json()
        cache.set(place, known, timeout=60)
    zone = ZoneInfo(known["timezone"])
    hourly = known["hourly"]
    times = [datetime.fromisoformat(text).astimezone(zone) for text in hourly["time"]]
    rows = zip(*(hourly[name] for name in VARIABLES), strict=True)
    return [
        Hour(at, 6 <= at.hour < 20, dict(zip(VARIABLES, row, strict=True)))
        for at, row in zip(times, rows, strict=True)
    ]


@app.get("/", defaults={"place": "here"})
@app.get("/<place>")
def show(place: str) -> ResponseReturnValue:
    if place == "nowhere":
        return Response(json.dumps({"status": 404}), 404, mimetype="application/problem+json")
    found = COORDINATES.fullmatch(place)
    spot = Observer(float(found["lat"]), float(found["lon"])) if found else Observer(52.5, 13.4)
    hours = hours_at(place)
    if request.args.get("format") == "j1":
        return app.json.response([asdict(hour) for hour in hours])
    if request.args.get("format") == "line":
        return Response(
            f"{place}: {hours[0].values['temperature']:+.0f}°C\n", mimetype="text/plain"
        )
    sunrise = sun(spot, date(2026, 6, 1))["sunrise"]
    body = render_template_string(
        PAGE, place=place, hours=hours[:24], note="<wind & rain>", sunrise=sunrise
    ).encode()
    answer = Response(body, mimetype="text/html")
    answer.set_etag(hashlib.sha256(body).hexdigest()[:16])
    if request.accept_encodings.quality("gzip"):
        answer.set_data(gzip.compress(body, 6))
        answer.headers["Content-Encoding"] = "gzip"
    return answer.make_conditional(request)


def ask(until: float) -> None:
    client = requests.Session()
    paths = [
        "/",
        "/52.52,13.41",
        "/Zürich?format=line",
        "/Oslo?format=j1",
        "/nowhere",
        "/São%20Paulo",
    ]
    n = 0
    while time.monotonic() < until:
        answer = client.get(f"http://localhost:{WEB}{paths[n % len(paths)]}", timeout=60)
        answer.raise_for_status() if answer.status_code != 404 else None
        if n % 20 == 19:
            client.close()
        n += 1
    print(f"train.py: {n} answers", flush=True)


def main(seconds: str, certificate: str, key: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    upstream = http.server.ThreadingHTTPServer(("localhost", UPSTREAM), Upstream)
    upstream.socket = context.wrap_socket(upstream.socket, server_side=True)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    options = ["--threads=4", "--worker-class=gthread", f"--bind=localhost:{WEB}", "--timeout=120"]
    here = str(Path(__file__).parent)
    gunicorn = ["-m", "gunicorn", "--no-control-socket", "--chdir", here, *options, "train:app"]
    web = subprocess.Popen([sys.executable, *gunicorn])
    for _ in range(600):
        try:
            requests.get(f"http://localhost:{WEB}/nowhere", timeout=60)
            break
        except requests.ConnectionError:
            time.sleep(0.1)
    until = time.monotonic() + float(seconds)
    clients = [threading.Thread(target=ask, args=(until,)) for _ in range(4)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    web.terminate()
    sys.exit(web.wait(60))


if __name__ == "__main__":
    main(*sys.argv[1:])
