"""One file of a city database in MaxMind's format, which may be replaced while it is read.

https://maxmind.github.io/MaxMind-DB/
"""

from __future__ import annotations

import logging
import os
import re
import struct
import weakref
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import maxminddb

from weather.core import boundary, plain_text
from weather.core.dataclass import dataclass
from weather.core.ip_address import Address
from weather.core.models import Place
from weather.providers.ip_records import DB_IP, GEOLITE2, place

log = logging.getLogger(__name__)

_SECONDS_BETWEEN_CHECKS = 60.0
_NETWORKS_TRIED = 1000
_READ_WHOLE = 32_000_000  # bytes; the cities of the world take 60 MB and more, in each worker
# The errors of the reader for a damaged file, depending on the place of the damage.
_DAMAGE = (
    maxminddb.InvalidDatabaseError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    struct.error,
    TypeError,
    ValueError,
)


class NoCitiesError(ValueError):
    """A database that can be read and knows no cities."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Edition:
    """The contents of a file when it was opened."""

    reader: maxminddb.Reader
    ip_version: int  # a file for 6 may hold IPv4 as well
    source: str
    built_at: datetime


class IPFile:
    """Raises `ValueError` if the file cannot be opened, is damaged, or knows no cities."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._path = path
        self._clock = clock
        self._identity = _identity(path)
        self._check_at = clock() + _SECONDS_BETWEEN_CHECKS
        self._warned = False
        self.edition = _open(path)

    def locate(self, address: Address) -> Place | None:
        """None without a usable record, also where the file is damaged."""
        self._reopen_if_replaced()
        edition = self.edition
        if address.version > edition.ip_version:
            return None
        try:
            return place(edition.reader.get(address))
        except _DAMAGE:
            if not self._warned:
                self._warned = True
                log.warning("%s is damaged: some addresses cannot be looked up", self._path)
            return None

    def _reopen_if_replaced(self) -> None:
        now = self._clock()
        if now < self._check_at:
            return
        self._check_at = now + _SECONDS_BETWEEN_CHECKS
        identity = _identity(self._path)
        if identity == self._identity:
            return
        self._identity = identity
        try:
            # The old reader is not closed, because other threads may still use it.
            self.edition = _open(self._path)
        except ValueError as error:
            log.warning("%s The edition of %s stays in use.", error, self.edition.built_at.date())
        else:
            self._warned = False
            log.info("%s: the edition of %s is in use", self._path, self.edition.built_at.date())


def _identity(path: Path) -> tuple[int, int, int] | None:
    """Changes when another file takes the path; None while there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def _open(path: Path) -> Edition:
    try:
        reader = maxminddb.open_database(path, _mode(path))
        try:
            edition = _edition(path, reader)
        except BaseException:
            reader.close()
            raise
    except OSError as error:
        raise ValueError(f"{path} cannot be opened: {error.strerror or error}.") from error
    except NoCitiesError:
        raise
    except _DAMAGE as error:
        raise ValueError(f"{path} is no IP database in MaxMind's format, or damaged.") from error
    # Not before the last look-up in it: each holds the edition that it reads.
    weakref.finalize(edition, reader.close)
    return edition


def _edition(path: Path, reader: maxminddb.Reader) -> Edition:
    """Raises `NoCitiesError` for a database of another kind."""
    metadata = reader.metadata()
    kind = plain_text.line(str(metadata.database_type), boundary.NAME) or ""
    edition = Edition(
        reader,
        int(metadata.ip_version),
        # Only the file's name says what a repackaging is.
        _source(f"{kind} {metadata.description}") or _source(path.name) or kind or path.name,
        datetime.fromtimestamp(metadata.build_epoch, UTC),
    )
    if not any(map(place, _first_records(edition))):
        raise NoCitiesError(f"{path} ({kind}) is no city database: it holds no cities with points.")
    return edition


def _mode(path: Path) -> int:
    """How the file is read: never mapped, as a process that touches a page of a file that was
    truncated dies of SIGBUS. Both ways are pure Python: the compiled reader crashes over some
    damaged files."""
    small = path.stat().st_size <= _READ_WHOLE
    return maxminddb.MODE_MEMORY if small else maxminddb.MODE_FILE


def _source(description: str) -> str | None:
    words = re.sub(r"[^a-z0-9]", "", description.lower())
    if "dbip" in words:
        return DB_IP
    return GEOLITE2 if "geolite2" in words else None


def _first_records(edition: Edition) -> Iterator[object]:
    """The records of the first networks in the order of their addresses."""
    kind, bits = (IPv6Address, 128) if edition.ip_version == 6 else (IPv4Address, 32)
    address = 0
    for _ in range(_NETWORKS_TRIED):
        if address >> bits:
            return
        record, prefix_length = edition.reader.get_with_prefix_len(kind(address))
        yield record
        address += 1 << (bits - prefix_length)
