"""The hours, days and quarter hours of an Open-Meteo query, and the notation of their times."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from .messages import Raw
from .query import Refusal, integer, invalid

DAY, HOUR, QUARTER = 86_400, 3_600, 900
MAX_PAST = 92  # days
STEPS = {"days": DAY, "hours": HOUR, "minutely_15": QUARTER}


@dataclass(frozen=True)
class Zone:
    """The current offset from UTC (seconds), which the whole response uses, also across changes to
    or from summer time."""

    name: str
    abbreviation: str
    offset: int

    @property
    def lag(self) -> int:
        """Seconds of the offset beyond whole hours: the data are those of full hours of UTC."""
        return self.offset - int(self.offset / HOUR) * HOUR


@dataclass(frozen=True)
class Axis:
    """Unix times of a section's rows, `step` seconds apart."""

    start: int
    end: int
    step: int

    @property
    def times(self) -> range:
        return range(self.start, self.end, self.step)

    def stepped(self, step: int) -> "Axis":
        return Axis(self.start, self.end, step)


@dataclass(frozen=True)
class Limits:
    """Numbers of days."""

    default: int
    maximum: int


QUARTERS = Limits(3, 16)


@dataclass(frozen=True)
class Timeline:
    """The rows of every section of one query, for one zone."""

    query: Mapping[str, str]
    now: int
    zone: Zone
    limits: Limits
    quarters: Limits = QUARTERS

    def daily(self) -> Axis:
        requested = self._dates("date", DAY) or self._around("days", self.limits)
        return requested or self._window(DAY, 0, self.limits.default)

    def hourly(self) -> Axis:
        requested = self._dates("hour", HOUR) or self._around("hours", self.limits)
        return requested or self.daily().stepped(HOUR)

    def minutely_15(self) -> Axis:
        dates = self._dates("minutely_15", QUARTER)
        requested = dates or self._around("minutely_15", self.quarters)
        if requested or "start_date" in self.query:
            return requested or self.daily().stepped(QUARTER)
        past, ahead = integer(self.query, "past_days"), integer(self.query, "forecast_days")
        days = self.quarters.default if ahead is None else ahead
        return self._window(DAY, past or 0, days).stepped(QUARTER)

    def _window(self, step: int, past: int, ahead: int) -> Axis:
        """Rows around now, aligned to local time."""
        offset = self.zone.offset - self.zone.lag
        start = (self.now + offset) // step * step - self.zone.offset
        return Axis(start - past * step, start + ahead * step, step)

    def _around(self, unit: str, limits: Limits) -> Axis | None:
        """The rows of `past_UNIT` and `forecast_UNIT`. The error for the range of forecast_UNIT
        reports the maximum as the given value, as Open-Meteo's does."""
        past, ahead = (integer(self.query, f"{side}_{unit}") for side in ("past", "forecast"))
        if past is None and ahead is None:
            return None
        per_day = DAY // STEPS[unit]
        most, most_past = limits.maximum * per_day, MAX_PAST * per_day
        default = limits.default if unit == "days" else most
        if ahead is not None and not 0 <= ahead <= most:
            raise Refusal(f"Forecast days is invalid. Allowed range 0 to {most}. Given {most}.")
        if past is not None and not 0 <= past <= most_past:
            raise Refusal(f"Past days is invalid. Allowed range 0 to {most_past}. Given {past}.")
        return self._window(STEPS[unit], past or 0, default if ahead is None else ahead)

    def _dates(self, name: str, step: int) -> Axis | None:
        """The rows from `start_NAME` to `end_NAME`, inclusive."""
        first, last = self.query.get(f"start_{name}"), self.query.get(f"end_{name}")
        if not first and not last:
            return None
        if not first or not last:
            raise Refusal("Both 'start_date' and 'end_date' must be set in the url")
        self._refuse_mixture()
        start, end = self._local(f"start_{name}", first), self._local(f"end_{name}", last)
        if end < start:
            raise Refusal("End-date must be larger or equals than start-date")
        return Axis(start, end + step, step)

    def _refuse_mixture(self) -> None:
        for name in (f"{side}_{unit}" for unit in STEPS for side in ("past", "forecast")):
            if integer(self.query, name):
                rule = "is mutually exclusive with 'start_date' and 'end_date'"
                raise Refusal(f"Parameter '{name}' {rule}")

    def _local(self, name: str, text: str) -> int:
        """The Unix time of a local date, from 93 days ago to 15 days ahead. Raises `Refusal`."""
        try:
            moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
        except ValueError:
            raise invalid("IsoDate" if name.endswith("date") else "IsoDateTime", text) from None
        today = self.now // DAY * DAY
        first, last = today - (MAX_PAST + 1) * DAY, today + (self.limits.maximum - 1) * DAY
        if not first <= moment.timestamp() < last + DAY:
            span = f"from {write_time(first, 0, DAY)} to {write_time(last, 0, DAY)}"
            raise Refusal(f"Parameter '{name}' is out of allowed range {span}")
        return int(moment.timestamp()) - self.zone.offset


def write_time(time: float, offset: int, step: int = HOUR) -> str:
    """Local ISO 8601 without offset: a date for steps of a day, else to the minute."""
    local = datetime.fromtimestamp(time + offset, UTC)
    return local.strftime("%Y-%m-%d" if step >= DAY else "%Y-%m-%dT%H:%M")


def stamp(time: float, offset: int, step: int, timeformat: str) -> str | Raw:
    """A time in the query's timeformat."""
    if timeformat == "unixtime":
        return Raw(int(time))
    return write_time(time, offset, step)
