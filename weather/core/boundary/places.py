"""The limits of places, and of the credits of what is shown."""

from __future__ import annotations

from weather.core import ranges
from weather.core.boundary.sizes import CREDITS, NAME, PLACES
from weather.core.limits import line, number, pattern, record, rows, whole
from weather.core.models import Coordinates, Credit, LocatorResult, Place
from weather.core.ranges import Range

ZONE_NAME = r"[A-Za-z0-9_+/-]{1,64}"
_WEB_ADDRESS = r"https?://[A-Za-z0-9\[][!#$%&()*+,./0-9:;=?@A-Z\[\]_a-z~-]*"

COUNTRY_CODE = pattern("[A-Z]{2}")
CREDIT = record(
    Credit,
    {
        "text": line(200),
        "url": pattern(_WEB_ADDRESS),
        "licence": lambda text: "" if text == "" else line(100)(text),
        "licence_url": lambda text: "" if text == "" else pattern(_WEB_ADDRESS)(text),
    },
)
COORDINATES = record(
    Coordinates,
    {"latitude": number(ranges.LATITUDE), "longitude": number(ranges.LONGITUDE)},
)
PLACE = record(
    Place,
    {
        "coordinates": COORDINATES,
        **dict.fromkeys(("name", "region", "country"), line(NAME)),
        "country_code": COUNTRY_CODE,
        "timezone": pattern(ZONE_NAME),
        "elevation": number(ranges.ELEVATION),
        "population": whole(ranges.POPULATION),
        "distance": number(Range(0, 20_100)),  # km, half of a great circle
    },
)
LOCATOR_RESULT = record(
    LocatorResult, {"place": PLACE, "source": line(NAME), "credits": rows(CREDIT, CREDITS)}
)
SEARCH_RESULT = rows(PLACE, PLACES)
