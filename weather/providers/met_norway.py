"""MET Norway's Locationforecast 2.0. https://api.met.no/weatherapi/locationforecast/2.0

It demands a User-Agent with a contact, at most four decimals, and that `Expires` and
`Last-Modified` are obeyed. Its first days are hourly, the rest six-hourly: hours in between
are interpolated, so that a forecast is hourly whoever made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from weather.core import formulas
from weather.core.attribution import CC_BY_4
from weather.core.deadline import Deadline
from weather.core.errors import UpstreamError
from weather.core.models import Conditions, Coordinates, Credit, Forecast
from weather.core.setting import Setting, url
from weather.core.weather_codes import is_snow
from weather.providers import ranges
from weather.providers.declaration import Account, Provider, Role
from weather.providers.parsing import instant, mapping
from weather.upstream.limit import Limit

if TYPE_CHECKING:
    from weather.upstream.client import Upstream, UpstreamResponse

CREDIT = Credit("Data from MET Norway", "https://www.met.no/en", *CC_BY_4)
URL = Setting("met_norway_url", "https://api.met.no", url, "MET Norway's forecast")

NAME = "MET Norway"
_LIMITS = (Limit(1200, 60),)  # its terms: 20 a second for one application, wherever it runs
_HOUR = timedelta(hours=1)
_KMH = 3.6  # of a metre a second
# symbol_code without its day/night suffix → WMO 4677. Rain, snow and sleet are found in three
# strengths, as showers and with thunder; sleet's nearest relative in WMO's list is freezing rain.
_PLAIN = {"clearsky": 0, "fair": 1, "partlycloudy": 2, "cloudy": 3, "fog": 45}
_FALLING = {
    "rain": {"light": 61, "": 63, "heavy": 65},
    "sleet": {"light": 66, "": 67, "heavy": 67},
    "snow": {"light": 71, "": 73, "heavy": 75},
    "rainshowers": {"light": 80, "": 81, "heavy": 82},
    "sleetshowers": {"light": 66, "": 67, "heavy": 67},
    "snowshowers": {"light": 85, "": 85, "heavy": 86},
}
_THUNDERSTORM = 95


class METNorway:
    name = "met-norway"

    def __init__(self, upstream: Upstream, url: str) -> None:
        self._upstream = upstream
        self._url = f"{url}/weatherapi/locationforecast/2.0/complete"

    def forecast(
        self, where: Coordinates, previous: Forecast | None, deadline: Deadline
    ) -> Forecast:
        """Nine to ten days. Where nothing is new since `previous`, that one with its new
        expiry. Raises `UpstreamError`."""
        cell = where.rounded(4)
        headers = {}
        if previous and previous.provider == self.name and previous.validator:
            headers["If-Modified-Since"] = previous.validator
        return self._upstream.get(
            NAME,
            self._url,
            deadline,
            lambda answer: _told(answer, previous if headers else None),
            params={"lat": str(cell.latitude), "lon": str(cell.longitude)},
            headers=headers,
        )


def _told(answer: UpstreamResponse, previous: Forecast | None) -> Forecast:
    if answer.status == 304 and previous:
        return replace(previous, expires_at=_expiry(answer))
    if answer.status not in {200, 203}:
        raise UpstreamError(f"{NAME} has no answer for this place.")
    return _forecast(answer)


def weather_code(symbol: object) -> int | None:
    """MET Norway's symbol_code as a WMO 4677 code."""
    base = symbol.partition("_")[0] if isinstance(symbol, str) else ""
    # Two of its codes are written with an s too many ("lightssnowshowersandthunder").
    base = base.replace("lightss", "lights")
    if base in _PLAIN:
        return _PLAIN[base]
    thunder = base.endswith("andthunder")
    base = base.removesuffix("andthunder")
    strength = next((word for word in ("light", "heavy") if base.startswith(word)), "")
    codes = _FALLING.get(base.removeprefix(strength))
    if codes is None:
        return None
    return _THUNDERSTORM if thunder else codes[strength]


def _forecast(answer: UpstreamResponse) -> Forecast:
    properties = mapping(mapping(answer.json(), NAME).get("properties"), NAME)
    series = properties.get("timeseries")
    steps = [step for step in map(_step, series if isinstance(series, list) else []) if step]
    hours = _hourly(sorted(steps, key=lambda step: step[0].valid_at))
    if not any(hour.temperature is not None for hour in hours):
        raise UpstreamError(f"{NAME} has no forecast for this place.")
    meta = properties.get("meta")
    return Forecast(
        provider=METNorway.name,
        credits=(CREDIT,),
        hours=tuple(hours),
        issued_at=instant(meta.get("updated_at")) if isinstance(meta, dict) else None,
        validator=answer.headers.get("Last-Modified"),
        expires_at=_expiry(answer),
    )


# What falls after a step: the hours it covers, its sum in mm and its probability.
_Fall = tuple[int, float | None, float | None]


