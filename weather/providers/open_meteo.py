"""Open-Meteo: forecast and air quality. https://open-meteo.com/en/docs

One forecast call brings all that is shown. Its weight in the free tier's count grows with the
number of variables, so the call leaves out what follows from the others: days are summed up
from their hours, the dew point from temperature and humidity, daylight from the sun, and what
hardly moves within an hour is taken from the hour.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from weather.core import formulas
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import AirQuality, Conditions, Coordinates, Credit, Forecast
from weather.providers.parsing import mapping, moment, number, scaled, text, whole
from weather.upstream.client import Answer, Upstream

log = logging.getLogger(__name__)

Read = Callable[[object], float | None]


def _km(metres: object) -> float | None:
    return scaled(metres, 0.001)


# Our name, Open-Meteo's name, and how its value is read.
_CURRENT: tuple[tuple[str, str, Read], ...] = (
    ("temperature", "temperature_2m", number),
    ("apparent_temperature", "apparent_temperature", number),
    ("relative_humidity", "relative_humidity_2m", number),
    ("weather_code", "weather_code", whole),
    ("wind_speed", "wind_speed_10m", number),
    ("wind_gusts", "wind_gusts_10m", number),
    ("wind_direction", "wind_direction_10m", number),
)
_HOURLY: tuple[tuple[str, str, Read], ...] = (
    *_CURRENT,
    ("precipitation", "precipitation", number),
    ("precipitation_probability", "precipitation_probability", number),
    ("snowfall", "snowfall", number),
    ("pressure_msl", "pressure_msl", number),
    ("cloud_cover", "cloud_cover", number),
    ("visibility", "visibility", _km),
    ("uv_index", "uv_index", number),
)
_AIR = (
    *("european_aqi", "us_aqi", "pm2_5", "pm10", "ozone", "nitrogen_dioxide"),
    *("alder_pollen", "birch_pollen", "grass_pollen"),
    *("mugwort_pollen", "olive_pollen", "ragweed_pollen"),
)
_DAYS = 16

ACCOUNT = "Open-Meteo"  # its free calls are counted together, whatever they ask for
_AIR_NAME = "Open-Meteo's air quality"

CREDIT = Credit("Weather data by Open-Meteo.com", "https://open-meteo.com/", "CC BY 4.0")
AIR_CREDIT = Credit(
    "Air quality: CAMS ENSEMBLE data provider, by Open-Meteo.com",
    "https://open-meteo.com/en/docs/air-quality-api",
    "CC BY 4.0",
)


def weight(variables: int, days: int) -> float:
    """What a call counts for in the free tier's 10,000 a day (open-meteo.com/en/pricing)."""
    return max(1.0, variables / 10, variables / 10 * days / 14)


FORECAST_WEIGHT = weight(len(_CURRENT) + len(_HOURLY), _DAYS)
AIR_QUALITY_WEIGHT = weight(len(_AIR), 1)


class OpenMeteo:
    name = "open-meteo"

    def __init__(self, upstream: Upstream, url: str, api_key: str = "") -> None:
        self._upstream = upstream
        self._url = f"{url}/v1/forecast"
        self._key = {"apikey": api_key} if api_key else {}

    def forecast(
        self, where: Coordinates, previous: Forecast | None, deadline: Deadline
    ) -> Forecast:
        """Sixteen days, hourly. Raises `UpstreamError`."""
        del previous  # Open-Meteo has no validators to ask again with
        params = {
            "latitude": str(where.latitude),
            "longitude": str(where.longitude),
            "current": ",".join(theirs for _, theirs, _ in _CURRENT),
            "hourly": ",".join(theirs for _, theirs, _ in _HOURLY),
            "timezone": "auto",
            "timeformat": "unixtime",  # its local times keep one offset past a clock change
            "forecast_days": str(_DAYS),
        }
        return self._upstream.get(
            ACCOUNT,
            self._url,
            deadline,
            lambda answer: _forecast(self.name, _payload(answer)),
            params={**params, **self._key},
            account=ACCOUNT,
            weight=FORECAST_WEIGHT,
        )


