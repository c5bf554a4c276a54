"""`python app.py update-geoip`: fetches this month's DB-IP City Lite, and replaces the file on
disk once the new one has proved good. https://db-ip.com/db/download/ip-to-city-lite
"""

from __future__ import annotations

import os
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from datetime import date, timedelta
from pathlib import Path
from typing import TextIO

from weather.core.errors import UpstreamError, UpstreamUnavailable, WeatherError
from weather.providers.ip_database import IPDatabase
from weather.upstream.download import Download, watched

_LARGEST = 1 << 30  # bytes, unpacked

Fetch = Callable[[str], AbstractContextManager[Download | None]]


def update(
    url_template: str, target: Path, *, now: date, out: TextIO, fetch: Fetch, force: bool = False
) -> None:
    """Fetches this month's edition, or the last month's while there is none yet, unless the
    `target` holds it already; `{month}` in the address becomes YYYY-MM.

    Raises `UpstreamError` or one of its kinds if there is no good file to be had, and
    `WeatherError` if it cannot be written. The old file then stays as it was.
    """
    held = "" if force else _edition(target)
    for month in _months(now):
        if held >= month:
            out.write(f"{target} holds the edition of {held} already.\n")
            return
        with fetch(url_template.replace("{month}", month)) as download:
            if download:
                out.write(f"Fetching the edition of {month}.\n")
                _install(download, target, out)
                return
        out.write(f"There is no edition of {month} yet.\n")
    raise UpstreamUnavailable("There is no edition of this month nor of the last.")


def _months(now: date) -> tuple[str, str]:
    last = now.replace(day=1) - timedelta(days=1)
    return f"{now:%Y-%m}", f"{last:%Y-%m}"


def _edition(target: Path) -> str:
    """The month of the file on disk; empty if there is none, or none that can be used."""
    try:
        built_at = IPDatabase([target]).built_at
    except ValueError:
        return ""
    # What is made on the eve of a month is that month's.
    return f"{built_at + timedelta(days=1):%Y-%m}"


def _install(download: Download, target: Path, out: TextIO) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            _write(download, descriptor, out)
            database = _checked(Path(name))
            os.replace(name, target)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise WeatherError(f"{target} cannot be written: {error.strerror}.") from error
    out.write(f"{target}: {database.source}, made on {database.built_at:%Y-%m-%d}.\n")
    for credit in database.credits:
        out.write(f"{credit.text}, {credit.url}, {credit.licence}\n")


def _write(download: Download, descriptor: int, out: TextIO) -> None:
    with open(descriptor, "wb") as file, closing(watched(download, out)) as chunks:
        file.writelines(_unpacked(chunks))
        file.flush()
        os.fchmod(descriptor, 0o644)  # a temporary file is its owner's alone
        os.fsync(descriptor)


def _unpacked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The content of a gzip file, its checksum checked."""
    inflater, size = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), 0
    for chunk in chunks:
        try:
            piece = inflater.decompress(chunk)
        except zlib.error as error:
            raise UpstreamError("What was fetched is no gzip file, or damaged.") from error
        size += len(piece)
        if size > _LARGEST:
            raise UpstreamError("What was fetched is far too large.")
        yield piece
        if inflater.eof:
            return
    raise UpstreamError("The download broke off.")


def _checked(path: Path) -> IPDatabase:
    """A database that opens and answers look-ups with cities."""
    try:
        return IPDatabase([path])
    except ValueError as error:
        raise UpstreamError(f"What was fetched cannot be used. {error}") from error
