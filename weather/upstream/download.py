"""A large file over HTTP for a person at a terminal: as it comes in, with a bar."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO
from urllib.parse import urlsplit

import requests
import urllib3

from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, UpstreamTimeout, UpstreamUnavailable

_CONNECT_TIMEOUT = 10.0
_LONGEST = 3600.0  # seconds
_CHUNK = 1 << 14  # bytes; gzip makes at most a thousand times as much of them
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Download:
    length: int | None  # bytes, if the server tells
    chunks: Iterator[bytes]


@contextmanager
def fetch(
    url: str, *, user_agent: str, proxy: str = "", ca_bundle: str = "", patience: float = 30.0
) -> Iterator[Download | None]:
    """A file as it comes in, None for a 404. After `patience` seconds without a byte it is
    given up. Raises `UpstreamTimeout`, `UpstreamUnavailable` or `UpstreamError`."""
    host = urlsplit(url).hostname
    try:
        with requests.Session() as session:
            session.trust_env = False
            with session.get(
                url,
                headers={"User-Agent": user_agent, "Accept-Encoding": "identity"},
                timeout=(min(_CONNECT_TIMEOUT, patience), patience),
                allow_redirects=False,
                stream=True,
                proxies={"http": proxy, "https": proxy} if proxy else {},
                verify=ca_bundle or True,
            ) as response:
                yield _download(response, f"{host}")
    except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
        raise UpstreamTimeout(f"{host} stopped answering.") from error
    except requests.ConnectionError as error:
        reason = type(error).__name__
        raise UpstreamUnavailable(f"{host} cannot be reached ({reason}).") from error
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        raise UpstreamError(f"The download from {host} broke off.") from error
    except OSError as error:  # a CA bundle that is not there
        raise UpstreamUnavailable(f"{host} cannot be reached: {error}.") from error


def _download(response: requests.Response, host: str) -> Download | None:
    status = response.status_code
    if status == 404:
        return None
    if status == 429 or status >= 500:
        raise UpstreamUnavailable(f"{host} is out of order (HTTP {status}).")
    if status != 200:
        raise UpstreamError(f"{host} gave something else than the file (HTTP {status}).")
    length = response.headers.get("Content-Length", "")
    known = length.isascii() and length.isdigit()
    return Download(int(length) if known else None, _chunks(response))


def _chunks(response: requests.Response) -> Iterator[bytes]:
    deadline = Deadline(_LONGEST)
    # read1 returns what has arrived, so that a slow drip comes back here to be timed.
    while chunk := response.raw.read1(_CHUNK, decode_content=False):
        yield chunk
        if not deadline.remaining():
            raise UpstreamTimeout("The download takes too long.")


def watched(download: Download, out: TextIO) -> Generator[bytes]:
    """The chunks, and meanwhile a bar on a terminal, or else a line for every quarter."""
    terminal, received, shown = out.isatty(), 0, -1
    try:
        for chunk in download.chunks:
            received += len(chunk)
            step = _share(received, download.length, 100 if terminal else 4)
            if step != shown:
                shown = step
                line = _progress(received, download.length, bar=terminal)
                out.write(f"\r{line}" if terminal else f"{line}\n")
                out.flush()
            yield chunk
    finally:
        if terminal:
            out.write("\n")


def _progress(received: int, length: int | None, *, bar: bool) -> str:
    if not length:
        return f"{received / _MEGABYTE:.1f} MB"
    done = _share(received, length, 40)
    drawing = f"[{'=' * done}{' ' * (40 - done)}] " if bar else ""
    return f"{drawing}{_share(received, length, 100):3d} % of {length / _MEGABYTE:.1f} MB"


def _share(received: int, length: int | None, steps: int) -> int:
    """How many of so many steps are done; without a length, of steps to a hundred MB."""
    return min(steps * received // length, steps) if length else received // _MEGABYTE
