"""ipwho.is: IP geolocation, also of the server's own address. https://ipwhois.io/documentation"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, UpstreamUnavailable
from weather.core.ip_address import Address, parse_address
from weather.core.models import Credit, Place
from weather.core.setting import Setting, url
from weather.providers.declaration import Account, Provider, Role
from weather.providers.ip_services import city
from weather.providers.parsing import mapping, text
from weather.upstream.limit import Limit

if TYPE_CHECKING:
    from weather.upstream.client import Upstream, UpstreamResponse

_NAME = "ipwho.is"
URL = Setting("ipwhois_url", "https://ipwho.is", url, "ipwho.is")
_LIMITS = (Limit(60, 60), Limit(1000, 86_400))  # the lowest that its pages name
# A response has only the named fields, so `success` is among them.
_FIELDS = "success,message,ip,city,region,country,country_code,latitude,longitude,timezone.id"


class IPWhois:
    name = "ipwhois"
    source = "ipwho.is"
    credits: tuple[Credit, ...] = ()  # its terms ask for none
    local = in_memory = False

    def __init__(self, upstream: Upstream, url: str) -> None:
        self._upstream = upstream
        self._url = url

    def locate(self, address: Address | None, deadline: Deadline) -> Place | None:
        """The city of an address, by default of the server's own; None if it is unknown. Raises
        `UpstreamError`."""
        url = f"{self._url}/{address or ''}"
        return self._upstream.get(
            _NAME,
            url,
            deadline,
            lambda response: _place(response, address),
            params={"fields": _FIELDS},
        )


def _place(response: UpstreamResponse, address: Address | None) -> Place | None:
    payload = mapping(response.json(), _NAME)
    if payload.get("success") is not True:
        # Failures have HTTP status 200 as well; only their text distinguishes them.
        message = (text(payload.get("message")) or "").lower()
        if "reserved" in message or "invalid" in message or "not found" in message:
            return None
        raise UpstreamUnavailable(f"{_NAME} grants no more calls at the moment.")
    if address and parse_address(text(payload.get("ip")) or "") != address:
        raise UpstreamError(f"{_NAME} answered for another address.")
    timezone = payload.get("timezone")
    return city(payload, timezone.get("id") if isinstance(timezone, dict) else None)


PROVIDER = Provider(
    key=IPWhois.name,
    name=_NAME,
    role=Role.IP_LOCATION,
    build=lambda upstream, settings: IPWhois(upstream, URL.of(settings)),
    settings=(URL,),
    credits=IPWhois.credits,
    account=Account(_NAME, lambda settings: _LIMITS, (URL.name,)),
)
