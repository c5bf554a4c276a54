"""Parsing Open-Meteo's query parameters, with its own error messages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .messages import Response, dump

LATITUDE, LONGITUDE = ("Latitude", 90), ("Longitude", 180)
SAME_COUNT = "Parameter 'latitude' and 'longitude' must have the same number of elements"
ELEVATION_COUNT = "Parameter 'elevation' must have the same number of elements as coordinates"
NO_DATA = "No data is available for this location"
CHOICES = {
    "temperature_unit": ("TemperatureUnit", "celsius fahrenheit"),
    "wind_speed_unit": ("WindspeedUnit", "kmh ms mph kn"),
    "precipitation_unit": ("PrecipitationUnit", "mm inch"),
    "timeformat": ("Timeformat", "iso8601 unixtime"),
    "cell_selection": ("GridSelectionMode", "land sea nearest"),
}


class Refusal(Exception):
    """An error response: {"error":true,"reason":"…"} with this status."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.reason, self.status = reason, status

    @property
    def response(self) -> Response:
        body = dump({"error": True, "reason": self.reason}).encode()
        return Response(self.status, body, "application/json; charset=utf-8")


def invalid(type_name: str, value: str) -> Refusal:
    text = f"Data corrupted at path ''. Cannot initialize {type_name} from invalid String value"
    return Refusal(f"{text} {value}.")


@dataclass(frozen=True)
class Point:
    latitude: float
    longitude: float
    elevation: float | None


def words(query: Mapping[str, str], name: str) -> list[str]:
    return [word for word in query.get(name, "").split(",") if word]


def floats(query: Mapping[str, str], name: str) -> list[float]:
    return [_float(word) for word in words(query, name)]


def _float(word: str) -> float:
    try:
        if word.strip() != word or "_" in word:
            raise ValueError
        return float(word)
    except ValueError:
        raise invalid("Float", word) from None


def integer(query: Mapping[str, str], name: str) -> int | None:
    word = query.get(name, "")
    if not word:
        return None
    try:
        return int(word)
    except ValueError:
        raise invalid("Int", word) from None


def choice(query: Mapping[str, str], name: str) -> str:
    """A value of CHOICES, the first by default. Raises `Refusal` for another one."""
    type_name, allowed = CHOICES[name]
    value = query.get(name) or query.get(name.replace("wind_speed", "windspeed")) or ""
    if value and value not in allowed.split():
        raise invalid(type_name, value)
    return value or allowed.split()[0]


def points(query: Mapping[str, str], maximum: int = 1000) -> list[Point]:
    """The places of the query. Raises `Refusal` for unequal counts and invalid coordinates."""
    latitudes, longitudes = floats(query, "latitude"), floats(query, "longitude")
    heights = floats(query, "elevation")
    if len(latitudes) != len(longitudes) or not latitudes:
        raise Refusal(SAME_COUNT)
    if heights and len(heights) != len(latitudes):
        raise Refusal(ELEVATION_COUNT)
    if len(latitudes) > maximum:
        raise Refusal(f"Only up to {maximum} locations can be requested at once")
    check_range(latitudes, *LATITUDE)
    check_range(longitudes, *LONGITUDE)
    tops: list[float | None] = [*heights] or [None] * len(latitudes)
    return [Point(*place) for place in zip(latitudes, longitudes, tops, strict=True)]


def check_range(values: Iterable[float], name: str, limit: int) -> None:
    for value in values:
        if not -limit <= value <= limit:
            raise Refusal(f"{name} must be in range of -{limit} to {limit}°. Given: {value}.")
