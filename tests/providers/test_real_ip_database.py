"""A real database, fetched by `tests/fetch_geoip` and named by TEST_GEOIP_DATABASES."""

from __future__ import annotations

import math
import os
from ipaddress import IPv4Address, ip_address
from pathlib import Path

import pytest

from weather.core.deadline import Deadline
from weather.core.models import Coordinates, Place
from weather.providers.ip_database import IPDatabase

pytestmark = pytest.mark.geoip

# Universities' own networks, each with the point of its town.
WELL_KNOWN = [
    ("18.9.22.69", "US", (42.36, -71.09)),  # Cambridge, Massachusetts
    ("128.32.1.1", "US", (37.87, -122.27)),  # Berkeley
    ("128.95.1.1", "US", (47.61, -122.33)),  # Seattle
    ("128.59.105.24", "US", (40.71, -74.01)),  # New York
    ("128.100.72.45", "CA", (43.65, -79.38)),  # Toronto
    ("132.248.10.44", "MX", (19.43, -99.13)),  # Mexico City
    ("143.107.254.11", "BR", (-23.55, -46.63)),  # São Paulo
    ("137.158.154.1", "ZA", (-33.93, 18.42)),  # Cape Town
    ("131.111.150.25", "GB", (52.21, 0.12)),  # Cambridge
    ("129.215.17.244", "GB", (55.95, -3.19)),  # Edinburgh
    ("129.132.19.216", "CH", (47.37, 8.54)),  # Zurich
    ("131.130.1.11", "AT", (48.21, 16.37)),  # Vienna
    ("141.20.1.31", "DE", (52.52, 13.40)),  # Berlin
    ("130.237.28.40", "SE", (59.33, 18.07)),  # Stockholm
    ("129.240.118.130", "NO", (59.91, 10.75)),  # Oslo
    ("157.181.1.1", "HU", (47.50, 19.04)),  # Budapest
    ("140.112.8.116", "TW", (25.03, 121.57)),  # Taipei
    ("133.11.93.0", "JP", (35.68, 139.69)),  # Tokyo
    ("137.132.84.1", "SG", (1.35, 103.82)),  # Singapore
    ("130.216.33.1", "NZ", (-36.85, 174.76)),  # Auckland
    ("2001:620:8::1", "CH", (47.37, 8.54)),  # Zurich
    ("2001:630:212::1", "GB", (52.21, 0.12)),  # Cambridge
    ("2001:718:1::1", "CZ", (50.08, 14.44)),  # Prague
    ("2001:720:1::1", "ES", (40.42, -3.70)),  # Madrid
    ("2001:700:100::1", "NO", (59.91, 10.75)),  # Oslo
]


@pytest.fixture(scope="module")
def database() -> IPDatabase:
    paths = os.environ.get("TEST_GEOIP_DATABASES", "")
    if not paths:
        pytest.skip("TEST_GEOIP_DATABASES names no database; tests/fetch_geoip fetches one")
    return IPDatabase([Path(path) for path in paths.split(",")])


def locate(database: IPDatabase, address: str) -> Place | None:
    return database.locate(ip_address(address), Deadline(1))


@pytest.mark.parametrize(("address", "country_code", "point"), WELL_KNOWN)
def test_a_universitys_address_is_in_its_town(
    database: IPDatabase, address: str, country_code: str, point: tuple[float, float]
) -> None:
    found = locate(database, address)
    assert found is not None
    assert found.country_code == country_code
    assert _kilometres(found.coordinates, Coordinates(*point)) < 50
    assert found.name
    assert "(" not in found.name


def _kilometres(one: Coordinates, other: Coordinates) -> float:
    """Near enough for towns: the plane that touches the globe there."""
    north = one.latitude - other.latitude
    east = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return math.hypot(north, east) * 111.2


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "127.0.0.1", "192.168.1.1", "100.64.0.1", "224.0.0.1", "::1", "fe80::1"]
)
def test_a_special_address_has_no_place(database: IPDatabase, address: str) -> None:
    assert locate(database, address) is None


def test_most_addresses_have_a_place(database: IPDatabase) -> None:
    addresses = [number << 20 | 0x12345 for number in range(1 << 12)]
    found = [locate(database, str(IPv4Address(address))) for address in addresses]
    places = [place for place in found if place]
    assert len(places) > 3000  # of 4096; the rest are reserved
    assert all(place.label and place.country_code for place in places)
    assert database.source == "DB-IP City Lite"
    assert database.built_at.year >= 2026
