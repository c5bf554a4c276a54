"""MeteoAlarm: the warnings of Europe's weather services. https://feeds.meteoalarm.org/

A feed has all warnings of a country, as CAP 1.2 in JSON: those of each region and of each day, "no
warning" among them, and some that have ended. A process keeps each feed for some minutes, since
all places of the country need the same one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from weather.core.attribution import CC_BY_4
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError, UpstreamTimeout
from weather.core.models import Alert, Coordinates, Credit
from weather.core.setting import Setting, url
from weather.providers.declaration import Account, Area, Box, Provider, Role
from weather.providers.parsing import mapping, rows
from weather.upstream.limit import Limit

if TYPE_CHECKING:
    from weather.providers.meteoalarm_warnings import FeedWarning
    from weather.upstream.client import Upstream, UpstreamResponse

CREDIT = Credit("Warnings: EUMETNET – MeteoAlarm", "https://www.meteoalarm.org/", *CC_BY_4)
URL = Setting("meteoalarm_url", "https://feeds.meteoalarm.org", url, "MeteoAlarm's feeds")
_NAME = "MeteoAlarm"
_LIMITS = (Limit(600, 3600),)  # our own: it publishes none
_LARGEST_FEED = 4 << 20  # bytes; Italy's had 1.4 MB on 31 July 2026
_FRESH = 300.0  # seconds
# ISO 3166-1 alpha-2 → the name of its feed.
_FEEDS = {
    **{"AD": "andorra", "AT": "austria", "BA": "bosnia-herzegovina", "BE": "belgium"},
    **{"BG": "bulgaria", "CH": "switzerland", "CY": "cyprus", "CZ": "czechia", "DE": "germany"},
    **{"DK": "denmark", "EE": "estonia", "ES": "spain", "FI": "finland", "FR": "france"},
    **{"GB": "united-kingdom", "GR": "greece", "HR": "croatia", "HU": "hungary", "IE": "ireland"},
    **{"IL": "israel", "IS": "iceland", "IT": "italy", "LT": "lithuania", "LU": "luxembourg"},
    **{"LV": "latvia", "MD": "moldova", "ME": "montenegro", "MK": "republic-of-north-macedonia"},
    **{"MT": "malta", "NL": "netherlands", "NO": "norway", "PL": "poland", "PT": "portugal"},
    **{"RO": "romania", "RS": "serbia", "SE": "sweden", "SI": "slovenia", "SK": "slovakia"},
    **{"UA": "ukraine"},
}
AREA = Area("Europe", frozenset(_FEEDS), (Box(27, 72, -32, 41),))


class MeteoAlarm:
    name = "meteoalarm"
    covers = staticmethod(AREA.covers)

    def __init__(
        self, upstream: Upstream, url: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._upstream = upstream
        self._url = f"{url}/api/v1/warnings/feeds-"
        self._clock = clock
        self._feeds: dict[str, tuple[float, tuple[FeedWarning, ...]]] = {}
        self._locks = {country: threading.Lock() for country in _FEEDS}

    def alerts(self, where: Coordinates, deadline: Deadline) -> tuple[Alert, ...]:
        """The warnings of the areas that a point lies in, by their outlines or by the names of
        the region and the town; without those whose area cannot be told. Raises `UpstreamError`."""
        from weather.providers.meteoalarm_areas import Surroundings  # noqa: PLC0415  # the atlas

        here = Surroundings.of(where)
        if here is None or here.country not in _FEEDS:
            return ()
        warnings = self._feed(here.country, deadline)
        alerts = (warning.alert for warning in warnings if any(map(here.lie_in, warning.areas)))
        # One warning may have an entry for each of its areas.
        return tuple(dict.fromkeys(alerts))

    def _feed(self, country: str, deadline: Deadline) -> tuple[FeedWarning, ...]:
        """The warnings of a country: one thread fetches them, the others wait for it."""
        if (cached := self._fresh(country)) is not None:
            return cached
        if not self._locks[country].acquire(timeout=deadline.remaining()):
            raise UpstreamTimeout(f"{_NAME} did not answer in time.")
        try:
            if (cached := self._fresh(country)) is not None:
                return cached
            warnings = self._upstream.get(
                _NAME,
                self._url + _FEEDS[country],
                deadline,
                _warnings,
                headers={"Accept": "application/json"},
                account=_NAME,
                largest=_LARGEST_FEED,
            )
            self._feeds[country] = (self._clock() + _FRESH, warnings)
            return warnings
        finally:
            self._locks[country].release()

    def _fresh(self, country: str) -> tuple[FeedWarning, ...] | None:
        until, warnings = self._feeds.get(country, (0.0, ()))
        return warnings if self._clock() < until else None


def _warnings(response: UpstreamResponse) -> tuple[FeedWarning, ...]:
    from weather.providers.meteoalarm_warnings import read  # noqa: PLC0415  # not for a probe

    if response.status == 404:  # a service that takes no part any more has no feed
        return ()
    if response.status != 200:
        raise UpstreamError(f"{_NAME} has no answer for this country.")
    entries = rows(mapping(response.json(), _NAME).get("warnings"), _NAME)
    return read(entries, CREDIT)


PROVIDER = Provider(
    key=MeteoAlarm.name,
    name=_NAME,
    role=Role.ALERTS,
    build=lambda upstream, settings: MeteoAlarm(upstream, URL.of(settings)),
    settings=(URL,),
    credits=(CREDIT,),
    account=Account(_NAME, lambda settings: _LIMITS, (URL.name,)),
    area=AREA,
)
