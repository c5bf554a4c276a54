"""`current_condition` and `hourly`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from weather.core import thermal_indices
from weather.core.dataclass import dataclass
from weather.core.rounding import rounded_to_int
from weather.i18n.languages import Language
from weather.views import wording
from weather.views.wwo import vocabulary
from weather.views.wwo.chances import chances
from weather.views.wwo.values import (
    INCH,
    INCH_OF_MERCURY,
    MILE,
    Leaf,
    Moment,
    decimal,
    fahrenheit,
    text,
    whole,
)


@dataclass(frozen=True, slots=True)
class Translation:
    """The language of descriptions, and its code as written in the request; "" for English."""

    language: Language
    code: str

    def fields(self, hour: Moment) -> dict[str, Leaf]:
        """The description under `lang_xx` and `lang_<code>`; empty for English."""
        if not self.code or self.code.lower() == "en":
            return {}
        description = text(wording.condition(self.language, hour.conditions.weather_code))
        return {"lang_xx": description, f"lang_{self.code}": description}


def current(now: Moment, zone: ZoneInfo, translation: Translation) -> dict[str, Leaf]:
    """`current_condition[0]`: the time of observation is in UTC."""
    observed = now.conditions.valid_at
    return {
        **dict(_temperature("FeelsLike", now["apparent_temperature"])),
        "localObsDateTime": f"{observed.astimezone(zone):%Y-%m-%d} {clock_time(observed, zone)}",
        "observation_time": clock_time(observed, UTC),
        "temp_C": whole(now["temperature"]),
        "temp_F": whole(fahrenheit(now["temperature"])),
        **_common(now, translation),
    }


def hourly(time: str, hour: Moment, translation: Translation) -> dict[str, Leaf]:
    """An element of `hourly`; `time` is "0", "300", … "2100"."""
    celsius, humidity, wind = hour["temperature"], hour["relative_humidity"], hour["wind_speed"]
    return {
        "time": time,
        **dict(_temperature("DewPoint", hour["dew_point"])),
        **dict(_temperature("FeelsLike", hour["apparent_temperature"])),
        **dict(_temperature("HeatIndex", thermal_indices.heat_index(celsius, humidity))),
        **dict(_temperature("WindChill", thermal_indices.wind_chill(celsius, wind))),
        "WindGustKmph": whole(hour["wind_gusts"]),
        "WindGustMiles": whole(hour["wind_gusts"] / MILE),
        **chances(hour),
        "diffRad": decimal(hour["diffuse_radiation"]),
        "shortRad": decimal(hour["shortwave_radiation"]),
        "tempC": whole(celsius),
        "tempF": whole(fahrenheit(celsius)),
        **_common(hour, translation),
    }


def clock_time(moment: datetime, zone: tzinfo) -> str:
    """ "06:49 AM" """
    local = moment.astimezone(zone)
    return f"{(local.hour - 1) % 12 + 1:02}:{local.minute:02} {'AM' if local.hour < 12 else 'PM'}"


def _temperature(name: str, celsius: float) -> Iterator[tuple[str, Leaf]]:
    yield f"{name}C", whole(celsius)
    yield f"{name}F", whole(fahrenheit(celsius))


def _common(hour: Moment, translation: Translation) -> dict[str, Leaf]:
    code = vocabulary.code(hour.weather_code) or vocabulary.CLOUDY
    direction, pressure = hour["wind_direction"], hour["pressure_msl"]
    return {
        "cloudcover": whole(hour["cloud_cover"]),
        "humidity": whole(hour["relative_humidity"]),
        **translation.fields(hour),
        "precipInches": decimal(hour["precipitation"] / INCH, 2),
        "precipMM": decimal(hour["precipitation"]),
        "pressure": whole(pressure),
        "pressureInches": whole(pressure / INCH_OF_MERCURY),
        "uvIndex": whole(hour["uv_index"]),
        "visibility": whole(hour["visibility"]),
        "visibilityMiles": whole(hour["visibility"] / MILE),
        "weatherCode": str(code),
        "weatherDesc": text(vocabulary.description(hour.weather_code, night=hour.is_night)),
        "weatherIconUrl": text(""),
        "winddir16Point": vocabulary.compass_point(direction),
        "winddirDegree": str(rounded_to_int(direction) % 360),
        "windspeedKmph": whole(hour["wind_speed"]),
        "windspeedMiles": whole(hour["wind_speed"] / MILE),
    }
