"""Places in links: geo URIs (RFC 5870) and the addresses of maps.

geo:48.85,2.35  geo:48.85,2.35,35;crs=wgs84;u=20  geo:0,0?q=48.85,2.35(label)
@48.85,2.35,12z           Google Maps
#map=12/48.85/2.35        OpenStreetMap
?q=48.85,2.35  &ll=48.85,2.35  ?mlat=48.85&mlon=2.35
"""

from __future__ import annotations

import re

from weather.core.errors import InvalidLocation
from weather.core.models import Coordinates

LONGEST = 2000  # characters; maps put a lot into their addresses
_NUMBER = r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?"
_GEO = re.compile(
    rf"geo:({_NUMBER}),({_NUMBER})(?:,-?[0-9.]{{1,20}})?((?:;[^?]*)?)(?:\?(.*))?", re.IGNORECASE
)
_CRS = re.compile(r";crs=([^;]*)", re.IGNORECASE)
# The place itself before the middle of the map.
_MAPS = tuple(
    re.compile(pattern.replace("NUMBER", f"({_NUMBER})"), re.IGNORECASE)
    for pattern in (
        r"!3dNUMBER!4dNUMBER",
        r"[?&#]mlat=NUMBER&mlon=NUMBER",
        r"[?&](?:q|query|ll|sll|daddr|destination)=(?:loc:)?NUMBER(?:,|%2c) ?NUMBER",
        r"(?:^|/)@NUMBER,NUMBER(?=$|[,/?#&])",
        r"#map=[0-9.]{1,6}/NUMBER/NUMBER",
        r"[?&](?:center|cp)=NUMBER(?:,|%2c|~)NUMBER",
    )
)


def parse_link(text: str) -> Coordinates | None:
    """The coordinates in a geo URI or a map's address; None for another text. Raises
    `InvalidLocation` for a geo URI of another coordinate system, and outside the globe."""
    text = text[:LONGEST].strip()
    if uri := _GEO.fullmatch(text):
        return _geo(uri)
    for pattern in _MAPS:
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
