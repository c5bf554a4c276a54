"""The limits of conditions, days, sun and moon, and of the air."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import timedelta

from weather.core import ranges
from weather.core.boundary.places import CREDIT
from weather.core.boundary.sizes import CREDITS
from weather.core.limits import boolean, day, duration, moment, number, record, rows, whole
from weather.core.models import AirQuality, Astronomy, Conditions, Day
from weather.core.ranges import Range

NUMBERS = {
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
_OF_DAY = re.compile("_(?:max|min|mean)$")
NUMBERS_OF_DAY = {
    **{field.name: NUMBERS[_OF_DAY.sub("", field.name)] for field in fields(Day)[3:]},
    "precipitation": ranges.PRECIPITATION_OF_DAY,
    "snowfall": ranges.SNOWFALL_OF_DAY,
}
CONDITIONS = record(
    Conditions,
    {
        "valid_at": moment,
        **{name: number(within) for name, within in NUMBERS.items()},
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
        **{name: number(within) for name, within in NUMBERS_OF_DAY.items()},
    },
)
