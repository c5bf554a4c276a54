"""MET Norway's steps as full hours, and its symbols as WMO codes.

Its first days are hourly, the rest six-hourly: the hours between are interpolated, so that a
forecast is hourly whichever provider made it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

from weather.core import ranges
from weather.core.dataclass import dataclass
from weather.core.models import Conditions
from weather.core.rounding import rounded
from weather.core.weather_codes import is_snow

_HOUR = timedelta(hours=1)
_LONGEST_STEP = 12  # hours; a longer one is a gap
_SNOW_PER_WATER = 0.7  # cm of snow per mm of water, as at Open-Meteo
# symbol_code without its day/night suffix → WMO 4677. Rain, snow and sleet come in three
# strengths, as showers and with thunder; sleet's nearest relative in WMO's list is freezing rain.
_DRY = {"clearsky": 0, "fair": 1, "partlycloudy": 2, "cloudy": 3, "fog": 45}
_WET = {
    "rain": {"light": 61, "": 63, "heavy": 65},
    "sleet": {"light": 66, "": 67, "heavy": 67},
    "snow": {"light": 71, "": 73, "heavy": 75},
    "rainshowers": {"light": 80, "": 81, "heavy": 82},
    "sleetshowers": {"light": 66, "": 67, "heavy": 67},
    "snowshowers": {"light": 85, "": 85, "heavy": 86},
}
_THUNDERSTORM = 95
_INTERPOLATED = (
    *("temperature", "apparent_temperature", "dew_point", "relative_humidity"),
    *("wind_speed", "wind_gusts", "pressure_msl", "cloud_cover", "uv_index"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """The conditions at a moment, and the precipitation of the `period` hours that follow."""

    conditions: Conditions
    period: int  # hours
    amount: float | None  # mm
    probability: float | None  # %


def weather_code(symbol: object) -> int | None:
    """MET Norway's symbol_code as a WMO 4677 code; None for an unknown one."""
    base = symbol.partition("_")[0] if isinstance(symbol, str) else ""
    # Two of its codes have an s too many ("lightssnowshowersandthunder").
    base = base.replace("lightss", "lights")
    if base in _DRY:
        return _DRY[base]
    thunder = base.endswith("andthunder")
    base = base.removesuffix("andthunder")
    strength = next((word for word in ("light", "heavy") if base.startswith(word)), "")
    codes = _WET.get(base.removeprefix(strength))
    if codes is None:
        return None
    return _THUNDERSTORM if thunder else codes[strength]


def hourly(steps: list[Step]) -> list[Conditions]:
    """Full hours from ascending steps of any length. The precipitation of a step is that of the
    hours which begin at it and before the next."""
    hours: list[Conditions] = []
    for step, following in pairwise([*steps, None]):
        count = _hours_between(step, following) if step and following else 0
        if step and following and 1 <= count <= _LONGEST_STEP:
            hours += [_interpolated(step, following.conditions, n, count) for n in range(count)]
        elif step:
            hours.append(replace(step.conditions, **_precipitation(step, 1)))
    return hours


def _hours_between(step: Step, following: Step) -> int:
    return round((following.conditions.valid_at - step.conditions.valid_at) / _HOUR)


def _interpolated(step: Step, after: Conditions, number: int, count: int) -> Conditions:
    """Hour `number` of the `count` hours from a step to before the next; 0 is the step's own."""
    before, share = step.conditions, number / count
    values: dict[str, Any] = {
        name: _between(getattr(before, name), getattr(after, name), share) for name in _INTERPOLATED
    }
    return Conditions(
        valid_at=before.valid_at + number * _HOUR,
        # The symbol of a step is that of the hours which follow it.
        weather_code=before.weather_code,
        wind_direction=(after if share >= 0.5 else before).wind_direction,
        **_precipitation(step, count),
        **values,
    )


def _precipitation(step: Step, count: int) -> dict[str, Any]:
    """The fields of precipitation of each of the `count` hours from a step on."""
    amount = _hourly_amount(step, count)
    return {
        "precipitation": amount,
        "precipitation_probability": step.probability,
        "snowfall": _snowfall(amount, step.conditions.weather_code),
    }


def _between(before: float | None, after: float | None, share: float) -> float | None:
    if before is None or after is None:
        return before if share == 0 else None
    return rounded(before + (after - before) * share, ranges.STORED_DIGITS)


def _hourly_amount(step: Step, count: int) -> float | None:
    """mm in each of the `count` hours after a step."""
    if step.amount is None:
        return None
    amount = ranges.PRECIPITATION.number(step.amount / max(step.period, count))
    return None if amount is None else rounded(amount, ranges.STORED_DIGITS)


def _snowfall(precipitation: float | None, code: int | None) -> float | None:
    """cm of snow for mm of water."""
    if precipitation is None:
        return None
    return rounded(precipitation * _SNOW_PER_WATER, ranges.STORED_DIGITS) if is_snow(code) else 0.0
