from __future__ import annotations

from ipaddress import ip_address

import pytest

from simulator import Upstreams, faults
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, UpstreamUnavailable
from weather.providers.geojs import GeoJS
from weather.providers.ipwhois import IPWhois
from weather.upstream.client import Upstream

LONDON = ip_address("81.2.69.160")
PRIVATE = ip_address("192.168.1.1")


@pytest.fixture(params=[IPWhois, GeoJS])
def service(request: pytest.FixtureRequest, upstreams: Upstreams) -> IPWhois | GeoJS:
    name = "ipwhois" if request.param is IPWhois else "geojs"
    found: IPWhois | GeoJS = request.param(Upstream("tests"), upstreams.url(name))
    return found


def test_an_address_has_a_city(service: IPWhois | GeoJS) -> None:
    place = service.locate(LONDON, Deadline(5))
    assert place
    assert (place.name, place.country_code, place.timezone) == ("London", "GB", "Europe/London")
    assert abs(place.coordinates.latitude - 51.5) < 0.2


def test_no_address_means_the_servers_own(service: IPWhois | GeoJS) -> None:
    place = service.locate(None, Deadline(5))
    assert place
    assert place.name == "Zurich"


def test_a_private_address_has_no_place(service: IPWhois | GeoJS) -> None:
    assert service.locate(PRIVATE, Deadline(5)) is None


def test_an_outage_is_unavailable(service: IPWhois | GeoJS, upstreams: Upstreams) -> None:
    upstreams.fail("*", faults.status(500))
    with pytest.raises(UpstreamUnavailable):
        service.locate(LONDON, Deadline(5))


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "3",
        "",
        '{"success":false,"message":"You have exceeded your limit"}',
        '{"ip":"1.2.3.4"}',
    ],
)
def test_an_unusable_response_is_an_error(
    service: IPWhois | GeoJS, upstreams: Upstreams, body: str
) -> None:
    upstreams.fail("*", faults.text(body))
    with pytest.raises(UpstreamError):
        service.locate(LONDON, Deadline(5))


@pytest.mark.parametrize(
    "fields",
    [
        '"latitude":0,"longitude":0,"city":"Null Island"',
        '"latitude":"nil","longitude":"nil","city":"Nowhere"',
        '"latitude":91,"longitude":0.1,"city":"Beyond"',
        '"latitude":37.751,"longitude":-97.822,"country_code":"US"',
        '"latitude":1e999,"longitude":1,"city":"Far"',
    ],
)
def test_a_point_without_a_city_or_off_the_globe_is_no_place(
    service: IPWhois | GeoJS, upstreams: Upstreams, fields: str
) -> None:
    upstreams.fail("*", faults.text(f'{{"success":true,"ip":"{LONDON}",{fields}}}'))
    assert service.locate(LONDON, Deadline(5)) is None
