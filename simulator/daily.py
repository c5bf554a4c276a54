"""Open-Meteo's daily variables, computed from the same hours as hourly=."""

from collections.abc import Callable, Sequence
from math import atan2, cos, degrees, radians, sin

from . import units as u
from .moment import Moment
from .sun import moon_phase, moonrise_and_moonset, sunrise_and_sunset
from .variables import ABSENT, Variable, find

Hours = Sequence[Moment]
Daily = tuple[u.Unit, Callable[[Hours], float | None]]


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


STATISTICS: dict[str, Callable[[Sequence[float]], float]] = {
    "max": max,
    "min": min,
    "mean": mean,
    "sum": sum,
}
# Statistics → the hourly variables for which Open-Meteo offers them.
OFFERED = {
    "max mean min": "temperature_2m apparent_temperature precipitation_probability wind_speed_10m "
    "wind_gusts_10m cape cloud_cover dew_point_2m relative_humidity_2m pressure_msl "
    "surface_pressure visibility wet_bulb_temperature_2m",
    "sum": "rain showers snowfall precipitation snowfall_water_equivalent",
    "max": "uv_index uv_index_clear_sky vapour_pressure_deficit",
}


def statistic(name: str, variable: Variable) -> Daily:
    unit, value = variable
    combine = STATISTICS[name]
    return unit, lambda hours: combine([value(hour) or 0 for hour in hours])


def total(name: str, unit: u.Unit, factor: float = 1) -> Daily:
    """The sum of an hourly variable over the day, multiplied by `factor`, in `unit`."""
    value = _hourly(name)[1]
    return unit, lambda hours: factor * sum(value(hour) or 0 for hour in hours)


def _hourly(name: str) -> Variable:
    variable = find(name)
    if variable is None:
        raise KeyError(name)
    return variable


def dominant_wind(hours: Hours) -> float:
    """The direction (1..360) of the mean wind vector."""
    north, east = (
        sum(hour.sky.wind * turn(radians(hour.sky.wind_from)) for hour in hours)
        for turn in (cos, sin)
    )
    return round(degrees(atan2(east, north))) % 360 or 360


def transit(which: int, events: Callable[[float, float, float], tuple[float | None, ...]]) -> Daily:
    """A rise (0) or set (1) on the day of these hours, as Unix time."""

    def find_event(hours: Hours) -> float | None:
        first = hours[0]
        return events(first.latitude, first.longitude, first.time)[which]

    return u.TIME, find_event


def daylight(hours: Hours) -> float:
    rise, fall = sunrise_and_sunset(hours[0].latitude, hours[0].longitude, hours[0].time)
    return fall - rise


DAILY: dict[str, Daily] = {
    f"{name}_{stat}": statistic(stat, _hourly(name))
    for stats, names in OFFERED.items()
    for name in names.split()
    for stat in stats.split()
}
DAILY |= {
    "weather_code": (u.WMO, lambda hours: max(hour.code for hour in hours)),
    "sunrise": transit(0, sunrise_and_sunset),
    "sunset": transit(1, sunrise_and_sunset),
    "moonrise": transit(0, moonrise_and_moonset),
    "moonset": transit(1, moonrise_and_moonset),
    "moon_phase": (u.FRACTION, lambda hours: moon_phase(hours[12].time)),
    "daylight_duration": (u.SECONDS, daylight),
    "sunshine_duration": total("sunshine_duration", u.SECONDS),
    "precipitation_hours": (u.HOURS, lambda hours: sum(h.precipitation >= 0.1 for h in hours)),
    "updraft_max": (u.SPEED, lambda hours: max(hour.sky.cape for hour in hours) / 2500),
    "wind_direction_10m_dominant": (u.DEGREE, dominant_wind),
    "shortwave_radiation_sum": total("shortwave_radiation", u.MEGAJOULE, 0.0036),
    "et0_fao_evapotranspiration": total("et0_fao_evapotranspiration", u.MM),
}
ABSENT_DAILY = ABSENT | {"growing_degree_days_base_0_limit_50", "leaf_wetness_probability_mean"}
OLD_DAILY = {
    "weathercode": "weather_code",
    "windspeed_10m_max": "wind_speed_10m_max",
    "windgusts_10m_max": "wind_gusts_10m_max",
    "winddirection_10m_dominant": "wind_direction_10m_dominant",
}


def find_daily(name: str) -> Daily | None:
    """None for a name that Open-Meteo does not know."""
    if name in ABSENT_DAILY:
        return u.UNDEFINED, lambda _: None
    return DAILY.get(OLD_DAILY.get(name, name))
