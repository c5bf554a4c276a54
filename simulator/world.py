"""The state that the providers share and tests may set: the clock, the addresses, the files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from .gazetteer import City, city
from .messages import Request, Response

# Public IP addresses of tests and demonstrations → their cities.
ADDRESSES = {
    "8.8.8.8": "Mountain View",
    "1.1.1.1": "Sydney",
    "81.2.69.160": "London",
    "2a02:1210:1::1": "Zurich",
    "2001:4860:4860::8888": "Mountain View",
}


def no_towns(name: str, within: tuple[str, ...]) -> list[City]:
    return []


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class World:
    """`addresses` maps an IP address to the English name of a city, `databases` a month (YYYY-MM)
    to the bytes of a .mmdb.gz.

    With `redirect_keys` the free host redirects a request with an apikey, as the real one does;
    `api_key` is the only valid key of the customer host.
    """

    now: Callable[[], datetime] = utc_now
    home: City = field(default_factory=lambda: city("Zurich"))
    home_address: str = "2a02:1210:1::1"
    addresses: dict[str, str] = field(default_factory=lambda: dict(ADDRESSES))
    databases: dict[str, bytes] = field(default_factory=dict)
    api_key: str = "demo-key"
    redirect_keys: bool = False
    base_url: str = ""
    # Towns of a name, and within areas, besides those of gazetteer.txt. None by default, so that
    # tests know which names there are.
    towns: Callable[[str, tuple[str, ...]], list[City]] = no_towns

    @property
    def time(self) -> int:
        """The clock as Unix time, whole seconds."""
        return int(self.now().timestamp())


class Provider(Protocol):
    def __call__(self, request: Request, world: World) -> Response: ...


Routes = Mapping[str, Provider]
