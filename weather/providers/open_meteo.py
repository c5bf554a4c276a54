"""Open-Meteo's forecast. https://open-meteo.com/en/docs

One call fetches everything that is shown. It weighs more in the quota with each variable, so it
leaves out what follows from others: days are aggregated from hours, the dew point comes from
temperature and humidity, daylight from the sun, and what hardly changes within an hour from the
hour.

Sums, maxima and means are of the hour before their time there, and of the hour that begins at its
time here: they move to the row before. So do the weather codes of precipitation, which follow from
its sum; others are of their moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from weather.core import formulas, ranges, weather_codes
from weather.core.attribution import CC_BY_4
from weather.core.deadline import Deadline
from weather.core.dew_points import DewPoints
from weather.core.errors import UpstreamError
from weather.core.models import Conditions, Coordinates, Credit, Forecast, Hours, Nowcast
from weather.core.models.column import Column
from weather.core.ranges import Range
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


class Variable(NamedTuple):
    """A field of `Conditions`, Open-Meteo's name for it, and how one value and a whole column of
    it are read."""

    field: str
    name: str
    value: Callable[[object], float | None]
    values: Callable[[Sequence[object]], Column]


def _number(field: str, name: str, within: Range) -> Variable:
    return Variable(field, name, within.number, within.numbers)


def _in_thousands(field: str, name: str, within: Range) -> Variable:
    """Of metres, where the field is in kilometres."""
    return Variable(
        field,
        name,
        lambda value: within.stored(value, 0.001),
        lambda values: within.stored_numbers(values, 0.001),
    )


_CURRENT = (
    _number("temperature", "temperature_2m", ranges.TEMPERATURE),
    _number("apparent_temperature", "apparent_temperature", ranges.APPARENT_TEMPERATURE),
    _number("relative_humidity", "relative_humidity_2m", ranges.RELATIVE_HUMIDITY),
    Variable("weather_code", "weather_code", ranges.WEATHER_CODE.whole, ranges.WEATHER_CODE.wholes),
    _number("wind_speed", "wind_speed_10m", ranges.WIND_SPEED),
    _number("wind_gusts", "wind_gusts_10m", ranges.WIND_GUSTS),
    _number("wind_direction", "wind_direction_10m", ranges.WIND_DIRECTION),
)
_HOURLY = (
    *_CURRENT,
    _number("precipitation", "precipitation", ranges.PRECIPITATION),
    _number("precipitation_probability", "precipitation_probability", ranges.PERCENTAGE),
    _number("snowfall", "snowfall", ranges.SNOWFALL),
    _number("pressure_msl", "pressure_msl", ranges.PRESSURE_MSL),
    _number("cloud_cover", "cloud_cover", ranges.PERCENTAGE),
    _in_thousands("visibility", "visibility", ranges.VISIBILITY),
    _number("uv_index", "uv_index", ranges.UV_INDEX),
    _number("shortwave_radiation", "shortwave_radiation", ranges.RADIATION),
    _number("diffuse_radiation", "diffuse_radiation", ranges.RADIATION),
)
# Of the hour before their time.
_OF_HOUR_BEFORE = frozenset(
    (
        *("precipitation", "precipitation_probability", "snowfall", "wind_gusts"),
        *("shortwave_radiation", "diffuse_radiation"),
    )
)
_HOUR = 3600  # seconds
_OF_DEW_POINT = ("temperature", "relative_humidity")  # of which the dew point follows
_QUARTERLY = "precipitation"
_QUARTER = 900  # seconds
# The one that has just ended, those of two hours, and those of an hour in which it is served on.
_QUARTERS = 14
FORECAST_WEIGHT = weight(len(_CURRENT) + len(_HOURLY) + 1, 1 + _DAYS)
_IN_LOCAL_DAYS = {"timezone": "auto"}
# The local today may have begun on the day before in UTC; of yesterday a part is missing then.
_IN_UTC_DAYS = {"timezone": "GMT"}


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
        """Yesterday and sixteen days, hourly, from local midnight on; from midnight in UTC on
        where Open-Meteo does not know the time zone. Raises `UpstreamError`."""
        # Such a forecast has no time zone: the next one is not asked for with it.
        if previous is None or previous.timezone:
            try:
                return self._forecast(where, _IN_LOCAL_DAYS, deadline)
            except _InvalidTimeZone:
                pass
        forecast = self._forecast(where, _IN_UTC_DAYS, deadline)
        return replace(forecast, timezone=None)

    def _forecast(
        self, where: Coordinates, days: Mapping[str, str], deadline: Deadline
    ) -> Forecast:
        params = {
            "latitude": str(where.latitude),
            "longitude": str(where.longitude),
            "current": ",".join(variable.name for variable in _CURRENT),
            "hourly": ",".join(variable.name for variable in _HOURLY),
            "timeformat": "unixtime",  # its local times have one offset past a clock change
            "past_days": "1",
            "forecast_days": str(_DAYS),
            "minutely_15": _QUARTERLY,
            "forecast_minutely_15": str(_QUARTERS),
        }
        return self._upstream.get(
            _NAME,
            self._url,
            deadline,
            _read,
            params={**params, **days, **self._key},
            account=ACCOUNT.name,
            weight=FORECAST_WEIGHT,
        )


def _read(response: UpstreamResponse) -> Forecast:
    if response.status == 400 and b"invalid timezone" in response.body.lower():
        raise _InvalidTimeZone(f"{_NAME} does not know the time zone of this place.")
    return _forecast(payload(response))


def _forecast(content: Mapping[str, Any]) -> Forecast:
    hours = _hours(mapping(content.get("hourly"), _NAME))
    if not hours.part("temperature"):
        raise UpstreamError(f"{_NAME} has no forecast for this place.")
    return Forecast(
        provider=OpenMeteo.name,
        credits=(CREDIT,),
        hours=hours,
        current=_current(content.get("current")),
        elevation=ranges.ELEVATION.number(content.get("elevation")),
        timezone=text(content.get("timezone")),
        nowcast=_nowcast(content.get("minutely_15")),
    )


def _hours(hourly: Mapping[str, Any]) -> Hours:
    times = series(hourly.get("time"), _NAME)
    columns = {
        variable: column
        for variable in _HOURLY
        if (column := series(hourly.get(variable.name, []), _NAME))
    }
    if any(len(column) != len(times) for column in columns.values()):
        raise UpstreamError(f"{_NAME} sent columns of different lengths.")
    seconds = ranges.whole_seconds(times)
    if seconds is None:  # not each is a moment, in order
        moments = list(map(ranges.moment, times))
        order = _ascending(moments)
        columns = {variable: [column[row] for row in order] for variable, column in columns.items()}
        valid_at = Column.of([moments[row] for row in order])
    else:
        valid_at = Column.of_seconds(seconds)
    read = {variable.field: variable.values(column) for variable, column in columns.items()}
    read = _by_begin(read, valid_at)
    if all(name in read for name in _OF_DEW_POINT):
        read["dew_point"] = DewPoints.following(*(read[name] for name in _OF_DEW_POINT))
    return Hours.of_packed({"valid_at": valid_at, **read})


def _by_begin(read: Mapping[str, Column], times: Column) -> dict[str, Column]:
    """The columns with the values of the hour before a time in the row at which that hour begins.
    A row that no row follows after an hour has none."""
    moments = times.numbers
    is_hourly = times.scale == 1 and isinstance(moments, range) and moments.step == _HOUR
    follows = [] if is_hourly else _follows(times.values(0, len(times)))
    shifted = dict(read)
    for name in _OF_HOUR_BEFORE & read.keys():
        shifted[name] = _following(read[name], follows)
    if "weather_code" in read:
        codes = read["weather_code"].values(0, len(times))
        next_codes = _following(read["weather_code"], follows).values(0, len(times))
        shifted["weather_code"] = Column.of(_codes(codes, next_codes))
    return shifted


def _follows(times: Sequence[datetime]) -> list[bool]:
    """Of each time, whether the next one is an hour later."""
    return [after - before == timedelta(seconds=_HOUR) for before, after in pairwise(times)]


def _following(column: Column, follows: Sequence[bool]) -> Column:
    following = column.of_following_rows()
    if all(follows):
        return following
    values = following.values(0, len(following))
    known = (*follows, False)
    return Column.of([value if k else None for value, k in zip(values, known, strict=True)])


def _codes(codes: Sequence[int | None], following: Sequence[int | None]) -> list[int | None]:
    """The codes of the hours that begin with one of the `codes` and end with the `following`
    ones."""
    wet = {code for code in {*codes, *following} if weather_codes.is_wet(code)}
    return [
        after if after is not None and (code in wet or after in wet) else code
        for code, after in zip(codes, following, strict=True)
    ]


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
        variable.field: variable.value(section.get(variable.name)) for variable in _CURRENT
    }
    dew_point = _dew_point(*(values[name] for name in _OF_DEW_POINT))
    return Conditions(valid_at=valid_at, dew_point=dew_point, **values)


def _nowcast(section: object) -> Nowcast | None:
    """None if there is none, or if it is not one of consecutive quarters of an hour."""
    if not isinstance(section, dict):
        return None
    times, amounts = section.get("time"), section.get(_QUARTERLY)
    if not isinstance(times, list) or not isinstance(amounts, list) or len(times) != len(amounts):
        return None
    seconds = ranges.whole_seconds(times)
    if not seconds or list(seconds) != list(range(seconds[0], seconds[-1] + 1, _QUARTER)):
        return None
    known = tuple(ranges.PRECIPITATION.number(amount) for amount in amounts)
    # They are of the quarter before their time.
    starts_at = ranges.moment(seconds[0] - _QUARTER)
    return Nowcast(starts_at, known) if starts_at and any(n is not None for n in known) else None


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
