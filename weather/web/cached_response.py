"""Responses that are kept, in a process and in the memory that the worker processes share."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from werkzeug.http import parse_etags

from weather.core.dataclass import dataclass
from weather.web import cycle, deflate
from weather.web.body_cache import BodyCache

Headers = list[tuple[str, str]]

_MINUTE = timedelta(minutes=1)
# What packed responses have in common: a fifth of their bytes are left. Others need more.
_KNOWN = b"".join(
    (
        b'"], ["Content-Encoding", "gzip"], ["Access-Control-Allow-Origin", "*"], ',
        b'["Access-Control-Expose-Headers", "Age, Cache-Status, ETag, RateLimit, ',
        b'RateLimit-Policy, Retry-After, X-Answer"], ',
        b'["Permissions-Policy", "geolocation=(self), camera=(), microphone=()"], ',
        b'["Cross-Origin-Opener-Policy", "same-origin"], ',
        b"[\"Content-Security-Policy\", \"default-src 'none'; connect-src 'self'; ",
        b"style-src 'sha256-' 'sha256-'; script-src 'sha256-' 'strict-dynamic'; ",
        b"img-src 'self' data:; manifest-src 'self'; form-action 'self'; ",
        b"base-uri 'none'; frame-ancestors 'none'\"], ",
        b'["Vary", "Accept, Accept-Encoding, Accept-Language, User-Agent, Cookie, Origin"], ',
        b'+00:00", null, "200 OK", [["Content-Type", "text/html; charset=utf-8"], ',
        b'["Content-Length", "application/json"], ',
        b'["Cache-Control", "private, max-age=, stale-if-error=3600"], ["Age", "0"], ',
        b'["Cache-Status", "weather-microcache; hit"], ["ETag", "W/\\"',
        b'["Referrer-Policy", "no-referrer"], ["X-Content-Type-Options", "nosniff"], ',
        b'until :00+00:00", false, ["weather.negotiated", "json", "response"], null]',
    )
)


@dataclass(frozen=True, slots=True)
class Served:
    """What a response is, in the words of the metrics: its route, its representation, where its
    forecast comes from, and when that was fetched."""

    route: str
    representation: str
    cache: str
    fetched_at: datetime | None


@dataclass(slots=True)
class CachedResponse:
    made_at: datetime
    until: datetime
    status: str
    headers: Headers
    content: bytes  # unless it is that of a body
    body: str  # its key among the bodies that are kept; may be empty
    fetched_at: datetime | None
    ends_at: datetime | None = None  # when the request means another place
    compressed: bool = False
    served: Served | None = None
    # Of a content with the age in it, without the digits of that.
    length_without_age: int | None = None
    # The headers and the age of a minute, from its begin to its end.
    aged: tuple[Headers, int, datetime, datetime] | None = None

    def is_true(self, now: datetime) -> bool:
        """False also after the clock was set back."""
        return self.made_at <= now < self.until

    @property
    def validated(self) -> str:
        """The validator that a 304 confirms; empty for other responses."""
        return tag(self.etag) if self.status.startswith("304") else ""

    @property
    def etag(self) -> str:
        return next((value for name, value in self.headers if name == "ETag"), "")

    def is_match(self, if_none_match: str) -> bool:
        """Whether the client has this response."""
        return bool(self.etag) and parse_etags(if_none_match).contains_weak(tag(self.etag))

    def headers_at(self, now: datetime) -> Headers:
        headers, _ = self._aged(now)
        return cycle.limited(headers, self.ends_at, now) if self.ends_at else headers

    def _aged(self, now: datetime) -> tuple[Headers, int]:
        """The headers, and the age in seconds as of the full minute, like a report's."""
        if self.fetched_at is None:
            return self.headers, 0
        if (aged := self.aged) and aged[2] <= now < aged[3]:
            return aged[0], aged[1]
        minute = now.replace(second=0, microsecond=0)
        age = max(int((minute - self.fetched_at).total_seconds()), 0)
        changed = {"Age": str(age)}
        if self.length_without_age is not None:
            changed["Content-Length"] = str(self.length_without_age + len(str(age)))
        headers = [(name, changed.get(name, value)) for name, value in self.headers]
        self.aged = headers, age, minute, minute + _MINUTE
        return headers, age

    def content_at(self, now: datetime, bodies: BodyCache) -> bytes | None:
        """The content as it is sent; None if its body is kept no longer."""
        if not self.body:
            return self.content
        _, age = self._aged(now)
        return bodies.content(self.body, compressed=self.compressed, age=age)

    def packed(self) -> bytes:
        """The response without its content, as compressed JSON."""
        moments = self.made_at, self.until, self.fetched_at, self.ends_at
        served = self.served
        labels = served and (served.route, served.representation, served.cache)
        text = json.dumps(
            (
                *(moment and moment.isoformat() for moment in moments),
                *(
                    self.status,
                    self.headers,
                    self.body,
                    self.compressed,
                    labels,
                    self.length_without_age,
                ),
            )
        )
        return deflate.blocks(text.encode(), zlib.Z_FINISH, _KNOWN, level=1)

    @classmethod
    def unpacked(cls, data: bytes) -> CachedResponse:
        *moments, status, headers, body, compressed, labels, length = json.loads(
            deflate.inflated(data, _KNOWN)
        )
        made_at, until, fetched_at, ends_at = _moments(moments)
        if made_at is None or until is None:
            raise ValueError("a response without the time in which it is true")
        return cls(
            made_at=made_at,
            until=until,
            status=status,
            headers=[(name, value) for name, value in headers],
            content=b"",
            body=body,
            fetched_at=fetched_at,
            ends_at=ends_at,
            compressed=compressed,
            served=_served(labels, fetched_at) if labels else None,
            length_without_age=length,
        )


def _moments(texts: Iterable[str | None]) -> list[datetime | None]:
    return [datetime.fromisoformat(text) if text else None for text in texts]


def _served(labels: list[str], fetched_at: datetime | None) -> Served:
    route, representation, cache = labels
    return Served(route, representation, cache, fetched_at)


def tag(etag: str) -> str:
    return etag.removeprefix("W/").strip('"')
