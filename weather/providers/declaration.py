"""What a provider declares of itself: everything the service needs besides its adapter.

Settings are read from the declarations, so a provider's file imports nothing at its start that
a health probe could not afford: `weather.upstream` and readers of files only for annotations or
inside functions.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from weather.core.dataclass import dataclass
from weather.core.models import Coordinates, Credit, Place
from weather.core.setting import Setting
from weather.upstream.limit import Limit

if TYPE_CHECKING:
    from weather.upstream.client import Upstream

T_co = TypeVar("T_co", covariant=True)


class Role(StrEnum):
    """Which question a provider answers."""

    FORECAST = "forecast"
    AIR_QUALITY = "air quality"
    GEOCODING = "geocoding"
    IP_LOCATION = "IP location"
    ALERTS = "alerts"


@dataclass(frozen=True, slots=True)
class Account:
    """Calls that one provider's operator counts together; `limits` takes the `Settings`, and
    `settings` are those with which the operator counts apart: host and key."""

    name: str
    limits: Callable[[object], tuple[Limit, ...]]
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the globe, in degrees: south, north, west, east."""

    south: float
    north: float
    west: float
    east: float

    def __contains__(self, point: Coordinates) -> bool:
        inside = self.south <= point.latitude <= self.north
        return inside and self.west <= point.longitude <= self.east


@dataclass(frozen=True, slots=True)
class Area:
    """Where a provider's data is valid. `boxes` decide where a place has no country."""

    name: str  # as in "in the United States"
    countries: frozenset[str]  # ISO 3166-1 alpha-2
    boxes: tuple[Box, ...]

    def covers(self, place: Place) -> bool:
        if place.country_code:
            return place.country_code in self.countries
        return any(place.coordinates in box for box in self.boxes)


@dataclass(frozen=True, slots=True)
class Provider(Generic[T_co]):
    """`build` makes the adapter from the client and the `Settings`, or None where these leave
    it out; it raises `ValueError` with the variable's name for one that cannot be used. What the
    adapter returns is within the limits of `weather/core/boundary`, unless it is `trusted`."""

    key: str  # in FORECAST_PROVIDERS, IP_LOCATORS, …
    name: str  # for people
    role: Role
    build: Callable[[Upstream, object], T_co | None]
    settings: tuple[Setting[Any], ...] = ()
    credits: tuple[Credit, ...] = ()
    account: Account | None = None
    needs_contact: bool = False  # its terms demand one in the User-Agent
    area: Area | None = None  # None: the whole world
    local: bool = False  # no call leaves this machine
    trusted: bool = False  # its data is a part of this program

    def __post_init__(self) -> None:
        if not self.trusted:
            object.__setattr__(self, "build", _bounded(self.build, self.role, self.name))


def _bounded(
    build: Callable[[Upstream, object], Any], role: Role, name: str
) -> Callable[[Upstream, object], Any]:
    def built(upstream: Upstream, settings: object) -> Any:
        from weather.providers.bounded import Bounded  # noqa: PLC0415  # not for a health probe

        adapter = build(upstream, settings)
        return None if adapter is None else Bounded(adapter, role, name)

    return built
