"""Open-Meteo's response for one location: the metadata and the columns of values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from zlib import crc32

from . import units as u
from .daily import Daily
from .messages import Raw, fixed, float32
from .moment import Moment
from .query import choice, invalid, words
from .timeline import DAY, HOUR, QUARTER, Axis, Limits, Timeline, stamp
from .variables import Variable

LEGACY = ["temperature", "windspeed", "winddirection", "is_day", "weathercode"]
DAILY_TYPE = "ForecastVariableDaily"
Section = dict[str, object]


@dataclass(frozen=True)
class Product:
    """The differences between Open-Meteo's APIs."""

    find: Callable[[str], Variable | None]
    find_daily: Callable[[str], Daily | None]
    variable_type: str
    limits: Limits
    interval: int
    grid: float


@dataclass(frozen=True)
class Location:
    """One location of a query. The time of `place` is now, floored to the product's interval."""

    product: Product
    query: Mapping[str, str]
    timeline: Timeline
    place: Moment
    models: tuple[str, ...]

    @property
    def timeformat(self) -> str:
        return choice(self.query, "timeformat")

    @property
    def units(self) -> u.Units:
        names = ("temperature_unit", "wind_speed_unit", "precipitation_unit")
        return u.Units(*(choice(self.query, name) for name in names))

    @property
    def model_shifts(self) -> list[tuple[str, float]]:
        """(suffix of the keys, degrees of longitude by which the model's fronts are shifted)."""
        shifts = [0 if m == "best_match" else crc32(m.encode()) % 20 / 10 for m in self.models]
        several = len(self.models) > 1
        suffixes = [f"_{model}" if several else "" for model in self.models]
        return list(zip(suffixes, shifts, strict=True))

    def stamp(self, time: float, step: int) -> str | Raw:
        return stamp(time, self.timeline.zone.offset, step, self.timeformat)

    def convert(self, unit: u.Unit, numbers: Iterable[float | None]) -> tuple[str, list[object]]:
        """The text of the unit requested instead of `unit`, and the numbers in it as raw JSON;
        times in the requested format."""
        if unit is u.TIME:
            times = [None if time is None else self.stamp(time, HOUR) for time in numbers]
            return self.timeformat, [*times]
        target, convert = self.units.convert(unit)
        return target.text, [
            fixed(None if number is None else convert(number), target.decimals)
            for number in numbers
        ]


def envelope(location: Location, number: int, started: float) -> Section:
    """`number` is the index of the location in the query, `started` a perf_counter()."""
    place, local = location.place, location.timeline.zone
    body: Section = {
        "latitude": float32(place.latitude),
        "longitude": float32(place.longitude),
        "generationtime_ms": 0,
        "utc_offset_seconds": local.offset,
        "timezone": local.name,
        "timezone_abbreviation": local.abbreviation,
        "elevation": float32(place.elevation),
    }
    if number:
        body["location_id"] = number
    if location.query.get("current_weather", "").casefold() == "true":
        body |= current(location, LEGACY, "current_weather")
    body |= current(location, names(location, "current"), "current")
    body |= series(location, "minutely_15", location.timeline.minutely_15, QUARTER)
    body |= series(location, "hourly", location.timeline.hourly, HOUR)
    body |= daily(location)
    body["generationtime_ms"] = (perf_counter() - started) * 1000
    return body


def names(location: Location, section: str) -> list[str]:
    """The requested variables. Open-Meteo does not split a list with blanks, and refuses it."""
    text = location.query.get(section, "")
    if " " in text:
        raise invalid(DAILY_TYPE if section == "daily" else location.product.variable_type, text)
    return words(location.query, section)


def find_variable(location: Location, name: str) -> Variable:
    variable = location.product.find(name)
    if variable is None:
        raise invalid(location.product.variable_type, name)
    return variable


def current(location: Location, variables: list[str], section: str) -> Section:
    if not variables:
        return {}
    units: Section = {"time": location.timeformat, "interval": "seconds"}
    time = location.stamp(location.place.time, QUARTER)
    values: Section = {"time": time, "interval": location.product.interval}
    for name in variables:
        unit, value = find_variable(location, name)
        for suffix, shift in location.model_shifts:
            here = replace(location.place, longitude=location.place.longitude + shift)
            units[name + suffix], (values[name + suffix],) = location.convert(unit, [value(here)])
    return {f"{section}_units": units, section: values}


def series(location: Location, section: str, rows: Callable[[], Axis], step: int) -> Section:
    variables = names(location, section)
    if not variables:
        return {}
    times = rows().times
    units: Section = {"time": location.timeformat}
    values: Section = {"time": [location.stamp(time, step) for time in times]}
    moments = [
        (suffix, [moment(location, time, step, shift) for time in times])
        for suffix, shift in location.model_shifts
    ]
    for name in variables:
        unit, value = find_variable(location, name)
        for suffix, there in moments:
            numbers = map(value, there)
            units[name + suffix], values[name + suffix] = location.convert(unit, numbers)
    return {f"{section}_units": units, section: values}


def moment(location: Location, time: int, step: int, shift: float) -> Moment:
    """The source of a row: in a zone with an offset of half an hour, the full hour of UTC."""
    place, lag = location.place, location.timeline.zone.lag
    return replace(place, longitude=place.longitude + shift, time=time + lag, step=step)


def daily(location: Location) -> Section:
    variables = names(location, "daily")
    if not variables:
        return {}
    midnights = location.timeline.daily().times
    units: Section = {"time": location.timeformat}
    values: Section = {"time": [location.stamp(time, DAY) for time in midnights]}
    for name in variables:
        variable = location.product.find_daily(name)
        if variable is None:
            raise invalid(DAILY_TYPE, name)
        unit, value = variable
        for suffix, shift in location.model_shifts:
            numbers = [value(hours(location, midnight, shift)) for midnight in midnights]
            units[name + suffix], values[name + suffix] = location.convert(unit, numbers)
    return {"daily_units": units, "daily": values}


def hours(location: Location, midnight: int, shift: float) -> list[Moment]:
    return [moment(location, midnight + hour * HOUR, HOUR, shift) for hour in range(24)]
