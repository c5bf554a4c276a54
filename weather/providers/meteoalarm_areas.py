"""Whether a place lies in an area of a warning.

Feeds of MeteoAlarm seldom have outlines: an area is the name of a region in the country's own
language, and a code (EMMA_ID) of which no table is public. Names are compared by the atlas, which
has those of GeoNames' regions in many languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from weather.atlas import areas, cities
from weather.core.dataclass import dataclass
from weather.core.models import Coordinates
from weather.providers import geojson
from weather.providers.parsing import text

_FARTHEST = 50  # km, of the city whose region a place is in
_IN_TOWN = 10  # km
_MOST_OUTLINES = 20
_BETWEEN_NAMES = re.compile(r"\s*[,;/]\s*|\s+(?:and|und|en|et|e|y|i|og|och|ja)\s+")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A point with the country, the region and the town that it is in or near to."""

    where: Coordinates
    country: str
    location: areas.Location

    @classmethod
    def of(cls, where: Coordinates) -> Surroundings | None:
        """None far from any city."""
        table = cities.load()
        city, distance = table.nearest(where)
        if distance > _FARTHEST:
            return None
        place = table.place(city)
        country = place.country_code or ""
        code, region = table.regions[table.region_of[city]]
        names = [name for name in (region, place.name if distance <= _IN_TOWN else None) if name]
        return cls(where, country, areas.Location(country, names, [f"{country}.{code}"]))

    def lie_in(self, area: Mapping[str, Any]) -> bool:
        """Whether the area's outline has the point; without one, whether its name, or one of
        several, is that of the country, the region or the town."""
        outlines = list(_outlines(area.get("polygon")))
        if outlines:
            return any(geojson.covers(outline, self.where) for outline in outlines)
        name = text(area.get("areaDesc")) or ""
        return any(map(self._is_called, (name, *_BETWEEN_NAMES.split(name))))

    def _is_called(self, name: str) -> bool:
        # A postcode is no area, and excludes no place.
        is_name = any(letter.isalpha() for letter in name)
        return is_name and areas.lies_within(self.location, [name])


def _outlines(value: object) -> Iterator[dict[str, object]]:
    """Polygons of CAP, "latitude,longitude latitude,longitude …", as those of GeoJSON."""
    polygons = value if isinstance(value, list) else [value]
    for polygon in polygons[:_MOST_OUTLINES]:
        points = (point.split(",") for point in polygon.split()) if isinstance(polygon, str) else ()
        ring = [[pair[1], pair[0]] for pair in points if len(pair) == 2]
        if len(ring) > 3:
            yield {"type": "Polygon", "coordinates": [ring]}
