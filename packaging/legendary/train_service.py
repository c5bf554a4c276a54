"""A service in one file with the work that CPython is optimised for; train.py runs it.

It is not the service itself, so that a change of its code does not compile the interpreter anew;
but it does that service's work, by the same packages: gunicorn's threads take requests, Flask
routes them, names are folded and searched, an upstream's JSON comes over TLS and is parsed, hours
become local times and columns of numbers, units are converted, a page, a text and JSON are
rendered, get a validator, and everything is kept in a cache.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import os
import re
import struct
import tempfile
import threading
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import requests
from astral import Observer
from astral.sun import sun
from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue

VARIABLES = ("temperature", "humidity", "wind_speed", "precipitation", "pressure", "weather_code")
PAGE = """<!doctype html><title>{{ place|title }}</title><h1>{{ place }}</h1>
{% macro cell(value, unit) %}<td>{{ "%.1f"|format(value) }} {{ unit }}</td>{% endmacro %}
<table>{% for hour in hours %}<tr class="{{ 'day' if hour.is_day else 'night' }}">
<th>{{ hour.valid_at.strftime('%H:%M') }}</th>
{% for name, value in hour.values.items() %}{{ cell(value, name[:2]) }}{% endfor %}
</tr>{% else %}<p>nothing{% endfor %}</table><p>{{ note|e }} & {{ sunrise.isoformat() }}</p>"""
COORDINATES = re.compile(r"\s*(?P<lat>[+-]?\d+(?:\.\d+)?)\s*,\s*(?P<lon>[+-]?\d+(?:\.\d+)?)\s*")
ZONES = ("Europe/Berlin", "America/Sao_Paulo", "Asia/Tokyo", "Australia/Sydney")
NAMES = sorted(f"{start}{end}" for start in ("zu", "os", "sao ", "new ") for end in "abcdefghij")
BARS = "▁▂▃▄▅▆▇█"

app = Flask(__name__)
template = app.jinja_env.from_string(PAGE)  # compiled once, as a template in a file is
folder = Path(tempfile.mkdtemp())
bodies: dict[tuple[str, str], bytes] = {}
session = requests.Session()


@dataclass(frozen=True, slots=True)
class Hour:
    valid_at: datetime
    is_day: bool
    values: dict[str, float]


def folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def encode(forecast: dict[str, Any]) -> bytes:
    """A header in JSON, columns of numbers and a checksum."""
    hourly = forecast["hourly"]
    header = json.dumps({"timezone": forecast["timezone"], "start": hourly["time"][0]}).encode()
    columns = b"".join(
        array("h", [round(v * 10) for v in hourly[name]]).tobytes() for name in VARIABLES
    )
    body = struct.pack("<II", len(header), len(hourly["time"])) + header + columns
    return body + struct.pack("<I", zlib.crc32(body))


def decode(data: bytes) -> tuple[ZoneInfo, datetime, dict[str, array[int]]]:
    (checksum,) = struct.unpack("<I", data[-4:])
    if zlib.crc32(data[:-4]) != checksum:
        raise ValueError("damaged")
    size, count = struct.unpack_from("<II", data)
    header = json.loads(data[8 : 8 + size])
    columns = {
        name: array("h", data[8 + size + 2 * count * n : 8 + size + 2 * count * (n + 1)])
        for n, name in enumerate(VARIABLES)
    }
    return ZoneInfo(header["timezone"]), datetime.fromisoformat(header["start"]), columns


def hours_at(place: str) -> list[Hour]:
    file = folder / hashlib.blake2b(place.encode(), digest_size=12).hexdigest()
    try:
        stored = file.read_bytes()
    except FileNotFoundError:
        zone = ZONES[len(place) % len(ZONES)]
        url = f"{os.environ['UPSTREAM']}/forecast"
        answer = session.get(url, params={"q": place, "timezone": zone}, timeout=600).json()
        stored = encode(answer)
        replacement = file.with_suffix(f".{threading.get_ident()}")
        replacement.write_bytes(stored)
        replacement.replace(file)
    zone_info, start, columns = decode(stored)
    hours = []
    for n, row in enumerate(zip(*columns.values(), strict=True)):
        at = (start + timedelta(hours=n)).astimezone(zone_info)
        values = {name: value / 10 for name, value in zip(VARIABLES, row, strict=True)}
        hours.append(Hour(at, 6 <= at.hour < 20, values))
    return hours


def fahrenheit(hour: Hour) -> Hour:
    return replace(hour, values={**hour.values, "temperature": hour.values["temperature"] * 9 / 5})


def page(place: str, hours: list[Hour]) -> str:
    found = COORDINATES.fullmatch(place)
    spot = Observer(float(found["lat"]), float(found["lon"])) if found else Observer(52.5, 13.4)
    sunrise = sun(spot, date(2026, 6, 1))["sunrise"]
    note = "<wind & rain>"
    return render_template(template, place=place, hours=hours[:48], note=note, sunrise=sunrise)


def text(place: str, hours: list[Hour]) -> str:
    days: dict[date, list[float]] = {}
    for hour in hours:
        days.setdefault(hour.valid_at.date(), []).append(hour.values["temperature"])
    low = min(min(values) for values in days.values())
    span = max(max(values) for values in days.values()) - low or 1
    lines = [f"\x1b[1m{place.center(60)}\x1b[0m"]
    for day, values in sorted(days.items()):
        bars = "".join(BARS[math.floor((value - low) / span * 7)] for value in values)
        mean = math.fsum(values) / len(values)
        lines.append(f"│ {day:%a %d %b} │ {mean:>+6.1f} °C │ {bars.ljust(24)} │")
    return "\n".join(lines)


def line(place: str, hours: list[Hour]) -> str:
    return f"{place}: {hours[0].values['temperature']:+.0f}°C\n"


def as_json(place: str, hours: list[Hour]) -> str:
    rows = [asdict(hour) | {"valid_at": hour.valid_at.isoformat()} for hour in hours]
    return json.dumps({"place": place, "hourly": rows}, ensure_ascii=False)


VIEWS: dict[str, tuple[str, Callable[[str, list[Hour]], str]]] = {
    "html": ("text/html", page),
    "json": ("application/json", as_json),
    "line": ("text/plain", line),
    "text": ("text/plain", text),
}


@app.get("/", defaults={"place": "here"})
@app.get("/<place>")
def show(place: str) -> ResponseReturnValue:
    if place == "nowhere":
        return Response(json.dumps({"status": 404}), 404, mimetype="application/problem+json")
    wanted = request.args.get("format") or (
        "html" if request.accept_mimetypes.accept_html else "text"
    )
    content_type, render = VIEWS[wanted]
    key = folded(place)
    if not COORDINATES.fullmatch(place):
        key = NAMES[bisect_left(NAMES, key) % len(NAMES)]
    body = bodies.get((key, wanted)) if "warm" in request.args else None
    if body is None:
        hours = hours_at(request.args.get("cold", key))
        if request.accept_languages.best_match(["en", "de", "pt"]) == "en":
            hours = [fahrenheit(hour) for hour in hours]
        body = bodies[key, wanted] = render(place, hours).encode()
    answer = Response(body, mimetype=content_type)
    answer.set_etag(hashlib.blake2b(body, digest_size=12).hexdigest())
    answer.headers["Cache-Control"] = "max-age=60"
    answer.headers["Expires"] = datetime(2026, 1, 1, tzinfo=UTC).strftime("%a, %d %b %Y %T GMT")
    if request.accept_encodings.quality("gzip"):
        answer.set_data(gzip.compress(body, 6))
        answer.headers["Content-Encoding"] = "gzip"
    return answer.make_conditional(request)
