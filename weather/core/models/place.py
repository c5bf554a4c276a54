"""Points, places, and how a place was located."""

from __future__ import annotations

import math
from enum import StrEnum

from weather.core.dataclass import dataclass
from weather.core.errors import InvalidLocation
from weather.core.models.credit import Credit
from weather.core.rounding import rounded


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point in WGS84 decimal degrees. Raises `InvalidLocation` outside the globe."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        for name, value, limit in (
            ("latitude", self.latitude, 90),
            ("longitude", self.longitude, 180),
        ):
            if not math.isfinite(value) or abs(value) > limit:
                raise InvalidLocation(f"The {name} must lie between -{limit} and {limit} degrees.")
            # Adding zero turns -0.0 into 0.0, so that no view writes "-0".
            object.__setattr__(self, name, value + 0.0)

    def rounded(self, digits: int = 2) -> Coordinates:
        """The cell of the point: 2 digits are about 1.1 km."""
        return Coordinates(rounded(self.latitude, digits), rounded(self.longitude, digits))

    def __str__(self) -> str:
        point = self.rounded(4)
        return f"{point.latitude:.4f},{point.longitude:.4f}"


@dataclass(frozen=True, slots=True)
class Place:
    """A point and what a gazetteer says of it."""

    coordinates: Coordinates
    name: str | None = None
    region: str | None = None
    country: str | None = None
    country_code: str | None = None  # ISO 3166-1 alpha-2
    timezone: str | None = None  # IANA
    elevation: float | None = None  # m
    population: int | None = None
    distance: float | None = None  # km, where the name is that of the nearest city

    @property
    def label(self) -> str:
        """The name with what distinguishes it from its namesakes: "Paris, Texas, US"."""
        if not self.name:
            return str(self.coordinates)
        return self.full_name if self.distance is None else f"near {self.full_name}"

    @property
    def full_name(self) -> str:
        """Name, region and country code, without those that are missing."""
        region = self.region if self.region != self.name else None
        return ", ".join(part for part in (self.name, region, self.country_code) if part)


class LocatedBy(StrEnum):
    """How a place was located."""

    NAME = "name"  # by its name
    COORDINATES = "coordinates"  # by its coordinates
    ADDRESS = "address"  # by an IP address in the request's query
    VISITOR = "visitor"  # by the visitor's own IP address
    SERVER = "server"  # by the server's place: the visitor is on the server's network
    DEFAULT = "default"  # by the operator's DEFAULT_LOCATION


@dataclass(frozen=True, slots=True)
class LocatorResult:
    """The place of an IP address, the source's name and whose data it is."""

    place: Place
    source: str
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class LocatedPlace:
    """A place, how it was located, by which source and whose data, and the runners-up of an
    ambiguous name. `offline` if the gazetteer found it while no geocoder answered."""

    place: Place
    method: LocatedBy
    source: str | None = None
    alternatives: tuple[Place, ...] = ()
    credits: tuple[Credit, ...] = ()
    offline: bool = False
