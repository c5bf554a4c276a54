"""Open-Meteo's answer for one location: the envelope and its parallel columns."""

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
    """What makes one Open-Meteo API differ from its sister."""

    find: Callable[[str], Variable | None]
    find_daily: Callable[[str], Daily | None]
    variable_type: str
    limits: Limits
    interval: int
    grid: float


@dataclass(frozen=True)
class Asked:
    """One location of a query, ready to be answered; `place` is at now, floored to the interval."""

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
    def opinions(self) -> list[tuple[str, float]]:
        """(suffix of the keys, degrees of longitude by which the model sees the fronts shifted)."""
        shifts = [0 if m == "best_match" else crc32(m.encode()) % 20 / 10 for m in self.models]
        several = len(self.models) > 1
        suffixes = [f"_{model}" if several else "" for model in self.models]
        return list(zip(suffixes, shifts, strict=True))

    def stamp(self, time: float, step: int) -> str | Raw:
        return stamp(time, self.timeline.zone.offset, step, self.timeformat)

    def shown(self, unit: u.Unit, numbers: Iterable[float | None]) -> tuple[str, list[object]]:
        """The unit's text and the numbers in it, as raw JSON; times as the query wants them."""
        if unit is u.TIME:
            times = [None if time is None else self.stamp(time, HOUR) for time in numbers]
            return self.timeformat, [*times]
        target, convert = self.units.convert(unit)
        return target.text, [
            fixed(None if number is None else convert(number), target.decimals)
            for number in numbers
        ]


def envelope(asked: Asked, number: int, started: float) -> Section:
    """`number` is the location's place in a query of several, `started` a perf_counter()."""
    place, local = asked.place, asked.timeline.zone
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
    if asked.query.get("current_weather", "").casefold() == "true":
        body |= current(asked, LEGACY, "current_weather")
    body |= current(asked, names(asked, "current"), "current")
    body |= series(asked, "minutely_15", asked.timeline.minutely_15, QUARTER)
    body |= series(asked, "hourly", asked.timeline.hourly, HOUR)
    body |= daily(asked)
    body["generationtime_ms"] = (perf_counter() - started) * 1000
    return body


def names(asked: Asked, section: str) -> list[str]:
    """The wanted variables. The service does not split a list that holds blanks, so refuses it."""
    text = asked.query.get(section, "")
    if " " in text:
        raise invalid(DAILY_TYPE if section == "daily" else asked.product.variable_type, text)
    return words(asked.query, section)


def variable(asked: Asked, name: str) -> Variable:
    found = asked.product.find(name)
    if found is None:
        raise invalid(asked.product.variable_type, name)
    return found


def current(asked: Asked, wanted: list[str], section: str) -> Section:
    if not wanted:
        return {}
    titles: Section = {"time": asked.timeformat, "interval": "seconds"}
    time = asked.stamp(asked.place.time, QUARTER)
    values: Section = {"time": time, "interval": asked.product.interval}
    for name in wanted:
        unit, value = variable(asked, name)
        for suffix, shift in asked.opinions:
            here = replace(asked.place, longitude=asked.place.longitude + shift)
            titles[name + suffix], (values[name + suffix],) = asked.shown(unit, [value(here)])
    return {f"{section}_units": titles, section: values}


def series(asked: Asked, section: str, rows: Callable[[], Axis], step: int) -> Section:
    wanted = names(asked, section)
    if not wanted:
        return {}
    times = rows().times
    titles: Section = {"time": asked.timeformat}
    values: Section = {"time": [asked.stamp(time, step) for time in times]}
    for name in wanted:
        unit, value = variable(asked, name)
        for suffix, shift in asked.opinions:
            numbers = [value(moment(asked, time, step, shift)) for time in times]
            titles[name + suffix], values[name + suffix] = asked.shown(unit, numbers)
    return {f"{section}_units": titles, section: values}


def moment(asked: Asked, time: int, step: int, shift: float) -> Moment:
    """What a row is read from: in zones of half hours the full hour, not the row's own time."""
    place, lag = asked.place, asked.timeline.zone.lag
    return replace(place, longitude=place.longitude + shift, time=time + lag, step=step)


def daily(asked: Asked) -> Section:
    wanted = names(asked, "daily")
    if not wanted:
        return {}
    midnights = asked.timeline.daily().times
    titles: Section = {"time": asked.timeformat}
    values: Section = {"time": [asked.stamp(time, DAY) for time in midnights]}
    for name in wanted:
        found = asked.product.find_daily(name)
        if found is None:
            raise invalid(DAILY_TYPE, name)
        unit, value = found
        for suffix, shift in asked.opinions:
            numbers = [value(hours(asked, midnight, shift)) for midnight in midnights]
            titles[name + suffix], values[name + suffix] = asked.shown(unit, numbers)
    return {"daily_units": titles, "daily": values}


def hours(asked: Asked, midnight: int, shift: float) -> list[Moment]:
    return [moment(asked, midnight + hour * HOUR, HOUR, shift) for hour in range(24)]
