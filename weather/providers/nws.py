"""US National Weather Service: warnings. https://www.weather.gov/documentation/services-web-api"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Alert, AlertText, Coordinates, Credit
from weather.core.setting import Setting, url
from weather.providers.declaration import Area, Box, Provider, Role
from weather.providers.parsing import instant, mapping, paragraphs, rows, severity, text

if TYPE_CHECKING:
    from weather.upstream.client import Upstream, UpstreamResponse

CREDIT = Credit(
    "Warnings: US National Weather Service",
    "https://www.weather.gov/",
    "public domain",
    "https://www.weather.gov/disclaimer",
)
URL = Setting("nws_url", "https://api.weather.gov", url, "The US National Weather Service")
_NAME = "The National Weather Service"
AREA = Area(
    "the United States",
    frozenset({"US", "PR", "VI", "GU", "MP", "AS"}),
    # The states, Puerto Rico with the Virgin Islands, and Guam with the Northern Marianas.
    (
        *(Box(24, 50, -125, -66), Box(51, 72, -180, -129), Box(18, 23, -161, -154)),
        *(Box(17, 19, -68, -64), Box(13, 21, 144, 147)),
    ),
)


class NWS:
    name = "nws"
    covers = staticmethod(AREA.covers)

    def __init__(self, upstream: Upstream, url: str) -> None:
        self._upstream = upstream
        self._url = f"{url}/alerts/active"

    def alerts(self, where: Coordinates, deadline: Deadline) -> tuple[Alert, ...]:
        """The warnings in force at a point. Raises `UpstreamError`."""
        params = {"point": f"{where.latitude:.4f},{where.longitude:.4f}"}
        headers = {"Accept": "application/geo+json"}
        return self._upstream.get(
            _NAME, self._url, deadline, _alerts, params=params, headers=headers
        )


def _alerts(response: UpstreamResponse) -> tuple[Alert, ...]:
    if response.status in {400, 404}:  # a point at sea or abroad
        return ()
    if response.status != 200:
        raise UpstreamError(f"{_NAME} has no answer for this place.")
    features = rows(mapping(response.json(), _NAME).get("features"), _NAME)
    properties = (item.get("properties") for item in features)
    alerts = (_alert(item) for item in properties if isinstance(item, dict))
    return tuple(alert for alert in alerts if alert)


def _alert(properties: Mapping[str, Any]) -> Alert | None:
    """None for tests and drills, and for a cancelled warning."""
    event = text(properties.get("event"))
    cancelled = properties.get("messageType") == "Cancel"
    if event is None or cancelled or properties.get("status") != "Actual":
        return None
    return Alert(
        texts=(
            AlertText(
                language="en",
                event=event,
                headline=text(properties.get("headline")),
                description=paragraphs(properties.get("description")),
                instruction=paragraphs(properties.get("instruction")),
            ),
        ),
        credit=CREDIT,
        severity=severity(properties.get("severity")),
        starts_at=instant(properties.get("onset")) or instant(properties.get("effective")),
        ends_at=instant(properties.get("ends")) or instant(properties.get("expires")),
    )


PROVIDER = Provider(
    key=NWS.name,
    name="the National Weather Service",
    role=Role.ALERTS,
    build=lambda upstream, settings: NWS(upstream, URL.of(settings)),
    settings=(URL,),
    credits=(CREDIT,),
    area=AREA,
)
