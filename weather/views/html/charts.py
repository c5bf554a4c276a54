"""What the page draws: the names of its pictures and the numbers of its charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from weather.core import weather_codes
from weather.core.models import Astronomy, Conditions, Day, Report
from weather.views.scale import Scale

Spans = list[tuple[int, int]]

_SEES_THE_SKY = {
    weather_codes.Symbol.CLEAR,
    weather_codes.Symbol.PARTLY_CLOUDY,
    weather_codes.Symbol.SHOWERS,
    weather_codes.Symbol.SNOW_SHOWERS,
}


def icon(code: int | None, is_day: bool | None = True) -> str:
    """The name of the picture for a code; where the sky is seen, there is one for the night."""
    symbol = weather_codes.symbol(code)
    return f"{symbol}-night" if is_day is False and symbol in _SEES_THE_SKY else str(symbol)


def icons(report: Report, hours: Iterable[Conditions]) -> list[str]:
    """The pictures that a page with these hours uses."""
    moments = {icon(at.weather_code, at.is_day) for at in (report.current, *hours)}
    days = {icon(day.weather_code, day.astronomy.sun_is_up_at_noon) for day in report.days}
    every_third = (*report.earlier, *report.hours)
    thirds = {icon(at.weather_code, at.is_day) for at in every_third} if hours else set()
    return sorted(moments | days | thirds)


def days_scale(days: Iterable[Day]) -> Scale:
    """The scale of all the days' temperatures."""
    return Scale.of(t for day in days for t in (day.temperature_min, day.temperature_max))


@dataclass(frozen=True, slots=True)
class Chart:
    """The hours' drawing: a column of `COLUMN` for each, y downwards from 0 to `HEIGHT`."""

    COLUMN = 40
    HEIGHT = 72
    curve: str  # the temperature, as a path
    rain: list[tuple[int, int]]  # an hour's index and the height of its bar
    nights: list[int]  # the hours' indices

    @classmethod
    def of(cls, hours: Sequence[Conditions]) -> Chart:
        amounts = [hour.precipitation or 0.0 for hour in hours]
        # 4 mm in an hour are heavy rain: less than that does not fill the chart.
        scale = Scale(0, max([4.0, *amounts]) / 0.6)
        return cls(
            curve=_curve([hour.temperature for hour in hours]),
            rain=[(n, _tall(scale.share(amount))) for n, amount in enumerate(amounts) if amount],
            nights=[n for n, hour in enumerate(hours) if hour.is_day is False],
        )


def _tall(share: float) -> int:
    """At least 2, so that a drop is seen."""
    return max(2, round(Chart.HEIGHT * share / 100))


def _curve(temperatures: Sequence[float | None]) -> str:
    """A smooth path through the middle of each column, broken where nothing is told."""
    scale = Scale.of(temperatures, least=6)
    path, follows = "", False
    for n, temperature in enumerate(temperatures):
        if temperature is not None:
            x = n * Chart.COLUMN + Chart.COLUMN // 2
            y = round(Chart.HEIGHT * (0.8 - scale.share(temperature) * 0.0065))
            path += f"S{x - 16} {y} {x} {y}" if follows else f"M{x} {y}"
        follows = temperature is not None
    return path


@dataclass(frozen=True, slots=True)
class Daylight:
    """A day's light, in minutes of the local clock since midnight."""

    twilight: Spans  # when it is not dark
    light: Spans  # when the sun is up
    now: int

    @classmethod
    def of(cls, sky: Astronomy, now: datetime, zone: ZoneInfo) -> Daylight:
        always = sky.sun_is_up_at_noon
        return cls(
            twilight=_between(_minutes(sky.dawn, zone), _minutes(sky.dusk, zone), always),
            light=_between(_minutes(sky.sunrise, zone), _minutes(sky.sunset, zone), always),
            now=_minutes(now, zone) or 0,
        )


def _minutes(moment: datetime | None, zone: ZoneInfo) -> int | None:
    if moment is None:
        return None
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute


def _between(rise: int | None, fall: int | None, always: bool) -> Spans:
    if rise is None and fall is None:
        return [(0, 1440)] if always else []
    start, end = rise or 0, 1440 if fall is None else fall
    # A sun that sets before it rises is up at both ends of the day.
    return [(start, end)] if start <= end else [(0, end), (start, 1440)]


def every_third_hour(report: Report, zone: ZoneInfo) -> dict[date, list[Conditions]]:
    """Of every day, the conditions at 0, 3, 6 … 21 o'clock, as far as they are told; of the
    days after a week, whose hours nobody knows so well, those at 0, 6, 12 and 18."""
    found: dict[date, list[Conditions]] = {}
    far = report.at.astimezone(zone).date() + timedelta(days=7)
    for hour in (*report.earlier, *report.hours):
        local = hour.valid_at.astimezone(zone)
        if local.hour % (6 if local.date() >= far else 3) == 0:
            found.setdefault(local.date(), []).append(hour)
    return found
