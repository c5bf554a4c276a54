"""The simulated IP geolocation: ipwho.is, get.geojs.io and DB-IP's file."""

import gzip

import pytest
import requests

from simulator.server import Upstreams
from tests.simulator.client import get


def test_ipwhois_locates_an_address_and_the_client(upstreams: Upstreams) -> None:
    body = get(upstreams, "ipwhois", "/81.2.69.160").json()
    assert (body["success"], body["city"], body["country_code"]) == (True, "London", "GB")
    assert body["timezone"]["id"] == "Europe/London"
    assert get(upstreams, "ipwhois", "/").json()["city"] == "Zurich"
    assert (
        get(upstreams, "ipwhois", "/9.9.9.9").json() == get(upstreams, "ipwhois", "/9.9.9.9").json()
    )


def test_ipwhois_omits_success_unless_it_is_requested(upstreams: Upstreams) -> None:
    path = "/8.8.8.8?fields=ip,city,latitude,timezone.id"
    assert get(upstreams, "ipwhois", path).json() == {
        "ip": "8.8.8.8",
        "city": "Mountain View",
        "latitude": 37.38605,
        "timezone": {"id": "America/Los_Angeles"},
    }


@pytest.mark.parametrize("address", ["192.168.1.1", "127.0.0.1", "100.64.0.1", "fe80::1", "::1"])
def test_ipwhois_fails_with_200_for_reserved_ranges(upstreams: Upstreams, address: str) -> None:
    answer = get(upstreams, "ipwhois", f"/{address}?fields=city")
    expected = {"ip": address, "success": False, "message": "Reserved range"}
    assert (answer.status_code, answer.json()) == (200, expected)


def test_ipwhois_answers_404_for_an_invalid_address(upstreams: Upstreams) -> None:
    answer = get(upstreams, "ipwhois", "/notanip")
    expected = {"success": False, "message": "404 not found"}
    assert (answer.status_code, answer.json()) == (404, expected)


def test_geojs_locates_addresses_the_client_and_lists(upstreams: Upstreams) -> None:
    body = get(upstreams, "geojs", "/v1/ip/geo/2a02:1210:1::1.json").json()
    assert (body["city"], body["latitude"], body["longitude"]) == ("Zurich", "47.3667", "8.55")
    unknown = get(upstreams, "geojs", "/v1/ip/geo/10.0.0.1.json").json()
    assert (unknown["latitude"], unknown["longitude"]) == ("nil", "nil")
    assert "city" not in unknown
    assert get(upstreams, "geojs", "/v1/ip/geo.json").json()["city"] == "Zurich"
    pair = get(upstreams, "geojs", "/v1/ip/geo.json?ip=8.8.8.8,1.1.1.1").json()
    assert [entry["city"] for entry in pair] == ["Mountain View", "Sydney"]
    assert get(upstreams, "geojs", "/v1/ip/geo/notanip.json").status_code == 404


def test_db_ip_serves_the_configured_file(upstreams: Upstreams) -> None:
    upstreams.world.databases["2026-03"] = gzip.compress(b"database")
    template = upstreams.environment()["GEOIP_DOWNLOAD_URL"]
    response = requests.get(template.format(month="2026-03"), timeout=5)
    assert gzip.decompress(response.content) == b"database"
    assert requests.get(template.format(month="2026-04"), timeout=5).status_code == 404
