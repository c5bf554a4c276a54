"""Credits and licences that more than one provider's data needs."""

from __future__ import annotations

from typing import Final

from weather.core.models import Credit

# Name and URL, the last two fields of a `Credit`.
CC_BY_4: Final = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")

DB_IP = Credit("IP Geolocation by DB-IP", "https://db-ip.com", *CC_BY_4)
GEOLITE2 = Credit(
    "GeoLite2 data created by MaxMind",
    "https://www.maxmind.com",
    "GeoLite EULA",
    "https://www.maxmind.com/en/geolite2/eula",
)
OPENSTREETMAP = Credit(
    "Time zones © OpenStreetMap contributors",
    "https://www.openstreetmap.org/copyright",
    "ODbL 1.0",
    "https://opendatacommons.org/licenses/odbl/1-0/",
)
GEONAMES = Credit("Place names by GeoNames", "https://www.geonames.org/", *CC_BY_4)
