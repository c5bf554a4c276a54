"""What the service accepts from outside: of every record the fields, and their limits.

Two ways lead in, and both pass here: the results of the providers' adapters
(`weather/providers/bounded.py`) and the entries of a store that others can write to
(`weather/cache/kinds.py`). Each of the constants is a rule (`weather/core/limits.py`) that returns
a record within the limits, or None where a field that it needs is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from operator import lt
from typing import Any

from weather.core import ranges
from weather.core.limits import (
    Rule,
    boolean,
    day,
    duration,
    is_sequence,
    line,
    moment,
    number,
    optional,
    paragraphs,
    pattern,
    record,
    rows,
    whole,
)
from weather.core.models import (
    AirQuality,
    Alert,
    AlertText,
    Astronomy,
    CellForecast,
    Conditions,
    Coordinates,
    Credit,
    Day,
    Forecast,
    LocatorResult,
    Nowcast,
    Place,
)
from weather.core.models.column import Column
from weather.core.models.rows import Days, Hours, Rows
from weather.core.ranges import Range

# Characters. The longest name of a town has 85, and a city's ceremonial one 168.
NAME = 100
EVENT, HEADLINE = 120, 400
DESCRIPTION, INSTRUCTION = 6000, 3000
ALL_TEXTS = 40_000  # of the warnings of a place, in one language
# Rows.
QUARTERS = 4 * 24  # of an hour
HOURS = 24 * 20  # 17 days are requested of Open-Meteo
HOURS_WITH_EARLIER = HOURS + 48  # those of today that a newer forecast lacks are added
DAYS = 22
PLACES = 100  # as many are requested at most
ALERTS = 20
LANGUAGES = 4
CREDITS = 8

_HEADER_VALUE = r"[!-~](?:[ -~]{0,98}[!-~])?"
_ZONE = r"[A-Za-z0-9_+/-]{1,64}"
_WEB_ADDRESS = r"https?://[A-Za-z0-9\[][!#$%&()*+,./0-9:;=?@A-Z\[\]_a-z~-]*"

COUNTRY_CODE = pattern("[A-Z]{2}")
CREDIT = record(
    Credit,
    {
        "text": line(200),
        "url": pattern(_WEB_ADDRESS),
        "licence": lambda text: "" if text == "" else line(100)(text),
        "licence_url": lambda text: "" if text == "" else pattern(_WEB_ADDRESS)(text),
    },
)
COORDINATES = record(
    Coordinates,
    {"latitude": number(ranges.LATITUDE), "longitude": number(ranges.LONGITUDE)},
)
PLACE = record(
    Place,
    {
        "coordinates": COORDINATES,
        **dict.fromkeys(("name", "region", "country"), line(NAME)),
        "country_code": COUNTRY_CODE,
        "timezone": pattern(_ZONE),
        "elevation": number(ranges.ELEVATION),
        "population": whole(ranges.POPULATION),
        "distance": number(Range(0, 20_100)),  # km, half of a great circle
    },
)
LOCATOR_RESULT = record(
    LocatorResult, {"place": PLACE, "source": line(NAME), "credits": rows(CREDIT, CREDITS)}
)
SEARCH_RESULT = rows(PLACE, PLACES)

_NUMBERS = {
    "temperature": ranges.TEMPERATURE,
    "apparent_temperature": ranges.APPARENT_TEMPERATURE,
    "dew_point": ranges.DEW_POINT,
    "relative_humidity": ranges.RELATIVE_HUMIDITY,
    "precipitation": ranges.PRECIPITATION,
    "precipitation_probability": ranges.PERCENTAGE,
    "snowfall": ranges.SNOWFALL,
    "wind_speed": ranges.WIND_SPEED,
    "wind_gusts": ranges.WIND_GUSTS,
    "wind_direction": ranges.WIND_DIRECTION,
    "pressure_msl": ranges.PRESSURE_MSL,
    "cloud_cover": ranges.PERCENTAGE,
    "visibility": ranges.VISIBILITY,
    "uv_index": ranges.UV_INDEX,
    "shortwave_radiation": ranges.RADIATION,
    "diffuse_radiation": ranges.RADIATION,
}
CONDITIONS = record(
    Conditions,
    {
        "valid_at": moment,
        **{name: number(within) for name, within in _NUMBERS.items()},
        "weather_code": whole(ranges.WEATHER_CODE),
        "is_day": boolean,
    },
)
AIR_QUALITY = record(
    AirQuality,
    {
        "valid_at": moment,
        "credits": rows(CREDIT, CREDITS),
        **dict.fromkeys(("european_aqi", "us_aqi"), number(ranges.AIR_QUALITY_INDEX)),
        **dict.fromkeys(("pm2_5", "pm10"), number(ranges.PARTICLES)),
        **dict.fromkeys(("ozone", "nitrogen_dioxide"), number(ranges.GAS)),
        **{
            field.name: number(ranges.POLLEN)
            for field in fields(AirQuality)
            if field.name.endswith("_pollen")
        },
    },
)
_OF_DAY = re.compile("_(?:max|min|mean)$")
ASTRONOMY = record(
    Astronomy,
    {
        **dict.fromkeys(("dawn", "sunrise", "solar_noon", "sunset", "dusk"), moment),
        **dict.fromkeys(("moonrise", "moonset"), moment),
        "moon_phase": number(Range(0, 1)),
        "moon_illumination": number(ranges.PERCENTAGE),
        "daylight": duration(timedelta(hours=26)),
        "sun_is_up_at_noon": boolean,
    },
)
DAY = record(
    Day,
    {
        "date": day,
        "astronomy": ASTRONOMY,
        "weather_code": whole(ranges.WEATHER_CODE),
        **{
            field.name: number(
                _NUMBERS[field.name.removesuffix("_max").removesuffix("_min").removesuffix("_mean")]
            )
            for field in fields(Day)[3:]
        },
        "precipitation": number(ranges.PRECIPITATION_OF_DAY),
        "snowfall": number(ranges.SNOWFALL_OF_DAY),
    },
)


@dataclass(frozen=True, slots=True)
class _ColumnRule:
    """The kinds that a column may be of, and the range of its values if they are numbers.
    `required`: it must be there, and have a value in every row."""

    kinds: frozenset[str]
    within: Range | None = None
    required: bool = False


def _numbers(within: Range, *, required: bool = False) -> _ColumnRule:
    return _ColumnRule(frozenset({"int", "decimal", "float"}), within, required)


_CODE = _ColumnRule(frozenset({"int"}), ranges.WEATHER_CODE)
_MOMENT = _ColumnRule(frozenset({"moment"}), ranges.SECONDS)
_KINDS_OF_KEYS = {"valid_at": "moment", "date": "date"}
_HOUR_COLUMNS = {
    **{name: _numbers(within) for name, within in _NUMBERS.items()},
    "weather_code": _CODE,
    "is_day": _ColumnRule(frozenset({"bool"})),
}
_DAY_COLUMNS = {
    **{
        field.name: _numbers(_NUMBERS[_OF_DAY.sub("", field.name)])
        for field in fields(Day)
        if _OF_DAY.sub("", field.name) in _NUMBERS
    },
    "weather_code": _CODE,
    "precipitation": _numbers(ranges.PRECIPITATION_OF_DAY),
    "snowfall": _numbers(ranges.SNOWFALL_OF_DAY),
    **{
        f"astronomy.{name}": _MOMENT
        for name in ("dawn", "sunrise", "solar_noon", "sunset", "dusk", "moonrise", "moonset")
    },
    "astronomy.moon_phase": _numbers(Range(0, 1), required=True),
    "astronomy.moon_illumination": _numbers(ranges.PERCENTAGE, required=True),
    "astronomy.daylight": _ColumnRule(frozenset({"duration"}), Range(0, 26 * 3600), required=True),
    "astronomy.sun_is_up_at_noon": _ColumnRule(frozenset({"bool"}), required=True),
}


def hours(most: int) -> Rule:
    """The first hours, ascending, each moment once."""

    def rule(value: Any) -> Sequence[Conditions] | None:
        if not isinstance(value, tuple | Hours):
            return None
        first = value if len(value) <= most else value[:most]
        if isinstance(first, Hours) and _are_within(first, "valid_at", _HOUR_COLUMNS):
            return first
        try:
            by_time = {hour.valid_at: hour for hour in filter(None, map(CONDITIONS, first))}
        except (OverflowError, TypeError, ValueError):  # a column of moments beyond all calendars
            return None
        return tuple(by_time[time] for time in sorted(by_time))

    return rule


def days(value: Any) -> Sequence[Day] | None:
    """The first days."""
    if isinstance(value, Days):
        first = value if len(value) <= DAYS else value[:DAYS]
        if _are_within(first, "date", _DAY_COLUMNS):
            return first
        try:
            value = tuple(first)
        except (OverflowError, TypeError, ValueError):
            return None
    allowed: Sequence[Day] | None = rows(DAY, DAYS)(value)
    return allowed


def _are_within(records: Rows[Any], key: str, rules: Mapping[str, _ColumnRule]) -> bool:
    """Whether the rule of every record would change nothing. It is read off the columns, which
    takes a small part of the time; the number of a missing value is taken for a value."""
    columns = records.packed()
    if not len(records):
        return True
    if key not in columns or not _is_ascending(columns.pop(key), _KINDS_OF_KEYS[key]):
        return False
    if any(rule.required and name not in columns for name, rule in rules.items()):
        return False
    return columns.keys() <= rules.keys() and all(
        _is_within(column, rules[name]) for name, column in columns.items()
    )


def _is_ascending(column: Column, kind: str) -> bool:
    numbers = column.numbers
    if column.kind != kind or column.missing:
        return False
    within = ranges.SECONDS if kind == "moment" else ranges.DAYS
    first, last = numbers[0] / column.scale, numbers[-1] / column.scale
    if not (within.low <= first and last <= within.high):
        return False
    if isinstance(numbers, range):
        return numbers.step > 0
    return all(map(lt, numbers, numbers[1:]))


def _is_within(column: Column, rule: _ColumnRule) -> bool:
    if column.kind not in rule.kinds or (rule.required and column.missing):
        return False
    return rule.within is None or column.is_within(rule.within)


def _amounts(value: Any) -> tuple[float | None, ...] | None:
    """The amounts of the first quarters of an hour, those out of range being unknown."""
    if not is_sequence(value):
        return None
    allowed = number(ranges.PRECIPITATION)
    return tuple(None if item is None else allowed(item) for item in value[:QUARTERS])


NOWCAST = record(Nowcast, {"starts_at": moment, "amounts": _amounts})


def zone(value: Any) -> str | None:
    """An IANA time zone that this system has."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # health probes load this module

    name = pattern(_ZONE)(value)
    try:
        return name and ZoneInfo(name).key
    except (LookupError, ValueError, OSError):
        return None


