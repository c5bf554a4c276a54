"""Requests by chance: ordinary ones, odd ones, and bytes that are none."""

from __future__ import annotations

import random
from dataclasses import dataclass
from urllib.parse import quote

from tests.providers import hostile
from weather.views.question import TOPICS
from weather.web.parameters import LETTERS, NAMES

PATHS = (
    *("/", "/Paris", "/48.1,8.1", "/8.8.8.8", "/~Paris", "/Paris,Texas", "/Zürich", "/geo:48,8"),
    *("/api/v1/weather", "/api/v1/places", "/compare", "/preview.png", "/healthz", "/readyz"),
    *("/settings", "/robots.txt", "/favicon.ico", "/static/x", "/maps/@48,8,10z", "/.env"),
    *("/https://www.google.com/maps/@48.1,8.1,12z", "//", "/../../etc/passwd", "/%2e%2e/", "*"),
    *("/Paris/rain", "/umbrella", "/wind", "/de/frost", "/91,8/gusts", "/LA/rain", "/x/y/rain"),
    *("/api/v1/rain", "/api/v1/wind", "/api/v1/batch", "/Paris:Oslo:91,8", "/Paris.ics", "/.ics"),
    "/" + "x" * 3000,
)
METHODS = (
    "GET",
    "GET",
    "GET",
    "GET",
    "HEAD",
    "POST",
    "OPTIONS",
    "PUT",
    "DELETE",
    "TRACE",
    "BREW",
    "get",
    "CONNECT",
    "PRI",
    "G\x00T",
    "",
)
VALUES = (
    *("1", "0", "2", "de", "metric", "imperial", "us", "Paris", "48", "-91", "1e999", "8.8.8.8"),
    *("json", "html", "text", "3", "%l:%t", "%", "%%%", "png", "metrics", "9" * 4000, "-1", "NaN"),
    *("%00", "%ff%fe", "%ed%a0%80", "%0d%0aX:%20y", "a&b", "=", "\u202e", "", "[]", "{{7*7}}"),
    *("table", "3h", "16d", "17d", "0h", "8bft", "14m/s", "50", "49.5km/h", "13bft", "ics"),
    *("javascript:alert(1)", "<script>alert(1)</script>", "' OR 1=1 --", "../" * 50),
)
AGENTS = (
    "curl/8",
    "Mozilla/5.0 (X11; Linux) Firefox/140",
    "Googlebot/2.1",
    "",
    "Wget/1",
    "x" * 4000,
)
HEADERS: dict[str, tuple[str, ...]] = {
    "Accept": ("*/*", "text/html", "application/json", "text/plain;q=0.5", "image/png", ";;q=,,"),
    "Accept-Language": ("de", "ar", "zh-Hant", "xx,*;q=0.1", "de;q=nan", "-,-;q=1e999", "a" * 3000),
    "Accept-Encoding": ("gzip", "identity;q=0", "br", "gzip;q=0", "*", "gzip;q=x", "," * 500),
    "Cookie": (
        "kept=units%3Dimperial",
        "kept=keep%3DParis%26keep%3DRome",
        "kept=%00",
        "kept",
        "kept=" + "keep%3Da%26" * 400,
        "=;=;;",
        "kept=lang%3Dde; kept=lang%3Dfr",
    ),
    "If-None-Match": ("*", 'W/"x"', '"', "W/", '"a", ' * 300),
    "Range": ("bytes=0-1", "bytes=-1", "lines=1-2", "bytes=0-0,0-0" + ",0-0" * 200),
    "Origin": ("null", "https://evil.example", "http://[", ""),
    "X-Forwarded-For": ("8.8.8.8", "unknown", "1.1.1.1, ::1", "," * 2000, "\x85"),
    "X-Forwarded-Proto": ("https", "gopher", "https,https"),
    "X-Forwarded-Host": ("evil.example",),
    "Sec-Fetch-Site": ("cross-site", "same-origin", "none"),
    "Content-Type": (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
    ),
    "Content-Length": ("0", "5", "-1", "1e3", "99999999999999999999", "5, 5", "+5"),
    "Transfer-Encoding": ("chunked", "identity", "chunked, chunked", "xchunked"),
    "Expect": ("100-continue", "200-ok"),
    "Connection": ("keep-alive", "upgrade", "close, TE"),
    "Upgrade": ("h2c", "websocket"),
    "Host": ("evil.example", "a b", "", "[::1]:80", "x:99999", "é.example", "a,b"),
    "Date": ("yesterday",),
}
BODIES = (
    "",
    "units=us&lang=de",
    "keep=Paris",
    "units=" + "x" * 20_000,
    "5\r\nunits\r\n0\r\n\r\n",
    '--x\r\nContent-Disposition: form-data; name="units"\r\n\r\nus\r\n--x--\r\n',
)
_EXPECTED = {
    "json": "application/json",
    "html": "text/html",
    "text": "text/plain",
    "3": "text/plain",
}


