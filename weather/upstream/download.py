"""The download of a large file, chunk by chunk, with its progress on a terminal."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TextIO
from urllib.parse import urlsplit

import requests
import urllib3

from weather.core.dataclass import dataclass
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, UpstreamTimeout, UpstreamUnavailable

_CONNECT_TIMEOUT = 10.0
_LONGEST = 3600.0  # seconds, of a whole download
_CHUNK = 1 << 14  # bytes; decompressed they are at most a thousand times as many
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Download:
    length: int | None  # bytes; None if the server does not say
    chunks: Iterator[bytes]


@contextmanager
def fetch(
    url: str,
    *,
    user_agent: str,
    proxy: str = "",
    ca_bundle: str = "",
    silence_timeout: float = 30.0,
) -> Iterator[Download | None]:
    """The file's chunks as they arrive; None for a 404. It fails after `silence_timeout` seconds
    without a byte. Raises `UpstreamTimeout`, `UpstreamUnavailable` or `UpstreamError`."""
    host = urlsplit(url).hostname
    try:
        with requests.Session() as session:
            session.trust_env = False
            with session.get(
                url,
                headers={"User-Agent": user_agent, "Accept-Encoding": "identity"},
                timeout=(min(_CONNECT_TIMEOUT, silence_timeout), silence_timeout),
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
    except OSError as error:  # a missing CA bundle
        raise UpstreamUnavailable(f"{host} cannot be reached: {error}.") from error


def _download(response: requests.Response, host: str) -> Download | None:
    status = response.status_code
    if status == 404:
        return None
    if status == 429 or status >= 500:
        raise UpstreamUnavailable(f"{host} is out of order (HTTP {status}).")
    if status != 200:
        raise UpstreamError(f"{host} sent something else than the file (HTTP {status}).")
    length = response.headers.get("Content-Length", "")
    known = length.isascii() and length.isdigit()
    return Download(int(length) if known else None, _chunks(response))


def _chunks(response: requests.Response) -> Iterator[bytes]:
    deadline = Deadline(_LONGEST)
    # read1 returns what has arrived, so a slow drip comes back here and is timed.
    while chunk := response.raw.read1(_CHUNK, decode_content=False):
        yield chunk
        if not deadline.remaining():
            raise UpstreamTimeout("The download takes too long.")


def with_progress(download: Download, out: TextIO) -> Generator[bytes]:
    """The chunks; meanwhile a progress bar on a terminal, else a line for each quarter."""
    terminal, received, last_step = out.isatty(), 0, -1
    try:
        for chunk in download.chunks:
            received += len(chunk)
            step = _share(received, download.length, 100 if terminal else 4)
            if step != last_step:
                last_step = step
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
    """The number of finished steps of `steps`; without a length, one for each megabyte."""
    return min(steps * received // length, steps) if length else received // _MEGABYTE
