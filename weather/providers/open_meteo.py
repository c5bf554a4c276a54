"""Open-Meteo's forecast. https://open-meteo.com/en/docs

One call fetches everything that is shown. It weighs more in the quota with each variable, so it
leaves out what follows from others: days are aggregated from hours, the dew point comes from
temperature and humidity, daylight from the sun, and what hardly changes within an hour from the
hour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from weather.core import formulas, ranges
from weather.core.attribution import CC_BY_4
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Conditions, Coordinates, Credit, Forecast, Hours
from weather.core.setting import Setting, url
from weather.providers.declaration import Provider, Role
from weather.providers.open_meteo_account import (
    ACCOUNT,
    API_KEY,
    BUDGET,
    customer_url,
    key_parameter,
    payload,
    weight,
)
from weather.providers.parsing import mapping, series, text

if TYPE_CHECKING:
    from weather.upstream.client import Upstream, UpstreamResponse

CREDIT = Credit("Weather data by Open-Meteo.com", "https://open-meteo.com/", *CC_BY_4)
URL = Setting("open_meteo_url", "https://api.open-meteo.com", url, "Open-Meteo's forecast")
_NAME = ACCOUNT.name
_DAYS = 16


def _visibility(metres: object) -> float | None:
    return ranges.VISIBILITY.stored(metres, 0.001)


# The field of `Conditions`, Open-Meteo's variable, and how its value is read.
Column = tuple[str, str, Callable[[object], float | None]]
_CURRENT: tuple[Column, ...] = (
    ("temperature", "temperature_2m", ranges.TEMPERATURE.number),
    ("apparent_temperature", "apparent_temperature", ranges.APPARENT_TEMPERATURE.number),
    ("relative_humidity", "relative_humidity_2m", ranges.RELATIVE_HUMIDITY.number),
    ("weather_code", "weather_code", ranges.WEATHER_CODE.whole),
    ("wind_speed", "wind_speed_10m", ranges.WIND_SPEED.number),
    ("wind_gusts", "wind_gusts_10m", ranges.WIND_GUSTS.number),
    ("wind_direction", "wind_direction_10m", ranges.WIND_DIRECTION.number),
)
_HOURLY: tuple[Column, ...] = (
    *_CURRENT,
    ("precipitation", "precipitation", ranges.PRECIPITATION.number),
    ("precipitation_probability", "precipitation_probability", ranges.PERCENTAGE.number),
    ("snowfall", "snowfall", ranges.SNOWFALL.number),
    ("pressure_msl", "pressure_msl", ranges.PRESSURE_MSL.number),
    ("cloud_cover", "cloud_cover", ranges.PERCENTAGE.number),
    ("visibility", "visibility", _visibility),
    ("uv_index", "uv_index", ranges.UV_INDEX.number),
    ("shortwave_radiation", "shortwave_radiation", ranges.RADIATION.number),
    ("diffuse_radiation", "diffuse_radiation", ranges.RADIATION.number),
)
_OF_DEW_POINT = ("temperature", "relative_humidity")  # of which the dew point follows
FORECAST_WEIGHT = weight(len(_CURRENT) + len(_HOURLY), _DAYS)
_IN_LOCAL_DAYS = {"timezone": "auto"}
# The local today may have begun on the day before in UTC.
_IN_UTC_DAYS = {"timezone": "GMT", "past_days": "1"}
_WEIGHT_IN_UTC_DAYS = weight(len(_CURRENT) + len(_HOURLY), _DAYS + 1)


class _InvalidTimeZone(UpstreamError):
    """Open-Meteo has no data on the time zone of some coordinates, and refuses `auto` there."""


class OpenMeteo:
    name = "open-meteo"

    def __init__(self, upstream: Upstream, url: str, api_key: str = "") -> None:
        self._upstream = upstream
        self._url = f"{url}/v1/forecast"
        self._key = key_parameter(api_key)

    def forecast(
        self, where: Coordinates, previous: Forecast | None, deadline: Deadline
    ) -> Forecast:
        """Sixteen days, hourly, from local midnight on; from the midnight of yesterday in UTC on
        where Open-Meteo does not know the time zone. Raises `UpstreamError`."""
        # Such a forecast has no time zone: the next one is not asked for with it.
        if previous is None or previous.timezone:
            try:
                return self._forecast(where, _IN_LOCAL_DAYS, FORECAST_WEIGHT, deadline)
            except _InvalidTimeZone:
                pass
        forecast = self._forecast(where, _IN_UTC_DAYS, _WEIGHT_IN_UTC_DAYS, deadline)
        return replace(forecast, timezone=None)

    def _forecast(
        self, where: Coordinates, days: Mapping[str, str], weight: float, deadline: Deadline
    ) -> Forecast:
        params = {
            "latitude": str(where.latitude),
            "longitude": str(where.longitude),
            "current": ",".join(variable for _, variable, _ in _CURRENT),
            "hourly": ",".join(variable for _, variable, _ in _HOURLY),
            "timeformat": "unixtime",  # its local times have one offset past a clock change
            "forecast_days": str(_DAYS),
        }
        return self._upstream.get(
            _NAME,
            self._url,
            deadline,
            _read,
            params={**params, **days, **self._key},
            account=ACCOUNT.name,
            weight=weight,
        )


def _read(response: UpstreamResponse) -> Forecast:
    if response.status == 400 and b"invalid timezone" in response.body.lower():
        raise _InvalidTimeZone(f"{_NAME} does not know the time zone of this place.")
    return _forecast(payload(response))


def _forecast(content: Mapping[str, Any]) -> Forecast:
    hours = _hours(mapping(content.get("hourly"), _NAME))
    if not any(value is not None for value in hours.column("temperature")):
        raise UpstreamError(f"{_NAME} has no forecast for this place.")
    return Forecast(
        provider=OpenMeteo.name,
        credits=(CREDIT,),
        hours=hours,
        current=_current(content.get("current")),
        elevation=ranges.ELEVATION.number(content.get("elevation")),
        timezone=text(content.get("timezone")),
    )


def _hours(hourly: Mapping[str, Any]) -> Hours:
    times = series(hourly.get("time"), _NAME)
    columns = [series(hourly.get(variable, []), _NAME) for _, variable, _ in _HOURLY]
    if any(len(column) not in {0, len(times)} for column in columns):
        raise UpstreamError(f"{_NAME} sent columns of different lengths.")
    moments = list(map(ranges.moment, times))
    order = _ascending(moments)
    read: dict[str, list[Any]] = {
        field: [number(column[row]) for row in order]
        for (field, _, number), column in zip(_HOURLY, columns, strict=True)
        if column
    }
    read["valid_at"] = [moments[row] for row in order]
    missing = [None] * len(order)
    of_dew_point = zip(*(read.get(name, missing) for name in _OF_DEW_POINT), strict=True)
    read["dew_point"] = [_dew_point(*pair) for pair in of_dew_point]
    return Hours.of_columns(read)


def _ascending(moments: list[datetime | None]) -> list[int]:
    """The rows that have a moment, in its order."""
    known = [(moment, row) for row, moment in enumerate(moments) if moment]
    return [row for _, row in sorted(known)]


def _dew_point(temperature: float | None, humidity: float | None) -> float | None:
    return ranges.DEW_POINT.stored(formulas.dew_point(temperature, humidity))


def _current(section: object) -> Conditions | None:
    if not isinstance(section, dict):
        return None
    valid_at = ranges.moment(section.get("time"))
    if valid_at is None:
        return None
    values: dict[str, Any] = {
        field: read(section.get(variable)) for field, variable, read in _CURRENT
    }
    dew_point = _dew_point(*(values[name] for name in _OF_DEW_POINT))
    return Conditions(valid_at=valid_at, dew_point=dew_point, **values)


def _build(upstream: Upstream, settings: object) -> OpenMeteo:
    return OpenMeteo(upstream, customer_url(URL, settings), API_KEY.of(settings))


PROVIDER = Provider(
    key=OpenMeteo.name,
    name="Open-Meteo",
    role=Role.FORECAST,
    build=_build,
    settings=(URL, API_KEY, BUDGET),
    credits=(CREDIT,),
    account=ACCOUNT,
)
