"""What the service accepts from outside: of every record the fields, and their limits.

Two ways lead in, and both pass here: the results of the providers' adapters
(`weather/providers/bounded.py`) and the entries of a store that others can write to
(`weather/cache/kinds.py`). Each of the constants is a rule (`weather/core/limits.py`) that returns
a record within the limits, or None where a field that it needs is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import isnan
from operator import attrgetter
from types import NoneType
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
    Place,
)
from weather.core.ranges import Range

# Characters. The longest name of a town has 85, and a city's ceremonial one 168.
NAME = 100
EVENT, HEADLINE = 120, 400
DESCRIPTION, INSTRUCTION = 6000, 3000
ALL_TEXTS = 40_000  # of the warnings of a place, in one language
# Rows.
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

_FIELDS = tuple(field.name for field in fields(Conditions))
_VALUES = attrgetter(*_FIELDS)
_RANGES = [{"weather_code": ranges.WEATHER_CODE, **_NUMBERS}.get(name) for name in _FIELDS]


def hours(most: int) -> Rule:
    """The first hours, ascending, each moment once."""

    def rule(value: Any) -> Sequence[Conditions] | None:
        if not is_sequence(value):
            return None
        first: Sequence[Conditions] = value if len(value) <= most else value[:most]
        if _are_within(first):
            return first
        by_time = {hour.valid_at: hour for hour in filter(None, map(CONDITIONS, first))}
        return tuple(by_time[time] for time in sorted(by_time))

    return rule


def _are_within(hours: Sequence[Conditions]) -> bool:
    """Whether the rule of every hour would change nothing: by columns, which takes a tenth of
    the time."""
    times, *columns = _columns(hours) or [()]
    if any(type(time) is not datetime or time.tzinfo is not UTC for time in times):
        return False
    if times and not (moment(min(times)) and moment(max(times))):
        return False
    if any(after <= before for before, after in pairwise(times)):
        return False
    return bool(columns or not hours) and all(map(_is_column_within, columns, _RANGES[1:]))


def _columns(hours: Sequence[Conditions]) -> list[Sequence[Any]] | None:
    """The values of each field; None where an item is no hour."""
    if column := getattr(hours, "column", None):  # hours that are columns already
        return [column(name) for name in _FIELDS]
    if not hours or any(type(hour) is not Conditions for hour in hours):
        return None
    return list(zip(*map(_VALUES, hours), strict=True))


def _is_column_within(column: Sequence[Any], within: Range | None) -> bool:
    kinds = set(map(type, column))
    known = column
    if NoneType in kinds:
        kinds.remove(NoneType)
        known = tuple(value for value in column if value is not None)
    if within is None:
        return kinds <= {bool}
    if not kinds <= ({int} if within is ranges.WEATHER_CODE else {int, float}):
        return False
    if not known:
        return True
    try:
        # A value that is no number may be neither the lowest nor the highest, but no sum hides it.
        return within.low <= min(known) and max(known) <= within.high and not isnan(sum(known))
    except OverflowError:  # an integer beyond a float's range
        return False


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
        },
    )


FORECAST = _forecast(HOURS)
CELL_FORECAST = record(
    CellForecast,
    {"forecast": _forecast(HOURS_WITH_EARLIER), "timezone": zone, "days": rows(DAY, DAYS)},
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
_SEVERITY = whole(Range(1, 4))
_ALERT = record(
    Alert,
    {
        "texts": lambda texts: rows(_ALERT_TEXT, LANGUAGES)(texts) or None,
        "credit": CREDIT,
        "severity": _SEVERITY,
        "starts_at": moment,
        "ends_at": moment,
    },
)


def alerts(value: Any) -> tuple[Alert, ...] | None:
    """The most severe warnings, and of each as much text as their number leaves."""
    if not is_sequence(value):
        return None
    given: Iterable[Any] = value
    if len(value) > ALERTS:  # before their texts are read, which takes time
        known = (alert for alert in value if type(alert) is Alert)
        given = sorted(known, key=lambda alert: -(_SEVERITY(alert.severity) or 0))[:ALERTS]
    chosen: tuple[Alert, ...] = tuple(filter(None, map(_ALERT, given)))
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