class OpenMeteoAirQuality:
    def __init__(self, upstream: Upstream, url: str, api_key: str = "") -> None:
        self._upstream = upstream
        self._url = f"{url}/v1/air-quality"
        self._key = {"apikey": api_key} if api_key else {}

    def air_quality(self, where: Coordinates, deadline: Deadline) -> AirQuality:
        """The air of the current hour. Raises `UpstreamError`."""
        params = {
            "latitude": str(where.latitude),
            "longitude": str(where.longitude),
            "current": ",".join(_AIR),
            "timeformat": "unixtime",
            "forecast_days": "1",
        }
        return self._upstream.get(
            _AIR_NAME,
            self._url,
            deadline,
            lambda answer: _air_quality(_payload(answer)),
            params={**params, **self._key},
            account=ACCOUNT,
            weight=AIR_QUALITY_WEIGHT,
        )


def _air_quality(payload: Mapping[str, Any]) -> AirQuality:
    current = mapping(payload.get("current"), _AIR_NAME)
    valid_at = moment(current.get("time"))
    if valid_at is None:
        raise UpstreamError(f"{_AIR_NAME} gave an answer without a time.")
    values = {variable: number(current.get(variable)) for variable in _AIR}
    return AirQuality(valid_at, (AIR_CREDIT,), **values)


def _payload(answer: Answer) -> Mapping[str, Any]:
    payload = mapping(answer.json(), answer.provider)
    if answer.status != 200 or payload.get("error"):
        log.warning("%s refused: %s", answer.provider, str(payload.get("reason"))[:200])
        raise UpstreamError(f"{answer.provider} has no answer for this place.")
    return payload


def _forecast(name: str, payload: Mapping[str, Any]) -> Forecast:
    hours = _hours(mapping(payload.get("hourly"), "Open-Meteo"))
    if not any(hour.temperature is not None for hour in hours):
        raise UpstreamError("Open-Meteo has no forecast for this place.")
    return Forecast(
        provider=name,
        credits=(CREDIT,),
        hours=hours,
        current=_current(payload.get("current")),
        elevation=number(payload.get("elevation")),
        timezone=text(payload.get("timezone")),
    )


def _hours(hourly: Mapping[str, Any]) -> tuple[Conditions, ...]:
    times = hourly.get("time")
    columns = [hourly.get(theirs, []) for _, theirs, _ in _HOURLY]
    if not isinstance(times, list) or not all(isinstance(column, list) for column in columns):
        raise UpstreamError("Open-Meteo gave an answer of an unknown form.")
    if any(len(column) not in {0, len(times)} for column in columns):
        raise UpstreamError("Open-Meteo gave columns of different lengths.")
    rows = zip(*(column or [None] * len(times) for column in columns), strict=True)
    hours = (_conditions(time, row, _HOURLY) for time, row in zip(times, rows, strict=True))
    return tuple(sorted((hour for hour in hours if hour), key=lambda hour: hour.valid_at))


def _current(section: object) -> Conditions | None:
    if not isinstance(section, dict):
        return None
    row = tuple(section.get(theirs) for _, theirs, _ in _CURRENT)
    return _conditions(section.get("time"), row, _CURRENT)


def _conditions(
    time: object, row: tuple[object, ...], columns: tuple[tuple[str, str, Read], ...]
) -> Conditions | None:
    valid_at: datetime | None = moment(time)
    if valid_at is None:
        return None
    values: dict[str, Any] = {
        ours: read(value) for (ours, _, read), value in zip(columns, row, strict=True)
    }
    dew_point = formulas.dew_point(values["temperature"], values["relative_humidity"])
    return Conditions(valid_at=valid_at, dew_point=dew_point, **values)
