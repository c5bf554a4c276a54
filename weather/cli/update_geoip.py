"""`python app.py update-geoip`: downloads this month's DB-IP City Lite and replaces the file on
disk once the new one has been checked. https://db-ip.com/db/download/ip-to-city-lite
"""

from __future__ import annotations

import os
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TextIO

from weather.core.errors import UpstreamError, UpstreamUnavailable, WeatherError
from weather.providers.ip_database import IPDatabase
from weather.settings import Settings, SettingsError
from weather.upstream import download
from weather.upstream.download import Download, with_progress
from weather.validation import user_agent

_FORCE = "--force"
SETTINGS = Settings
OPTIONS = frozenset({_FORCE})

_MAX_SIZE = 1 << 30  # bytes, unpacked

# Opens a download by its URL; yields None if the server has no such file.
Fetch = Callable[[str], AbstractContextManager[Download | None]]


def run(settings: Settings, options: Sequence[str]) -> int:
    """Updates GEOIP_DATABASE; `--force` downloads an edition that is on disk already.

    Returns 0, 1 if there is no usable file or it cannot be written, or 130 after Ctrl+C. Raises
    `SettingsError` if GEOIP_DATABASE does not name exactly one file.
    """
    if len(settings.geoip_database) != 1:
        raise SettingsError("GEOIP_DATABASE must name the one file to write.")
    try:
        update(
            settings.geoip_download_url,
            settings.geoip_database[0],
            now=datetime.now(UTC).date(),
            out=sys.stdout,
            fetch=_fetch(settings),
            force=_FORCE in options,
        )
    except WeatherError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _fetch(settings: Settings) -> Fetch:
    return partial(
        download.fetch,
        user_agent=user_agent(settings),
        proxy=settings.https_proxy,
        ca_bundle=settings.ssl_cert_file,
    )


def update(
    url_template: str, target: Path, *, now: date, out: TextIO, fetch: Fetch, force: bool = False
) -> None:
    """Downloads this month's edition, or last month's while this month's is not published,
    unless the `target` is that edition already. `{month}` in the URL becomes YYYY-MM.

    Raises `UpstreamError` or a subclass if no usable file can be downloaded, and `WeatherError`
    if it cannot be written. The old file is then unchanged.
    """
    installed = "" if force else _edition(target)
    for month in _months(now):
        if installed >= month:
            out.write(f"{target} holds the edition of {installed} already.\n")
            return
        with fetch(url_template.replace("{month}", month)) as response:
            if response:
                out.write(f"Fetching the edition of {month}.\n")
                _install(response, target, out)
                return
        out.write(f"There is no edition of {month} yet.\n")
    raise UpstreamUnavailable("There is no edition of this month nor of the last.")


def _months(now: date) -> tuple[str, str]:
    last = now.replace(day=1) - timedelta(days=1)
    return f"{now:%Y-%m}", f"{last:%Y-%m}"


def _edition(target: Path) -> str:
    """The file's month as YYYY-MM; empty if there is no file or it is unusable."""
    try:
        built_at = IPDatabase([target]).built_at
    except ValueError:
        return ""
    # A file built on the last day of a month is the next month's edition.
    return f"{built_at + timedelta(days=1):%Y-%m}"


def _install(response: Download, target: Path, out: TextIO) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            _write(response, descriptor, out)
            database = _opened(Path(name))
            os.replace(name, target)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise WeatherError(f"{target} cannot be written: {error.strerror}.") from error
    out.write(f"{target}: {database.source}, made on {database.built_at:%Y-%m-%d}.\n")
    for credit in database.credits:
        out.write(f"{credit.text}, {credit.url}, {credit.licence}\n")


def _write(response: Download, descriptor: int, out: TextIO) -> None:
    with open(descriptor, "wb") as file, closing(with_progress(response, out)) as chunks:
        file.writelines(_decompressed(chunks))
        file.flush()
        os.fchmod(descriptor, 0o644)  # mkstemp gives 0600, and the service may be another user
        os.fsync(descriptor)


def _decompressed(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The content of a gzip file. Raises `UpstreamError` if it is truncated, damaged or larger
    than `_MAX_SIZE`."""
    inflater, size = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), 0
    for chunk in chunks:
        try:
            piece = inflater.decompress(chunk)
        except zlib.error as error:
            raise UpstreamError("What was fetched is no gzip file, or damaged.") from error
        size += len(piece)
        if size > _MAX_SIZE:
            raise UpstreamError("What was fetched is far too large.")
        yield piece
        if inflater.eof:
            return
    raise UpstreamError("The download broke off.")


def _opened(path: Path) -> IPDatabase:
    """Raises `UpstreamError` if the file is not a city database that answers look-ups."""
    try:
        return IPDatabase([path])
    except ValueError as error:
        raise UpstreamError(f"What was fetched cannot be used. {error}") from error
