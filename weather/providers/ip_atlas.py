"""The embedded table of addresses as a provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weather.core.attribution import DB_IP, GEONAMES
from weather.providers.declaration import Provider, Role

if TYPE_CHECKING:
    from weather.atlas.ip import IPTable


def _build(upstream: object, settings: object) -> IPTable:
    from weather.atlas.ip import IPTable  # noqa: PLC0415  # only a server reads the table

    return IPTable()


PROVIDER = Provider(
    key="atlas",
    name="the embedded table",
    role=Role.IP_LOCATION,
    build=_build,
    credits=(DB_IP, GEONAMES),
    local=True,
    trusted=True,
)
