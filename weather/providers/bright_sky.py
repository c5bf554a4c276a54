"""Bright Sky: the warnings of Germany's weather service, the DWD. https://brightsky.dev/docs/"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from weather.core.attribution import CC_BY_4
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Alert, AlertText, Coordinates, Credit
from weather.core.setting import Setting, url
from weather.providers.declaration import Area, Box, Provider, Role
from weather.providers.parsing import instant, mapping, severity, text

if TYPE_CHECKING:
    from weather.upstream.client import Upstream, UpstreamResponse

CREDIT = Credit(
    "Warnings: Deutscher Wetterdienst, by Bright Sky", "https://brightsky.dev/", *CC_BY_4
)
URL = Setting("bright_sky_url", "https://api.brightsky.dev", url, "Bright Sky")
AREA = Area("Germany", frozenset({"DE"}), (Box(47.2, 55.1, 5.8, 15.1),))
_NAME = "Bright Sky"


class BrightSky:
    name = "bright-sky"
    covers = staticmethod(AREA.covers)

    def __init__(self, upstream: Upstream, url: str) -> None:
        self._upstream = upstream
        self._url = f"{url}/alerts"

    def alerts(self, where: Coordinates, deadline: Deadline) -> tuple[Alert, ...]:
        """What is in force in the municipality of a point. Raises `UpstreamError`."""
        params = {"lat": str(where.latitude), "lon": str(where.longitude)}
        return self._upstream.get(_NAME, self._url, deadline, _alerts, params=params)


def _alerts(answer: UpstreamResponse) -> tuple[Alert, ...]:
    if answer.status == 404:  # outside Germany
        return ()
    if answer.status != 200:
        raise UpstreamError(f"{_NAME} has no answer for this place.")
    told = mapping(answer.json(), _NAME).get("alerts")
    if not isinstance(told, list):
        raise UpstreamError(f"{_NAME} gave an answer of an unknown form.")
    found = (_alert(each) for each in told if isinstance(each, dict))
    return tuple(alert for alert in found if alert)


def _alert(told: Mapping[str, Any]) -> Alert | None:
    texts = tuple(found for tag in ("de", "en") if (found := _text(told, tag)))
    if not texts or told.get("status") != "actual":
        return None
    return Alert(
        texts=texts,
        credit=CREDIT,
        severity=severity(told.get("severity")),
        starts_at=instant(told.get("onset")) or instant(told.get("effective")),
        ends_at=instant(told.get("expires")),
    )


def _text(told: Mapping[str, Any], tag: str) -> AlertText | None:
    event = text(told.get(f"event_{tag}"))
    if event is None:
        return None
    return AlertText(
        language=tag,
        event=event[0].upper() + (event[1:].lower() if event.isupper() else event[1:]),
        headline=text(told.get(f"headline_{tag}")),
        description=text(told.get(f"description_{tag}")),
        instruction=text(told.get(f"instruction_{tag}")),
    )


PROVIDER = Provider(
    key=BrightSky.name,
    name=_NAME,
    role=Role.ALERTS,
    build=lambda upstream, settings: BrightSky(upstream, URL.of(settings)),
    settings=(URL,),
    credits=(CREDIT,),
    area=AREA,
)
