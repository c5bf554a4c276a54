"""Locationforecast 2.0 as GeoJSON: steps of one hour, then of six, with the periods that follow
each step."""

from collections.abc import Callable
from datetime import UTC, datetime

from .messages import Raw, fixed
from .moment import Moment, probability, uv
from .sun import sun
from .symbols import symbol_code
from .weather import Sky

HOUR = 3_600
HOURLY_STEPS, SIX_HOURLY_STEPS = 58, 30  # to the tenth day
Details = dict[str, object]
Values = dict[str, tuple[str, Callable[[Sky], float]]]

COMPLETE: Values = {
    "air_pressure_at_sea_level": ("hPa", lambda sky: sky.pressure),
    "air_temperature": ("celsius", lambda sky: sky.temperature),
    "cloud_area_fraction": ("%", lambda sky: sky.cloud),
    "cloud_area_fraction_high": ("%", lambda sky: sky.layers[2]),
    "cloud_area_fraction_low": ("%", lambda sky: sky.layers[0]),
    "cloud_area_fraction_medium": ("%", lambda sky: sky.layers[1]),
    "dew_point_temperature": ("celsius", lambda sky: sky.dew_point),
    "fog_area_fraction": ("%", lambda sky: 100 * sky.state.fog),
    "relative_humidity": ("%", lambda sky: sky.humidity),
    "ultraviolet_index_clear_sky": ("1", uv),
    "wind_from_direction": ("degrees", lambda sky: sky.wind_from),
    "wind_speed": ("m/s", lambda sky: sky.wind / 3.6),
    "wind_speed_of_gust": ("m/s", lambda sky: sky.gusts / 3.6),
}
COMPACT = {
    name: COMPLETE[name]
    for name in (
        "air_pressure_at_sea_level air_temperature cloud_area_fraction relative_humidity "
        "wind_from_direction wind_speed"
    ).split()
}
NEAR_ONLY = {"fog_area_fraction", "ultraviolet_index_clear_sky"}  # only in hourly steps
PERIODS = {
    "air_temperature_max": "celsius",
    "air_temperature_min": "celsius",
    "probability_of_precipitation": "%",
}


def iso(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def feature(place: Moment, modified: int, complete: bool) -> dict[str, object]:
    values = COMPLETE if complete else COMPACT
    units = {name: unit for name, (unit, _) in values.items()} | {"precipitation_amount": "mm"}
    units |= PERIODS if complete else {}
    point = [Raw(f"{value:.10g}") for value in (place.longitude, place.latitude, place.elevation)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": point},
        "properties": {
            "meta": {"updated_at": iso(modified - 5400), "units": dict(sorted(units.items()))},
            "timeseries": timeseries(place, values, complete),
        },
    }


def timeseries(place: Moment, values: Values, complete: bool) -> list[object]:
    """Hourly for two days and a half, then 00, 06, 12, 18 UTC; the last step has no periods."""
    first = int(place.time) // HOUR * HOUR
    seam = (first + HOURLY_STEPS * HOUR) // (6 * HOUR) * 6 * HOUR
    times = [*range(first, seam, HOUR), *range(seam, seam + SIX_HOURLY_STEPS * 6 * HOUR, 6 * HOUR)]
    last = times[-1]
    steps: list[object] = []
    for time in times:
        here = Moment(place.latitude, place.longitude, place.elevation, time)
        near = {k: v for k, v in values.items() if time <= seam or k not in NEAR_ONLY}
        details = {name: fixed(value(here.sky), 1) for name, (_, value) in near.items()}
        data: Details = {"instant": {"details": details}}
        steps.append({"time": iso(time), "data": data | periods(here, time < seam, last, complete)})
    return steps


def periods(here: Moment, hourly: bool, last: int, complete: bool) -> Details:
    """The next twelve, one and six hours, as far as the forecast extends."""
    data: Details = {}
    if here.time + 12 * HOUR <= last:
        data["next_12_hours"] = {"summary": symbol(here, 12)}
    if hourly:
        data["next_1_hours"] = {"summary": symbol(here, 1), "details": amounts(here, 1, complete)}
    if here.time + 6 * HOUR <= last:
        data["next_6_hours"] = {"summary": symbol(here, 6), "details": amounts(here, 6, complete)}
    return data


def following(here: Moment, hours: int) -> list[Moment]:
    """The moments at the end of every hour of the period."""
    return [
        Moment(here.latitude, here.longitude, here.elevation, here.time + hour * HOUR)
        for hour in range(1, hours + 1)
    ]


def symbol(here: Moment, hours: int) -> Details:
    """The symbol of the wettest hour; in a dry period, of the middle one."""
    ahead = following(here, hours)
    wettest = max(ahead, key=lambda moment: moment.before.rate)
    sky = wettest.before if wettest.before.rate >= 0.1 else ahead[hours // 2].before
    noon = here.time - here.sky.sun.hour_angle * 240
    highest = sun(here.latitude, here.longitude, noon).elevation
    return {"symbol_code": symbol_code(sky, sky.rate, highest)}


def amounts(here: Moment, hours: int, complete: bool) -> Details:
    ahead = following(here, hours)
    details: Details = {}
    if complete and hours == 6:
        warmth = [moment.sky.temperature for moment in (here, *ahead)]
        details["air_temperature_max"] = fixed(max(warmth), 1)
        details["air_temperature_min"] = fixed(min(warmth), 1)
    details["precipitation_amount"] = fixed(sum(moment.precipitation for moment in ahead), 1)
    if complete:
        details["probability_of_precipitation"] = fixed(max(map(probability, ahead)), 1)
    return details
