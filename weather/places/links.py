"""Places in links and in what programs print: geo URIs (RFC 5870) and the addresses of maps.

geo:48.85,2.35  geo:48.85,2.35,35;crs=wgs84;u=20  geo:0,0?q=48.85,2.35(label)
@48.85,2.35,12z           Google Maps
#map=12/48.85/2.35        OpenStreetMap
?q=48.85,2.35  &ll=48.85,2.35  ?mlat=48.85&mlon=2.35  lat: 48.85, lon: 2.35
POINT(2.35 48.85)         WKT (ISO 19162), longitude first, as Yandex and Mapy.com have it
"""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

from weather.core.errors import InvalidLocation
from weather.core.models import Coordinates
from weather.places.coordinates import parse_pair

LONGEST = 2000  # characters; maps put a lot into their addresses
_NUMBER = r"[-+]?[0-9]{1,3}(?:\.[0-9]{1,20})?"
_GEO = re.compile(
    rf"geo:({_NUMBER}),({_NUMBER})(?:,-?[0-9.]{{1,20}})?((?:;[^?]*)?)(?:\?(.*))?", re.IGNORECASE
)
_CRS = re.compile(r";crs=([^;]*)", re.IGNORECASE)
_NAMED = re.compile(r"/maps/(?:place|search)/([^/?#]{1,200})", re.IGNORECASE)


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """NUMBER is a number, COMMA what separates two, and START the begin of a parameter."""
    words = {"NUMBER": f"({_NUMBER})", "COMMA": "(?:,|%2c)(?:[+ ]|%20)?", "START": "(?:^|[?&#])"}
    for word, meaning in words.items():
        patterns = tuple(pattern.replace(word, meaning) for pattern in patterns)
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_LONGITUDE_FIRST = _patterns(
    r"^POINT ?\(NUMBER NUMBER\)$",
    r"\byandex\..*[?&](?:whatshere\[point\]|pt|ll)=NUMBERCOMMANUMBER",
    r"\bmapy\..*[?&]x=NUMBER&y=NUMBER",
    r"\b(?:lon|lng|long|longitude)\W{1,4}NUMBER\W{1,6}lat(?:itude)?\W{1,4}NUMBER",
)
# The place itself before the middle of the map.
_LATITUDE_FIRST = _patterns(
    r"!3dNUMBER!4dNUMBER",
    r"STARTmlat=NUMBER&mlon=NUMBER",
    r"START(?:q|query|ll|sll|daddr|destination|coordinate)=(?:loc:)?NUMBERCOMMANUMBER",
    r"\blat(?:itude)?\W{1,4}NUMBER\W{1,6}(?:lon|lng|long|longitude)\W{1,4}NUMBER",
    r"(?:^|/)@NUMBERCOMMANUMBER(?=$|[,/?#&])",
    r"STARTmap=[0-9.]{1,6}/NUMBER/NUMBER",
    r"^#[0-9.]{1,6}/NUMBER/NUMBER",
    r"START(?:center|cp|map)=NUMBER(?:,|%2c|~)NUMBER",
    r"\bwindy\.com/\?NUMBER,NUMBER",
    r"^LatLng\(NUMBER, ?NUMBER\)$",
    r"^NUMBER,NUMBER,[0-9.]{1,9}[zm]$",
)


def parse_link(text: str) -> Coordinates | None:
    """The coordinates in a geo URI or a map's address; None for another text. Raises
    `InvalidLocation` for a geo URI of another coordinate system, and outside the globe."""
    text = text[:LONGEST].strip()
    if uri := _GEO.fullmatch(text):
        return _geo(uri)
    for pattern in _LONGITUDE_FIRST:
        if match := pattern.search(text):
            return Coordinates(float(match[2]), float(match[1]))
    named = None if "!3d" in text else _NAMED.search(text)
    if named and (point := parse_pair(unquote_plus(named[1]))):
        return point
    for pattern in _LATITUDE_FIRST:
        if match := pattern.search(text):
            return Coordinates(float(match[1]), float(match[2]))
    return None


def _geo(uri: re.Match[str]) -> Coordinates:
    system = _CRS.search(uri[3])
    if system and system[1].lower() != "wgs84":
        raise InvalidLocation("Coordinates must be those of WGS84.")
    # Android names a place in the query of a URI for 0,0.
    query = parse_link(f"?{uri[4]}") if uri[4] else None
    return query or Coordinates(float(uri[1]), float(uri[2]))
