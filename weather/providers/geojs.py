"""GeoJS: IP geolocation, also of the server's own address. https://www.geojs.io/docs/v1/endpoints/geo/"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weather.core.attribution import GEOLITE2
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.ip_address import Address, parse_address
from weather.core.models import Place
from weather.core.setting import Setting, url
from weather.providers.declaration import Provider, Role
from weather.providers.ip_services import city
from weather.providers.parsing import mapping, text

if TYPE_CHECKING:
    from weather.upstream.client import Upstream, UpstreamResponse

URL = Setting("geojs_url", "https://get.geojs.io", url, "GeoJS")
_NAME = "GeoJS"


class GeoJS:
    name = "geojs"
    source = "GeoJS (GeoLite2 data by MaxMind)"
    credits = (GEOLITE2,)
    local = in_memory = False

    def __init__(self, upstream: Upstream, url: str) -> None:
        self._upstream = upstream
        self._url = f"{url}/v1/ip/geo"

    def locate(self, address: Address | None, deadline: Deadline) -> Place | None:
        """The city of an address, by default of the server's own; None if it is unknown. Raises
        `UpstreamError`."""
        url = f"{self._url}/{address}.json" if address else f"{self._url}.json"
        return self._upstream.get(_NAME, url, deadline, lambda response: _place(response, address))


def _place(response: UpstreamResponse, address: Address | None) -> Place | None:
    if response.status == 404:
        return None
    payload = mapping(response.json(), _NAME)
    if response.status != 200:
        raise UpstreamError(f"{_NAME} has no answer.")
    if address and parse_address(text(payload.get("ip")) or "") != address:
        raise UpstreamError(f"{_NAME} answered for another address.")
    # Its numbers are texts, and an unknown point is the text "nil".
    return city(payload, payload.get("timezone"))


PROVIDER = Provider(
    key=GeoJS.name,
    name=_NAME,
    role=Role.IP_LOCATION,
    build=lambda upstream, settings: GeoJS(upstream, URL.of(settings)),
    settings=(URL,),
    credits=GeoJS.credits,
)