@dataclass(frozen=True)
class RawRequest:
    """`kind` is the media type in which an error must come, empty where any will do."""

    data: bytes
    method: str
    kind: str = ""


def by_chance(chance: random.Random) -> RawRequest:
    """An ordinary request with a few odd things, one of a view, or spoiled bytes."""
    if chance.random() < 0.3:
        return of_a_view(chance)
    if chance.random() < 0.2:
        return of_several_forms(chance)
    request = odd(chance)
    if chance.random() < 0.25:
        return RawRequest(spoiled(chance, request.data), request.method)
    return request


def of_a_view(chance: random.Random) -> RawRequest:
    """A well-formed GET for a representation, often of a place that cannot be."""
    format = chance.choice(list(_EXPECTED))
    place = chance.choice(
        (*hostile.TEXTS.values(), "Paris", "91,8", "48.1", "Nowhereville", "~", "/")
    )
    path = quote(place[:200].encode("utf-8", "replace"), safe="")
    head = f"GET /{path}?format={format}{odd_query(chance, '&')} HTTP/1.1\r\nHost: a.example\r\n"
    # A longer request line is refused before it is understood.
    kind = _EXPECTED[format] if len(head) < 3500 else ""
    return RawRequest(f"{head}Connection: close\r\n\r\n".encode(), "GET", kind)


def of_several_forms(chance: random.Random) -> RawRequest:
    """A GET of an answer, of the table of a list, or of a comparison, in one of their forms."""
    text = chance.choice((*hostile.TEXTS.values(), "Paris", "91,8", "~"))[:100]
    place = quote(text.encode("utf-8", "replace"), safe=":~,")
    format = chance.choice(("json", "text"))
    path = chance.choice(
        (
            f"/{place}/{chance.choice(list(TOPICS))}?format={format}",
            f"/{place}:Oslo:{place}?view=table&format={format}",
            f"/compare?q={place}&q=Oslo&format={format}",
        )
    )
    head = f"GET {path}{odd_query(chance, '&')} HTTP/1.1\r\nHost: a.example\r\n"
    kind = _EXPECTED[format] if len(head) < 3500 else ""
    return RawRequest(f"{head}Connection: close\r\n\r\n".encode(), "GET", kind)


def odd(chance: random.Random) -> RawRequest:
    method, version = (
        chance.choice(METHODS),
        chance.choice(("1.1", "1.1", "1.1", "1.0", "2.0", "9")),
    )
    path = chance.choice(PATHS)
    if chance.random() < 0.3:
        path += chance.choice(VALUES)
    lines = [f"{method} {path}{odd_query(chance, '?')} HTTP/{version}"]
    fields = {"Host": "a.example", "User-Agent": chance.choice(AGENTS), "Connection": "close"}
    for name in chance.sample(sorted(HEADERS), chance.choice((0, 1, 1, 2, 3, 6))):
        fields[name] = chance.choice(HEADERS[name])
    body = chance.choice(BODIES) if method in {"POST", "PUT"} or chance.random() < 0.05 else ""
    if body and chance.random() < 0.8:
        fields["Content-Length"] = str(len(body))
    if chance.random() < 0.05:
        del fields[chance.choice(sorted(fields))]
    items = list(fields.items())
    if chance.random() < 0.05:
        items.append(chance.choice(items))
    lines += [f"{name}: {value}" for name, value in items]
    text = "\r\n".join(lines) + "\r\n\r\n" + body
    return RawRequest(text.encode("utf-8", "surrogatepass"), method)


def odd_query(chance: random.Random, before: str) -> str:
    names = (*sorted(NAMES), *(entry.letter for entry in LETTERS), "x", "", "%00", "q", "q", "back")
    parts = [
        chance.choice(names) + chance.choice(("=", "=", "")) + chance.choice(VALUES)
        for _ in range(chance.choice((0, 1, 1, 2, 4)))
    ]
    parts = [
        part for part in parts if before == "?" or not part.startswith(("format", "T", "output"))
    ]
    return before + "&".join(parts).replace(" ", "+") if parts else ""


def spoiled(chance: random.Random, data: bytes) -> bytes:
    """With bytes changed, put in, left out, or cut off."""
    spoiled = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(spoiled) + 1)
        match chance.randrange(4):
            case 0:
                spoiled[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                spoiled[at:at] = chance.choice(
                    (b"\0", b"\r", b"\n", b"\r\n\r\n", b"\xff", b" ", b":")
                )
            case 2:
                del spoiled[at : at + chance.choice((1, 2, 20))]
            case 3:
                spoiled[at:at] = chance.randbytes(chance.choice((1, 4, 64)))
    return bytes(spoiled)
