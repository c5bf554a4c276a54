"""Chances of an hour, in per cent.

A provider forecasts one probability, that of precipitation. It is given to rain, snow or
thunder by the forecast's weather code; of what has no probability the chance is 100 if it is
forecast, else 0.
"""

from __future__ import annotations

from weather.core import weather_codes
from weather.core.weather_codes import Symbol
from weather.views.wwo.values import Moment, whole

_HOT = 30.0  # °C
_STRONG_WIND = 39.0  # km/h: a strong breeze, Beaufort 6
_FREEZING = 0.0  # °C


def chances(hour: Moment) -> dict[str, str]:
    """The fields `chanceof…`."""
    symbol = weather_codes.symbol(hour.weather_code)
    wet = hour["precipitation_probability"]
    snow = weather_codes.is_snow(hour.weather_code)
    clouds = hour["cloud_cover"]
    return {
        "chanceoffog": _certain(symbol is Symbol.FOG),
        "chanceoffrost": _certain(hour["temperature"] < _FREEZING),
        "chanceofhightemp": _certain(hour["temperature"] >= _HOT),
        "chanceofovercast": whole(clouds),
        "chanceofrain": whole(0 if snow else wet),
        "chanceofremdry": whole(100 - wet),
        "chanceofsnow": whole(wet if snow else 0),
        "chanceofsunshine": whole(0 if hour.is_night else 100 - clouds),
        "chanceofthunder": whole(wet if symbol is Symbol.THUNDERSTORM else 0),
        "chanceofwindy": _certain(hour["wind_speed"] >= _STRONG_WIND),
    }


def _certain(forecast: bool) -> str:
    return "100" if forecast else "0"
