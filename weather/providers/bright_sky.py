"""Bright Sky: the warnings of Germany's weather service, the DWD. https://brightsky.dev/docs/"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from weather.core.attribution import CC_BY_4
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Alert, AlertText, Coordinates, Credit
from weather.core.setting import Setting, url
from weather.providers import dwd_events
from weather.providers.declaration import Area, Box, Provider, Role
from weather.providers.parsing import instant, mapping, paragraphs, rows, severity, text

if TYPE_CHECKING:
    from weather.upstream.client import Upstream, UpstreamResponse

CREDIT = Credit(
    "Warnings: Deutscher Wetterdienst, by Bright Sky", "https://brightsky.dev/", *CC_BY_4
)
URL = Setting("bright_sky_url", "https://api.brightsky.dev", url, "Bright Sky")
AREA = Area("Germany", frozenset({"DE"}), (Box(47.2, 55.1, 5.8, 15.1),))
_NAME = "Bright Sky"
_WRITTEN = {"de": dwd_events.german, "en": dwd_events.english}


class BrightSky:
    name = "bright-sky"
    covers = staticmethod(AREA.covers)

    def __init__(self, upstream: Upstream, url: str) -> None:
        self._upstream = upstream
        self._url = f"{url}/alerts"

    def alerts(self, where: Coordinates, deadline: Deadline) -> tuple[Alert, ...]:
        """The warnings in force in the municipality of a point. Raises `UpstreamError`."""
        params = {"lat": str(where.latitude), "lon": str(where.longitude)}
        return self._upstream.get(_NAME, self._url, deadline, _alerts, params=params)


def _alerts(response: UpstreamResponse) -> tuple[Alert, ...]:
    if response.status == 404:  # outside Germany
        return ()
    if response.status != 200:
        raise UpstreamError(f"{_NAME} has no answer for this place.")
    entries = rows(mapping(response.json(), _NAME).get("alerts"), _NAME)
    return tuple(filter(None, map(_alert, entries)))


def _alert(entry: Mapping[str, Any]) -> Alert | None:
    texts = tuple(alert_text for language in ("de", "en") if (alert_text := _text(entry, language)))
    if not texts or entry.get("status") != "actual":
        return None
    return Alert(
        texts=texts,
        credit=CREDIT,
        severity=severity(entry.get("severity")),
        starts_at=instant(entry.get("onset")) or instant(entry.get("effective")),
        ends_at=instant(entry.get("expires")),
    )


def _text(entry: Mapping[str, Any], language: str) -> AlertText | None:
    event = text(entry.get(f"event_{language}"))
    if event is None:
        return None
    return AlertText(
        language=language,
        event=_WRITTEN[language](event),
        headline=text(entry.get(f"headline_{language}")),
        description=paragraphs(entry.get(f"description_{language}")),
        instruction=paragraphs(entry.get(f"instruction_{language}")),
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
