"""Environment and Climate Change Canada: its warnings in GeoMet, an OGC API of GeoJSON features.

https://eccc-msc.github.io/open-data/msc-geomet/ogc_api_en/
No response was recorded for this adapter: names and values of the fields are those that public
clients of the service read (env_canada among them).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Alert, AlertText, Coordinates, Credit
from weather.core.setting import Setting, url
from weather.providers import geojson
from weather.providers.declaration import Area, Box, Provider, Role
from weather.providers.parsing import instant, mapping, paragraphs, rows, text

if TYPE_CHECKING:
    from weather.upstream.client import Upstream, UpstreamResponse

CREDIT = Credit(
    "Warnings: Environment and Climate Change Canada",
    "https://weather.gc.ca/",
    "ECCC Data Servers End-use Licence",
    "https://eccc-msc.github.io/open-data/licence/readme_en/",
)
URL = Setting(
    "environment_canada_url",
    "https://api.weather.gc.ca",
    url,
    "Environment Canada",
)
AREA = Area("Canada", frozenset({"CA"}), (Box(41.7, 83.2, -141, -52.6),))
_NAME = "Environment Canada"
_MARGIN = 0.01  # degrees around the point, as an area of zero may be refused
# Of CAP 1.2. A colour is the risk; warnings without one go by their type.
_SEVERITIES = {"red": 4, "orange": 3, "yellow": 2}
_SEVERITIES_OF_TYPES = {"warning": 3, "watch": 2, "advisory": 1, "statement": 1}
_OVER = ("ended", "cancel")


class EnvironmentCanada:
    name = "environment-canada"
    covers = staticmethod(AREA.covers)

    def __init__(self, upstream: Upstream, url: str) -> None:
        self._upstream = upstream
        self._url = f"{url}/collections/weather-alerts/items"

    def alerts(self, where: Coordinates, deadline: Deadline) -> tuple[Alert, ...]:
        """The warnings in force at a point. Raises `UpstreamError`."""
        west, east = where.longitude - _MARGIN, where.longitude + _MARGIN
        south, north = where.latitude - _MARGIN, where.latitude + _MARGIN
        return self._upstream.get(
            _NAME,
            self._url,
            deadline,
            lambda response: _alerts(response, where),
            params={"f": "json", "bbox": f"{west:.2f},{south:.2f},{east:.2f},{north:.2f}"},
        )


def _alerts(response: UpstreamResponse, where: Coordinates) -> tuple[Alert, ...]:
    if response.status != 200:
        raise UpstreamError(f"{_NAME} has no answer for this place.")
    features = rows(mapping(response.json(), _NAME).get("features"), _NAME)
    alerts = (
        _alert(feature.get("properties"))
        for feature in features
        if geojson.covers(feature.get("geometry"), where)
    )
    # One warning has a feature for each of its regions.
    return tuple(dict.fromkeys(alert for alert in alerts if alert))


def _alert(properties: object) -> Alert | None:
    if not isinstance(properties, dict):
        return None
    texts = tuple(
        alert_text for language in ("en", "fr") if (alert_text := _text(properties, language))
    )
    if not texts or (text(properties.get("status_en")) or "").lower().startswith(_OVER):
        return None
    return Alert(
        texts=texts,
        credit=CREDIT,
        severity=_severity(properties),
        starts_at=_first_instant(properties, "validity_datetime", "publication_datetime"),
        ends_at=_first_instant(properties, "event_end_datetime", "expiration_datetime"),
    )


def _text(properties: Mapping[str, Any], language: str) -> AlertText | None:
    event = text(properties.get(f"alert_name_{language}"))
    if event is None:
        return None
    return AlertText(
        language=language,
        event=event[0].upper() + event[1:],
        headline=text(properties.get(f"feature_name_{language}")),
        description=paragraphs(properties.get(f"alert_text_{language}")),
    )


def _severity(properties: Mapping[str, Any]) -> int | None:
    colour = (text(properties.get("risk_colour_en")) or "").lower()
    kind = (text(properties.get("alert_type")) or "").lower()
    return _SEVERITIES.get(colour) or _SEVERITIES_OF_TYPES.get(kind)


def _first_instant(properties: Mapping[str, Any], *names: str) -> Any:
    instants = (instant(properties.get(name)) for name in names)
    return next((time for time in instants if time), None)


PROVIDER = Provider(
    key=EnvironmentCanada.name,
    name=_NAME,
    role=Role.ALERTS,
    build=lambda upstream, settings: EnvironmentCanada(upstream, URL.of(settings)),
    settings=(URL,),
    credits=(CREDIT,),
    area=AREA,
)
