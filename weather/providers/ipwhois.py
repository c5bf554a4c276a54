"""ipwho.is: where an IP address is, or where the server itself is. https://ipwhois.io/documentation"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, UpstreamUnavailable
from weather.core.ip_address import Address, parse_address
from weather.core.models import Credit, Place
from weather.core.setting import Setting, url
from weather.providers.declaration import Account, Provider, Role
from weather.providers.parsing import coordinates, country_code, mapping, text
from weather.upstream.limit import Limit

if TYPE_CHECKING:
    from weather.upstream.client import Upstream, UpstreamResponse

NAME = "ipwho.is"
URL = Setting("ipwhois_url", "https://ipwho.is", url, "ipwho.is")
_LIMITS = (Limit(60, 60), Limit(1000, 86_400))  # the lowest that its pages name
# Naming fields drops all others from a good answer, `success` too, so that is named as well.
_FIELDS = "success,message,ip,city,region,country,country_code,latitude,longitude,timezone.id"


class IPWhois:
    name = "ipwhois"
    source = "ipwho.is"
    credits: tuple[Credit, ...] = ()  # its terms ask for none
    local = False

    def __init__(self, upstream: Upstream, url: str) -> None:
        self._upstream = upstream
        self._url = url

    def locate(self, address: Address | None, deadline: Deadline) -> Place | None:
        """The place of an address, or of the server where none is given; None if it does not
        know. Raises `UpstreamError`."""
        url = f"{self._url}/{address or ''}"
        return self._upstream.get(
            NAME,
            url,
            deadline,
            lambda answer: _place(answer, address),
            params={"fields": _FIELDS},
        )


def _place(answer: UpstreamResponse, address: Address | None) -> Place | None:
    payload = mapping(answer.json(), NAME)
    if payload.get("success") is not True:
        # Failures come with HTTP 200 as well; only their text tells them apart.
        message = (text(payload.get("message")) or "").lower()
        if "reserved" in message or "invalid" in message or "not found" in message:
            return None
        raise UpstreamUnavailable(f"{NAME} has no calls left for us just now.")
    if address and parse_address(text(payload.get("ip")) or "") != address:
        raise UpstreamError(f"{NAME} answered for another address.")
    point = coordinates(payload.get("latitude"), payload.get("longitude"))
    city = text(payload.get("city"))
    if point is None or city is None:
        return None
    timezone = payload.get("timezone")
    return Place(
        coordinates=point,
        name=city,
        region=text(payload.get("region")),
        country=text(payload.get("country")),
        country_code=country_code(payload.get("country_code")),
        timezone=text(timezone.get("id")) if isinstance(timezone, dict) else None,
    )


PROVIDER = Provider(
    key=IPWhois.name,
    name=NAME,
    role=Role.IP_LOCATION,
    build=lambda upstream, settings: IPWhois(upstream, URL.of(settings)),
    settings=(URL,),
    credits=IPWhois.credits,
    account=Account(NAME, lambda settings: _LIMITS),
)
