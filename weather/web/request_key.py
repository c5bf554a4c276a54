"""What a response depends on besides its visitor: the part of a request that the application reads.

Headers count by what the application takes from them, so that all browsers of a language share a
response. A route that reads another header adds it here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from weather.views import registry
from weather.views.saved import COOKIE
from weather.web.crawlers import is_crawler
from weather.web.negotiation import content_type, is_relay, negotiate, views_of_agents
from weather.web.view_options import accepted_language

_LONGEST = 4000  # characters; long requests must not fill the memory
_LONGEST_HEADER = 1000  # characters that are read
_METHODS = frozenset({"GET", "HEAD"})
RequestKey = tuple[str, ...]


def request_key(environ: dict[str, Any]) -> RequestKey | None:
    """The key of a request; None where the response is not to be stored."""
    get = environ.get
    method: str = get("REQUEST_METHOD", "")
    path, query = get("PATH_INFO", ""), get("QUERY_STRING", "")
    host, prefix = get("HTTP_HOST", ""), get("SCRIPT_NAME", "")
    origin = get("HTTP_ORIGIN", "")
    cookie = _cookie(get("HTTP_COOKIE", ""))
    length = len(path) + len(query) + len(host) + len(prefix) + len(origin) + len(cookie)
    if method not in _METHODS or length > _LONGEST:
        return None
    negotiated = _negotiated(
        get("HTTP_ACCEPT", "")[:_LONGEST_HEADER],
        get("HTTP_USER_AGENT", "")[:_LONGEST_HEADER],
        get("HTTP_ACCEPT_LANGUAGE", "")[:_LONGEST_HEADER],
        get("HTTP_ACCEPT_ENCODING", "")[:_LONGEST_HEADER],
    )
    scheme, protocol = get("wsgi.url_scheme", ""), get("SERVER_PROTOCOL", "")
    return method, path, query, host, prefix, origin, scheme, protocol, cookie, negotiated


@lru_cache(maxsize=1024)
def _negotiated(accept: str, agent: str, language: str, encoding: str) -> str:
    """What the application takes from these headers, as one string: its hash is computed once."""
    read = (
        negotiate(None, accept, agent).name,
        # `agent=` takes the place of the header, and what is accepted then counts by itself.
        *(view.name for view in views_of_agents(accept)),
        content_type(registry.J1, agent),
        is_crawler(agent),
        is_relay(agent),
        accepted_language(language),
        accepts_gzip(encoding),
    )
    return repr(read)


def _cookie(header: str) -> str:
    """The header if it has the cookie of the service: a domain may have others."""
    return header if COOKIE in header else ""


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding header allows gzip."""
    return _accepts_gzip(accept_encoding[:_LONGEST_HEADER])


@lru_cache(maxsize=512)
def _accepts_gzip(accept_encoding: str) -> bool:
    encodings: Accept = parse_accept_header(accept_encoding, Accept)
    return encodings.quality("gzip") > 0
