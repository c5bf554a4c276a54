"""IP geolocation from a city database of the operator on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from weather.core import attribution
from weather.core.deadline import Deadline
from weather.core.ip_address import Address
from weather.core.models import Credit, Place
from weather.core.setting import Setting, paths, url
from weather.providers.declaration import Provider, Role
from weather.providers.ip_records import DB_IP, GEOLITE2

if TYPE_CHECKING:
    from weather.providers.ip_file import IPFile

_CREDITS = {DB_IP: attribution.DB_IP, GEOLITE2: attribution.GEOLITE2}


def _download_url(text: str) -> str:
    if "{month}" not in text:
        raise ValueError("must hold {month}, which becomes the edition's YYYY-MM")
    return url(text)


FILES = Setting(
    "geoip_database",
    "",
    paths,
    "MaxMind-format city database; two files (IPv4, IPv6) with a comma between. "
    "Replace a file by renaming, as `update-geoip` does, never by writing over it",
)
DOWNLOAD_URL = Setting(
    "geoip_download_url",
    "https://download.db-ip.com/free/dbip-city-lite-{month}.mmdb.gz",
    _download_url,
    "The URL from which `update-geoip` downloads the database",
)


class IPDatabase:
    """One file, or one for IPv4 and one for IPv6. A file that is replaced is in use within a
    minute. While a large file is being written over in place, or after it was emptied, addresses
    cannot be looked up.

    Raises `ValueError` if a file cannot be opened, is damaged, or knows no cities.
    """

    name = "database"
    local = True
    in_memory = False

    def __init__(
        self, paths: Sequence[Path], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if not paths:
            raise ValueError("An IP database needs at least one file.")
        from weather.providers.ip_file import IPFile  # noqa: PLC0415  # and with it maxminddb

        self._files: tuple[IPFile, ...] = tuple(IPFile(path, clock) for path in paths)

    def locate(self, address: Address | None, deadline: Deadline) -> Place | None:
        """The city of an address; None without a record of it, or without an address: a file
        does not know the server's own. A look-up is too short for the deadline to matter."""
        if address is None:
            return None
        places = (file.locate(address) for file in self._files)
        return next((place for place in places if place), None)

    @property
    def source(self) -> str:
        """The display name of the data: "DB-IP City Lite"."""
        return " and ".join(dict.fromkeys(file.edition.source for file in self._files))

    @property
    def credits(self) -> tuple[Credit, ...]:
        """Those that the data's licences demand; none for data of an unknown licence."""
        sources = dict.fromkeys(file.edition.source for file in self._files)
        return tuple(_CREDITS[source] for source in sources if source in _CREDITS)

    @property
    def built_at(self) -> datetime:
        """The date of the data, of two files the older one."""
        return min(file.edition.built_at for file in self._files)


def _build(upstream: object, settings: object) -> IPDatabase | None:
    try:
        return IPDatabase(FILES.of(settings)) if FILES.of(settings) else None
    except ValueError as error:
        raise ValueError(f"{FILES.variable}: {error}") from error


PROVIDER = Provider(
    key=IPDatabase.name,
    name="the operator's database",
    role=Role.IP_LOCATION,
    build=_build,
    settings=(FILES, DOWNLOAD_URL),
    credits=tuple(_CREDITS.values()),  # of the known editions; the adapter names the file's own
    local=True,
)