def _forecast(most_hours: int) -> Rule:
    return record(
        Forecast,
        {
            "provider": line(50),
            "credits": rows(CREDIT, CREDITS),
            "hours": hours(most_hours),
            "current": CONDITIONS,
            "model": line(NAME),
            "issued_at": moment,
            "elevation": number(ranges.ELEVATION),
            "timezone": pattern(_ZONE),
            "validator": pattern(_HEADER_VALUE),
            "expires_at": moment,
            "nowcast": NOWCAST,
        },
    )


FORECAST = _forecast(HOURS)
CELL_FORECAST = record(
    CellForecast,
    {"forecast": _forecast(HOURS_WITH_EARLIER), "timezone": zone, "days": days},
)

_ALERT_TEXT = record(
    AlertText,
    {
        "language": pattern("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}"),
        "event": line(EVENT),
        "headline": line(HEADLINE),
        "description": paragraphs(DESCRIPTION),
        "instruction": paragraphs(INSTRUCTION),
    },
)
_ALERT = record(
    Alert,
    {
        "texts": lambda texts: rows(_ALERT_TEXT, LANGUAGES)(texts) or None,
        "credit": CREDIT,
        "severity": whole(Range(1, 4)),
        "starts_at": moment,
        "ends_at": moment,
    },
)


def alerts(value: Any) -> tuple[Alert, ...] | None:
    """The most severe warnings, and of each as much text as their number leaves."""
    if not isinstance(value, tuple):
        return None
    allowed: Iterable[Alert] = filter(None, map(_ALERT, value))
    if len(value) > ALERTS:
        allowed = sorted(allowed, key=lambda alert: -(alert.severity or 0))[:ALERTS]
    chosen = tuple(allowed)
    share = ALL_TEXTS / max(len(chosen), 1) / (DESCRIPTION + INSTRUCTION)
    return chosen if share >= 1 else tuple(_shortened(alert, share) for alert in chosen)


def _shortened(alert: Alert, share: float) -> Alert:
    description, instruction = (
        optional(paragraphs(int(share * longest))) for longest in (DESCRIPTION, INSTRUCTION)
    )
    texts = tuple(
        replace(
            text,
            description=description(text.description),
            instruction=instruction(text.instruction),
        )
        for text in alert.texts
    )
    return replace(alert, texts=texts)
