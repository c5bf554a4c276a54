"""Open-Meteo's forecast variables: unit and value of a moment by name."""

from collections.abc import Callable

from . import moment as e
from . import units as u
from .moment import Moment
from .waves import wetness
from .weather import relative_humidity, vapour_pressure

Variable = tuple[u.Unit, Callable[[Moment], float | None]]

SURFACE: dict[str, Variable] = {
    "temperature_2m": (u.CELSIUS, lambda m: m.sky.temperature),
    "relative_humidity_2m": (u.PERCENT, lambda m: m.sky.humidity),
    "dew_point_2m": (u.CELSIUS, lambda m: m.sky.dew_point),
    "apparent_temperature": (u.CELSIUS, e.apparent),
    "precipitation_probability": (u.PERCENT, e.probability),
    "precipitation": (u.MM, lambda m: m.precipitation),
    "rain": (u.MM, lambda m: 0.0 if m.state.showers else m.precipitation - m.snow),
    "showers": (u.MM, lambda m: m.precipitation - m.snow if m.state.showers else 0.0),
    "snowfall": (u.CM, lambda m: m.snow * 0.7),
    "snow_depth": (u.METRE, e.snow_depth),
    "snowfall_water_equivalent": (u.MM, lambda m: m.snow),
    "weather_code": (u.WMO, lambda m: m.code),
    "pressure_msl": (u.HPA, lambda m: m.sky.pressure),
    "surface_pressure": (u.HPA, e.surface_pressure),
    "cloud_cover": (u.PERCENT, lambda m: m.sky.cloud),
    "cloud_cover_low": (u.PERCENT, lambda m: m.sky.layers[0]),
    "cloud_cover_mid": (u.PERCENT, lambda m: m.sky.layers[1]),
    "cloud_cover_high": (u.PERCENT, lambda m: m.sky.layers[2]),
    "visibility": (u.METRE, lambda m: m.sky.visibility),
    "evapotranspiration": (u.MM, lambda m: e.evapotranspiration(m) * 0.8),
    "et0_fao_evapotranspiration": (u.MM, e.evapotranspiration),
    "vapour_pressure_deficit": (u.KPA, e.deficit),
    "wind_gusts_10m": (u.KMH, lambda m: m.before.gusts),
    "uv_index": (u.PLAIN, lambda m: e.uv(m.sky) * (1 - 0.6 * (m.sky.cloud / 100) ** 2)),
    "uv_index_clear_sky": (u.PLAIN, lambda m: e.uv(m.sky)),
    "is_day": (u.FLAG, lambda m: m.sky.sun.is_up),
    "sunshine_duration": (u.SECONDS, e.sunshine),
    "wet_bulb_temperature_2m": (u.CELSIUS, e.wet_bulb),
    "total_column_integrated_water_vapour": (
        u.KG_PER_AREA,
        lambda m: 2 * vapour_pressure(m.sky.dew_point),
    ),
    "cape": (u.JOULE, lambda m: m.sky.cape),
    "freezing_level_height": (u.METRE, e.freezing_level),
    "snowfall_height": (u.METRE, lambda m: max(0.0, e.freezing_level(m) - 300)),
    "boundary_layer_height": (u.METRE, lambda m: 150 + 1.3 * e.radiation(m.sky)),
    "shortwave_radiation": (u.WATT, lambda m: e.radiation(m.before)),
    "shortwave_radiation_instant": (u.WATT, lambda m: e.radiation(m.sky)),
    "diffuse_radiation": (u.WATT, lambda m: e.radiation(m.before) * 0.35),
    "direct_radiation": (u.WATT, lambda m: e.radiation(m.before) * 0.65),
    "terrestrial_radiation": (u.WATT, lambda m: e.clear_radiation(m.before) * 1.25),
}
SURFACE |= {f"wind_speed_{h}m": (u.KMH, e.aloft(h)) for h in (10, 80, 120, 180)}
SURFACE |= {
    f"wind_direction_{h}m": (u.DEGREE, lambda m: round(m.sky.wind_from) % 360 or 360)
    for h in (10, 80, 120, 180)
}
SURFACE |= {f"temperature_{h}m": (u.CELSIUS, e.warmth_aloft(h)) for h in (80, 120, 180)}
SURFACE |= {f"soil_temperature_{d}cm": (u.CELSIUS, e.soil(d)) for d in (0, 6, 18, 54)}
SURFACE |= {
    f"soil_moisture_{d}cm": (u.SOIL, lambda m: 0.1 + 0.25 * wetness(m.latitude))
    for d in ("0_to_1", "1_to_3", "3_to_9", "9_to_27", "27_to_81")
}

# Names that Open-Meteo knows and its blended models lack: all null, unit "undefined".
ABSENT = {
    *"lifted_index thunderstorm_probability convective_inhibition lightning_potential".split(),
    *"updraft skin_temperature roughness_length sea_level_height_msl".split(),
    *(f"temperature_{h}m" for h in (20, 50, 100)),
    *(f"wind_{what}_{h}m" for what in ("speed", "direction") for h in (20, 50, 100)),
}
# Spellings of before 2024, still accepted; the response repeats the requested spelling.
OLD_NAMES = {
    name.replace("_", "", 1): name
    for name in SURFACE
    if name.startswith(("relative_", "weather_", "cloud_cover", "wind_"))
} | {
    "dewpoint_2m": "dew_point_2m",
    "temperature": "temperature_2m",
    "windspeed": "wind_speed_10m",
    "winddirection": "wind_direction_10m",
}


def find(name: str) -> Variable | None:
    """None for a name that Open-Meteo does not know."""
    current = OLD_NAMES.get(name, name)
    if current in ABSENT:
        return (u.UNDEFINED, lambda _: None)
    return SURFACE.get(current) or _pressure_level(current)


def _pressure_level(name: str) -> Variable | None:
    """Variables such as `temperature_850hPa`, for 1000 to 30 hPa."""
    stem, _, level = name.rpartition("_")
    if not level.endswith("hPa") or not level[:-3].isdigit() or not 30 <= int(level[:-3]) <= 1000:
        return None
    height = 44_330 * (1 - (int(level[:-3]) / 1013.25) ** 0.1903)
    return LEVELS[stem](height) if stem in LEVELS else None


LEVELS: dict[str, Callable[[float], Variable]] = {
    "temperature": lambda h: (u.CELSIUS, e.warmth_aloft(min(h, 11_000))),
    "dew_point": lambda h: (u.CELSIUS, lambda m: m.sky.dew_point - 0.0075 * min(h, 11_000)),
    "relative_humidity": lambda h: (
        u.PERCENT,
        lambda m: relative_humidity(m.sky.temperature, m.sky.dew_point - min(h, 11_000) / 1000),
    ),
    "cloud_cover": lambda _: (u.PERCENT, lambda m: m.sky.layers[1]),
    "wind_speed": lambda h: (u.KMH, e.aloft(max(h, 10))),
    "wind_direction": lambda _: (u.DEGREE, lambda m: m.sky.wind_from),
    "geopotential_height": lambda h: (u.METRE, lambda m: h + 4 * (m.sky.pressure - 1013)),
}
