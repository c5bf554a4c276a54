"""Cities that are known without a network: names of points, and their time zones."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from weather.core.models import Coordinates, Credit, Place
from weather.core.rounding import rounded_to_int

_NEAR = 200.0  # km; a city that is farther away says nothing of a place


class Gazetteer(Protocol):
    """A table of cities."""

    @property
    def source(self) -> str: ...
    @property
    def place_credits(self) -> tuple[Credit, ...]: ...

    def search(self, name: str, within: tuple[str, ...]) -> tuple[Place, ...]: ...

    def is_area(self, text: str) -> bool:
        """Whether it is the name, code or abbreviation of a country or region."""

    def airport(self, code: str) -> Place | None:
        """The place of an airport's IATA code, whatever its case; None for another text."""

    def nearest(self, where: Coordinates) -> tuple[Place, float]:
        """The nearest city and its distance in km."""


def name_point(gazetteer: Gazetteer, point: Coordinates) -> Place:
    """The point with the name and the time zone of the nearest city, if one is near."""
    city, distance = gazetteer.nearest(point)
    if distance > _NEAR:
        return Place(point)
    return replace(
        city, coordinates=point, elevation=None, population=None, distance=rounded_to_int(distance)
    )


def nearest_zone(gazetteer: Gazetteer, point: Coordinates) -> str | None:
    """The time zone (IANA) of the nearest city, if one is near."""
    return name_point(gazetteer, point).timezone
