"""The chart of the next 24 hours, and the scale of the days' temperatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from weather.core.models import Conditions, Day
from weather.views.scale import Scale

_FULL_BAR = 4.0  # mm in an hour: heavy rain; smaller amounts do not fill the chart


def days_scale(days: Iterable[Day]) -> Scale:
    """The scale of the temperatures of all days."""
    return Scale.of(t for day in days for t in (day.temperature_min, day.temperature_max))


@dataclass(frozen=True, slots=True)
class Chart:
    """Temperature and precipitation of hours: a column of `COLUMN` for each; y is downwards
    from 0 to `HEIGHT`."""

    COLUMN = 40
    HEIGHT = 72
    curve: str  # the temperature, as the `d` of an SVG path
    rain: list[tuple[int, int]]  # index of the hour, height of its bar
    nights: list[int]  # indices of the hours

    @classmethod
    def of(cls, hours: Sequence[Conditions]) -> Chart:
        amounts = [hour.precipitation or 0.0 for hour in hours]
        scale = Scale(0, max([_FULL_BAR, *amounts]) / 0.6)
        return cls(
            curve=_curve([hour.temperature for hour in hours]),
            rain=[
                (n, _bar_height(scale.position(amount)))
                for n, amount in enumerate(amounts)
                if amount
            ],
            nights=[n for n, hour in enumerate(hours) if hour.is_day is False],
        )


def _bar_height(percent: float) -> int:
    """At least 2, so that the smallest amount is visible."""
    return max(2, round(Chart.HEIGHT * percent / 100))


def _curve(temperatures: Sequence[float | None]) -> str:
    """A smooth path through the middle of each column, interrupted at missing values."""
    scale = Scale.of(temperatures, min_span=6)
    path, continues = "", False
    for n, temperature in enumerate(temperatures):
        if temperature is not None:
            x = n * Chart.COLUMN + Chart.COLUMN // 2
            y = round(Chart.HEIGHT * (0.8 - scale.position(temperature) * 0.0065))
            path += f"S{x - 16} {y} {x} {y}" if continues else f"M{x} {y}"
        continues = temperature is not None
    return path
