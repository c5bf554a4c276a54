"""Where an IP address is, from a city database on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from weather.core.deadline import Deadline
from weather.core.ip_address import Address
from weather.core.models import Credit, Place
from weather.providers.ip_file import DB_IP, GEOLITE2, IPFile

_CREDITS = {
    DB_IP: Credit("IP Geolocation by DB-IP", "https://db-ip.com", "CC BY 4.0"),
    GEOLITE2: Credit("GeoLite2 data created by MaxMind", "https://www.maxmind.com", "GeoLite EULA"),
}


class IPDatabase:
    """One file, or one for IPv4 and one for IPv6. They are opened before the workers fork,
    which so share the mapped pages. A file that is replaced (by renaming: a mapped file must
    not be written over) is taken up within a minute.

    Raises `ValueError` if a file cannot be opened, is damaged, or knows no cities.
    """

    name = "database"
    local = True

    def __init__(
        self, paths: Sequence[Path], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if not paths:
            raise ValueError("An IP database needs at least one file.")
        self._files = tuple(IPFile(path, clock) for path in paths)

    def locate(self, address: Address | None, deadline: Deadline) -> Place | None:
        """The place of an address; None if there is no record of it, or no address: a file
        cannot tell where this server is. Nothing here takes long enough for a deadline."""
        if address is None:
            return None
        answers = (file.locate(address) for file in self._files)
        return next((answer for answer in answers if answer), None)

    @property
    def source(self) -> str:
        """The data's name for people: "DB-IP City Lite"."""
        return " and ".join(dict.fromkeys(file.edition.source for file in self._files))

    @property
    def credits(self) -> tuple[Credit, ...]:
        """What the data's licences ask for; nothing for data whose licence is not known."""
        sources = dict.fromkeys(file.edition.source for file in self._files)
        return tuple(_CREDITS[source] for source in sources if source in _CREDITS)

    @property
    def built_at(self) -> datetime:
        """When the data was made, of two files the older one's."""
        return min(file.edition.built_at for file in self._files)
