"""US National Weather Service: warnings. https://www.weather.gov/documentation/services-web-api"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Alert, AlertText, Coordinates, Credit, Place
from weather.providers.parsing import Box, instant, mapping, severity, text
from weather.upstream.client import Answer, Upstream

CREDIT = Credit(
    "Warnings: US National Weather Service", "https://www.weather.gov/", "public domain"
)
_NAME = "The National Weather Service"
# The states, Puerto Rico with the Virgin Islands, and Guam with the Northern Marianas.
_AREA = (
    Box(24, 50, -125, -66), Box(51, 72, -180, -129), Box(18, 23, -161, -154),
    Box(17, 19, -68, -64), Box(13, 21, 144, 147),
)  # fmt: skip
_COUNTRIES = {"US", "PR", "VI", "GU", "MP", "AS"}


class NWS:
    name = "nws"

    def __init__(self, upstream: Upstream, url: str) -> None:
        self._upstream = upstream
        self._url = f"{url}/alerts/active"

    def covers(self, place: Place) -> bool:
        if place.country_code:
            return place.country_code in _COUNTRIES
        return any(place.coordinates in box for box in _AREA)

    def alerts(self, where: Coordinates, deadline: Deadline) -> tuple[Alert, ...]:
        """What is in force at a point. Raises `UpstreamError`."""
        params = {"point": f"{where.latitude:.4f},{where.longitude:.4f}"}
        headers = {"Accept": "application/geo+json"}
        return self._upstream.get(
            _NAME, self._url, deadline, _alerts, params=params, headers=headers
        )


def _alerts(answer: Answer) -> tuple[Alert, ...]:
    if answer.status in {400, 404}:  # a point at sea or abroad
        return ()
    if answer.status != 200:
        raise UpstreamError(f"{_NAME} has no answer for this place.")
    features = mapping(answer.json(), _NAME).get("features")
    if not isinstance(features, list):
        raise UpstreamError(f"{_NAME} gave an answer of an unknown form.")
    told = [each.get("properties") for each in features if isinstance(each, dict)]
    found = (_alert(each) for each in told if isinstance(each, dict))
    return tuple(alert for alert in found if alert)


def _alert(told: Mapping[str, Any]) -> Alert | None:
    """Tests and drills are no warnings, and one that is called off is none any more."""
    event = text(told.get("event"))
    if event is None or told.get("status") != "Actual" or told.get("messageType") == "Cancel":
        return None
    return Alert(
        texts=(
            AlertText(
                language="en",
                event=event,
                headline=text(told.get("headline")),
                description=text(told.get("description")),
                instruction=text(told.get("instruction")),
            ),
        ),
        credit=CREDIT,
        severity=severity(told.get("severity")),
        starts_at=instant(told.get("onset")) or instant(told.get("effective")),
        ends_at=instant(told.get("ends")) or instant(told.get("expires")),
    )
