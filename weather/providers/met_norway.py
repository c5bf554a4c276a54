"""MET Norway's Locationforecast 2.0. https://api.met.no/weatherapi/locationforecast/2.0

Its terms demand a User-Agent with a contact, at most four decimals in coordinates, and that
`Expires` and `Last-Modified` are obeyed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from weather.core import formulas, ranges
from weather.core.attribution import CC_BY_4
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Conditions, Coordinates, Credit, Forecast
from weather.core.setting import Setting, url
from weather.providers.declaration import Account, Provider, Role
from weather.providers.met_norway_steps import Step, hourly, weather_code
from weather.providers.parsing import instant, mapping, series
from weather.upstream.limit import Limit

if TYPE_CHECKING:
    from weather.upstream.client import Upstream, UpstreamResponse

CREDIT = Credit("Data from MET Norway", "https://www.met.no/en", *CC_BY_4)
URL = Setting("met_norway_url", "https://api.met.no", url, "MET Norway's forecast")
_NAME = "MET Norway"
_LIMITS = (Limit(1200, 60),)  # its terms: 20 a second for one application on all its machines
_PERIODS = (1, 6, 12)  # hours, the most precise first
_KMH = 3.6  # of a metre a second


class METNorway:
    name = "met-norway"

    def __init__(self, upstream: Upstream, url: str) -> None:
        self._upstream = upstream
        self._url = f"{url}/weatherapi/locationforecast/2.0/complete"

    def forecast(
        self, where: Coordinates, previous: Forecast | None, deadline: Deadline
    ) -> Forecast:
        """Nine to ten days; `previous` with its new expiry if there is nothing newer. Raises
        `UpstreamError`."""
        cell = where.rounded(4)
        headers = {}
        if previous and previous.provider == self.name and previous.validator:
            headers["If-Modified-Since"] = previous.validator
        return self._upstream.get(
            _NAME,
            self._url,
            deadline,
            lambda response: _forecast_or_previous(response, previous if headers else None),
            params={"lat": str(cell.latitude), "lon": str(cell.longitude)},
            headers=headers,
        )


def _forecast_or_previous(response: UpstreamResponse, previous: Forecast | None) -> Forecast:
    if response.status == 304 and previous:
        return replace(previous, expires_at=_expiry(response))
    if response.status not in {200, 203}:
        raise UpstreamError(f"{_NAME} has no answer for this place.")
    return _forecast(response)


def _forecast(response: UpstreamResponse) -> Forecast:
    properties = mapping(mapping(response.json(), _NAME).get("properties"), _NAME)
    steps = [step for step in map(_step, series(properties.get("timeseries"), _NAME)) if step]
    hours = hourly(sorted(steps, key=lambda step: step.conditions.valid_at))
    if not any(hour.temperature is not None for hour in hours):
        raise UpstreamError(f"{_NAME} has no forecast for this place.")
    meta = properties.get("meta")
    return Forecast(
        provider=METNorway.name,
        credits=(CREDIT,),
        hours=tuple(hours),
        issued_at=instant(meta.get("updated_at")) if isinstance(meta, dict) else None,
        validator=response.headers.get("Last-Modified"),
        expires_at=_expiry(response),
    )


def _step(entry: object) -> Step | None:
    data = entry.get("data") if isinstance(entry, dict) else None
    time = instant(entry.get("time")) if isinstance(entry, dict) else None
    if time is None or not isinstance(data, dict):
        return None
    following, period = _following(data)
    details = _section(following, "details")
    symbol = _section(following, "summary").get("symbol_code")
    return Step(
        _conditions(time, _section(data, "instant", "details"), symbol),
        period,
        ranges.PRECIPITATION_OF_PERIOD.number(details.get("precipitation_amount")),
        ranges.PERCENTAGE.number(details.get("probability_of_precipitation")),
    )


def _following(data: Mapping[str, Any]) -> tuple[Mapping[str, Any], int]:
    """The section on the time after a step, and its hours."""
    for hours in _PERIODS:
        if section := _section(data, f"next_{hours}_hours"):
            return section, hours
    return {}, 1


def _conditions(time: datetime, details: Mapping[str, Any], symbol: object) -> Conditions:
    temperature = ranges.TEMPERATURE.number(details.get("air_temperature"))
    humidity = ranges.RELATIVE_HUMIDITY.number(details.get("relative_humidity"))
    wind_speed = ranges.WIND_SPEED.stored(details.get("wind_speed"), _KMH)
    dew_point = ranges.DEW_POINT.number(details.get("dew_point_temperature"))
    return Conditions(
        valid_at=time,
        temperature=temperature,
        apparent_temperature=ranges.APPARENT_TEMPERATURE.stored(
            formulas.apparent_temperature(temperature, humidity, wind_speed)
        ),
        dew_point=ranges.DEW_POINT.stored(
            formulas.dew_point(temperature, humidity) if dew_point is None else dew_point
        ),
        relative_humidity=humidity,
        weather_code=weather_code(symbol),
        wind_speed=wind_speed,
        wind_gusts=ranges.WIND_GUSTS.stored(details.get("wind_speed_of_gust"), _KMH),
        wind_direction=ranges.WIND_DIRECTION.number(details.get("wind_from_direction")),
        pressure_msl=ranges.PRESSURE_MSL.number(details.get("air_pressure_at_sea_level")),
        cloud_cover=ranges.PERCENTAGE.number(details.get("cloud_area_fraction")),
        uv_index=ranges.UV_INDEX.number(details.get("ultraviolet_index_clear_sky")),
    )


def _section(data: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """The object at a path; empty where there is none."""
    for name in path:
        inner = data.get(name)
        data = inner if isinstance(inner, dict) else {}
    return data


def _expiry(response: UpstreamResponse) -> datetime | None:
    try:
        time = parsedate_to_datetime(response.headers.get("Expires", ""))
    except (TypeError, ValueError, IndexError):
        return None
    return ranges.plausible_time(time) if time.tzinfo else None


PROVIDER = Provider(
    key=METNorway.name,
    name=_NAME,
    role=Role.FORECAST,
    build=lambda upstream, settings: METNorway(upstream, URL.of(settings)),
    settings=(URL,),
    credits=(CREDIT,),
    account=Account(_NAME, lambda settings: _LIMITS, (URL.name,)),
    needs_contact=True,
)
