"""`weather`: days with their sun, moon and eight hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from weather.core.dataclass import dataclass
from weather.core.models import Day
from weather.core.moon import eighth_of_phase
from weather.views import sun_times
from weather.views.wwo.conditions import Translation, clock_time, hourly
from weather.views.wwo.values import Leaf, Moment, Series, decimal, fahrenheit, whole
from weather.views.wwo.vocabulary import PHASES

_HOURS = range(0, 24, 3)
_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of a place in its time zone."""

    day: Day
    series: Series
    zone: ZoneInfo

    def fields(self) -> dict[str, Any]:
        """An element of `weather` without its hours."""
        slots = [moment for _, moment in self._slots()]
        temperatures = [slot["temperature"] for slot in slots]
        day = self.day
        return {
            "date": day.date.isoformat(),
            **dict(_temperature("avgtemp", day.temperature_mean, _mean(temperatures))),
            **dict(_temperature("maxtemp", day.temperature_max, max(temperatures))),
            **dict(_temperature("mintemp", day.temperature_min, min(temperatures))),
            "sunHour": decimal(self.sunshine),
            "totalSnow_cm": decimal(_known(day.snowfall, sum(slot["snowfall"] for slot in slots))),
            "uvIndex": whole(_known(day.uv_index, max(slot["uv_index"] for slot in slots))),
            "astronomy": [self._astronomy()],
        }

    def hourly(self, translation: Translation) -> list[dict[str, Leaf]]:
        """The hours 0, 3, … 21 of the local clock."""
        return [hourly(str(hour * 100), slot, translation) for hour, slot in self._slots()]

    def _slots(self) -> Iterator[tuple[int, Moment]]:
        for hour in _HOURS:
            local = datetime.combine(self.day.date, time(hour), self.zone)
            yield hour, self.series.at(local)

    @property
    def sunshine(self) -> float:
        """The hours of daylight, less the share that is cloudy."""
        slots = [moment for _, moment in self._slots()]
        by_day = [slot for slot in slots if not slot.is_night] or slots
        share = 1 - _mean([slot["cloud_cover"] for slot in by_day]) / 100
        return self.day.astronomy.daylight.total_seconds() / _SECONDS * share

    def _astronomy(self) -> dict[str, str]:
        sky = self.day.astronomy
        sunrise, sunset = (
            sun_times.event(self.day, name, self.zone) for name in ("sunrise", "sunset")
        )
        return {
            "moon_illumination": whole(sky.moon_illumination),
            "moon_phase": PHASES[eighth_of_phase(sky.moon_phase)],
            "moonrise": self._event(sky.moonrise, "No moonrise"),
            "moonset": self._event(sky.moonset, "No moonset"),
            "sunrise": self._event(sunrise, "12:00 AM"),
            "sunset": self._event(sunset, "11:59 PM"),
        }

    def _event(self, moment: datetime | None, none: str) -> str:
        return clock_time(moment, self.zone) if moment else none


def _temperature(name: str, known: float | None, of_slots: float) -> Iterator[tuple[str, str]]:
    celsius = _known(known, of_slots)
    yield f"{name}C", whole(celsius)
    yield f"{name}F", whole(fahrenheit(celsius))


def _known(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
