"""What the providers share and a test may set: the clock, the addresses, the files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from .gazetteer import City, city
from .messages import Request, Response

# public addresses that tests and demonstrations use, and where they are said to be
ADDRESSES = {
    "8.8.8.8": "Mountain View",
    "1.1.1.1": "Sydney",
    "81.2.69.160": "London",
    "2a02:1210:1::1": "Zurich",
    "2001:4860:4860::8888": "Mountain View",
}


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class World:
    """`addresses` maps an IP to a city's English name; `databases` a month to a .mmdb.gz's bytes.

    `redirect_keys` makes the free host answer an apikey with a redirect, as the real one does;
    `api_key` is the one key the customer host takes.
    """

    now: Callable[[], datetime] = utc_now
    home: City = field(default_factory=lambda: city("Zurich"))
    home_address: str = "2a02:1210:1::1"
    addresses: dict[str, str] = field(default_factory=lambda: dict(ADDRESSES))
    databases: dict[str, bytes] = field(default_factory=dict)
    api_key: str = "demo-key"
    redirect_keys: bool = False
    base_url: str = ""

    @property
    def time(self) -> int:
        """The clock as Unix time, whole seconds."""
        return int(self.now().timestamp())


class Provider(Protocol):
    def __call__(self, request: Request, world: World) -> Response: ...


Routes = Mapping[str, Provider]
