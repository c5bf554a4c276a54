"""The unit of each field, and the conversion to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from weather.core.rounding import rounded
from weather.views.units import Unit, UnitSystem

Value = float | str | bool | None
Columns = tuple[tuple[str, Callable[[float | None], Value]], ...]

# Field → quantity of the unit system, and decimals.
_CONVERTED = {
    "temperature": ("temperature", 1),
    "apparent_temperature": ("temperature", 1),
    "dew_point": ("temperature", 1),
    "normal_temperature": ("temperature", 1),
    "departure": ("temperature", 1),
    "normal_precipitation": ("precipitation", 2),
    "temperature_max": ("temperature", 1),
    "temperature_min": ("temperature", 1),
    "temperature_mean": ("temperature", 1),
    "apparent_temperature_max": ("temperature", 1),
    "apparent_temperature_min": ("temperature", 1),
    "precipitation": ("precipitation", 2),
    "snowfall": ("snowfall", 2),
    "wind_speed": ("speed", 1),
    "wind_gusts": ("speed", 1),
    "pressure_msl": ("pressure", 2),
    "visibility": ("distance", 1),
}
# Field → unit, the same in all unit systems.
_CONSTANT = {
    "relative_humidity": "%",
    "precipitation_probability": "%",
    "cloud_cover": "%",
    "wind_direction": "°",
    "uv_index": "",
    "shortwave_radiation": "W/m²",
    "diffuse_radiation": "W/m²",
    "elevation": "m",
    "distance": "km",
    "daylight": "s",
    "moon_illumination": "%",
    "european_aqi": "EAQI",
    "us_aqi": "USAQI",
    "pm2_5": "µg/m³",
    "pm10": "µg/m³",
    "ozone": "µg/m³",
    "nitrogen_dioxide": "µg/m³",
    "pollen": "grains/m³",
}


UNITS = (*_CONVERTED, *_CONSTANT)


def unit_names(units: UnitSystem) -> dict[str, str]:
    """The symbol of each field's unit."""
    converted = {
        name: getattr(units, quantity).symbol for name, (quantity, _) in _CONVERTED.items()
    }
    return {**converted, **_CONSTANT}


def constant_unit(name: str) -> str:
    """The unit of a field that has the same one in all unit systems; else empty."""
    return _CONSTANT.get(name, "")


@lru_cache(maxsize=16)
def columns(units: UnitSystem, names: tuple[str, ...]) -> Columns:
    """The name and conversion of each field; cached, as reports have hundreds of hours."""
    return tuple((name, conversion(units, name)) for name in names)


@lru_cache(maxsize=512)
def conversion(units: UnitSystem, name: str) -> Callable[[float | None], Value]:
    """The function from a field's metric value to its rounded value in `units`."""
    if name not in _CONVERTED:
        return _unsigned_zero
    quantity, digits = _CONVERTED[name]
    unit: Unit = getattr(units, quantity)
    exact = unit.exact
    return lambda value: None if value is None else rounded(exact(value), digits)


def _unsigned_zero(value: Value) -> Value:
    return 0.0 if value == 0 and isinstance(value, float) else value