def _step(entry: object) -> tuple[Conditions, _Fall] | None:
    """The weather at one step of the series, and what falls until the next."""
    data = entry.get("data") if isinstance(entry, dict) else None
    time = instant(entry.get("time")) if isinstance(entry, dict) else None
    if time is None or not isinstance(data, dict):
        return None
    details = _section(data, "instant", "details")
    ahead, length = _ahead(data)
    later = _section(ahead, "details")
    fall = (
        length,
        ranges.PRECIPITATION_OF_PERIOD.number(later.get("precipitation_amount")),
        ranges.PERCENTAGE.number(later.get("probability_of_precipitation")),
    )
    return _instant(time, details, _section(ahead, "summary").get("symbol_code")), fall


def _ahead(data: Mapping[str, Any]) -> tuple[Mapping[str, Any], int]:
    for length in (1, 6, 12):
        if section := _section(data, f"next_{length}_hours"):
            return section, length
    return {}, 1


def _instant(time: datetime, details: Mapping[str, Any], symbol: object) -> Conditions:
    temperature = ranges.TEMPERATURE.number(details.get("air_temperature"))
    humidity = ranges.RELATIVE_HUMIDITY.number(details.get("relative_humidity"))
    wind_speed = ranges.WIND_SPEED.rounded(details.get("wind_speed"), _KMH)
    dew_point = ranges.DEW_POINT.number(details.get("dew_point_temperature"))
    return Conditions(
        valid_at=time,
        temperature=temperature,
        apparent_temperature=formulas.apparent_temperature(temperature, humidity, wind_speed),
        dew_point=formulas.dew_point(temperature, humidity) if dew_point is None else dew_point,
        relative_humidity=humidity,
        weather_code=weather_code(symbol),
        wind_speed=wind_speed,
        wind_gusts=ranges.WIND_GUSTS.rounded(details.get("wind_speed_of_gust"), _KMH),
        wind_direction=ranges.WIND_DIRECTION.number(details.get("wind_from_direction")),
        pressure_msl=ranges.PRESSURE_MSL.number(details.get("air_pressure_at_sea_level")),
        cloud_cover=ranges.PERCENTAGE.number(details.get("cloud_area_fraction")),
        uv_index=ranges.UV_INDEX.number(details.get("ultraviolet_index_clear_sky")),
    )


def _hourly(steps: list[tuple[Conditions, _Fall]]) -> list[Conditions]:
    """Full hours from steps of any length; a step's precipitation falls in the hours after
    it and is given, as everywhere here, to the hour in which it ends."""
    if not steps:
        return []
    hours = [steps[0][0]]
    for (before, fall), (after, _) in pairwise(steps):
        count = round((after.valid_at - before.valid_at) / _HOUR)
        if 1 <= count <= 12:
            hours += [_between(before, after, fall, n, count) for n in range(1, count + 1)]
        else:
            hours.append(after)
    return hours


_LINEAR = (
    *("temperature", "apparent_temperature", "dew_point", "relative_humidity"),
    *("wind_speed", "wind_gusts", "pressure_msl", "cloud_cover", "uv_index"),
)


def _between(before: Conditions, after: Conditions, fall: _Fall, n: int, count: int) -> Conditions:
    share = n / count
    length, amount, probability = fall
    mixed: dict[str, Any] = {
        name: _mixed(getattr(before, name), getattr(after, name), share) for name in _LINEAR
    }
    nearer = after if share >= 0.5 else before
    # The sky of a step is that of the hours which follow it.
    code = after.weather_code if n == count else before.weather_code
    hourly = None if amount is None else ranges.PRECIPITATION.number(amount / max(length, count))
    precipitation = None if hourly is None else round(hourly, 2)
    snow = is_snow(before.weather_code)
    return Conditions(
        valid_at=before.valid_at + n * _HOUR,
        weather_code=code,
        wind_direction=nearer.wind_direction,
        precipitation=precipitation,
        precipitation_probability=probability,
        # Seven millimetres of water make ten of snow here, as at Open-Meteo: 0.7 cm per mm.
        snowfall=None if precipitation is None else round(precipitation * 0.7, 2) if snow else 0.0,
        **mixed,
    )


def _mixed(before: float | None, after: float | None, share: float) -> float | None:
    if before is None or after is None:
        return after if share == 1 else None
    return round(before + (after - before) * share, 1)


def _section(data: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    for name in path:
        inner = data.get(name)
        data = inner if isinstance(inner, dict) else {}
    return data


def _expiry(answer: UpstreamResponse) -> datetime | None:
    try:
        found = parsedate_to_datetime(answer.headers.get("Expires", ""))
    except (TypeError, ValueError, IndexError):
        return None
    return ranges.plausible_time(found) if found.tzinfo else None


PROVIDER = Provider(
    key=METNorway.name,
    name=NAME,
    role=Role.FORECAST,
    build=lambda upstream, settings: METNorway(upstream, URL.of(settings)),
    settings=(URL,),
    credits=(CREDIT,),
    account=Account(NAME, lambda settings: _LIMITS),
    needs_contact=True,
)
