"""Open-Meteo's air quality. https://open-meteo.com/en/docs/air-quality-api"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from weather.core import ranges
from weather.core.attribution import CC_BY_4
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import AirQuality, Coordinates, Credit
from weather.core.ranges import Range
from weather.core.setting import Setting, optional_url
from weather.providers.declaration import Provider, Role
from weather.providers.open_meteo_account import (
    ACCOUNT,
    API_KEY,
    customer_url,
    key_parameter,
    payload,
    weight,
)
from weather.providers.parsing import mapping

if TYPE_CHECKING:
    from weather.upstream.client import Upstream

CREDIT = Credit(
    "Air quality: CAMS ENSEMBLE data provider, by Open-Meteo.com",
    "https://open-meteo.com/en/docs/air-quality-api",
    *CC_BY_4,
)
URL = Setting(
    "open_meteo_air_quality_url",
    "https://air-quality-api.open-meteo.com",
    optional_url,
    "Open-Meteo's air quality; empty: none",
)
_NAME = "Open-Meteo's air quality"
# The fields' names here are Open-Meteo's.
_VARIABLES: dict[str, Range] = {
    **dict.fromkeys(("european_aqi", "us_aqi"), ranges.AIR_QUALITY_INDEX),
    **dict.fromkeys(("pm2_5", "pm10"), ranges.PARTICLES),
    **dict.fromkeys(("ozone", "nitrogen_dioxide"), ranges.GAS),
    **dict.fromkeys(("alder_pollen", "birch_pollen", "grass_pollen"), ranges.POLLEN),
    **dict.fromkeys(("mugwort_pollen", "olive_pollen", "ragweed_pollen"), ranges.POLLEN),
}
WEIGHT = weight(len(_VARIABLES), 1)


class OpenMeteoAirQuality:
    def __init__(self, upstream: Upstream, url: str, api_key: str = "") -> None:
        self._upstream = upstream
        self._url = f"{url}/v1/air-quality"
        self._key = key_parameter(api_key)

    def air_quality(self, where: Coordinates, deadline: Deadline) -> AirQuality:
        """The air of the current hour. Raises `UpstreamError`."""
        params = {
            "latitude": str(where.latitude),
            "longitude": str(where.longitude),
            "current": ",".join(_VARIABLES),
            "timeformat": "unixtime",
            "forecast_days": "1",
        }
        return self._upstream.get(
            _NAME,
            self._url,
            deadline,
            lambda response: _air_quality(payload(response)),
            params={**params, **self._key},
            account=ACCOUNT.name,
            weight=WEIGHT,
        )


def _air_quality(content: Mapping[str, Any]) -> AirQuality:
    current = mapping(content.get("current"), _NAME)
    valid_at = ranges.moment(current.get("time"))
    if valid_at is None:
        raise UpstreamError(f"{_NAME} sent a response without a time.")
    values = {name: within.number(current.get(name)) for name, within in _VARIABLES.items()}
    return AirQuality(valid_at, (CREDIT,), **values)


def _build(upstream: Upstream, settings: object) -> OpenMeteoAirQuality | None:
    if not URL.of(settings):
        return None
    return OpenMeteoAirQuality(upstream, customer_url(URL, settings), API_KEY.of(settings))


PROVIDER = Provider(
    key="air-quality",
    name=_NAME,
    role=Role.AIR_QUALITY,
    build=_build,
    settings=(URL, API_KEY),
    credits=(CREDIT,),
    account=ACCOUNT,
)
