"""Hours or days in the line: `%{t:24h:spark}`, `%{t:24h:max}`, `%{p:3d:sum}`.

    series   = "%{" letter ":" number ("h" | "d") ":" function "}"
    function = "spark" | "min" | "max" | "mean" | "sum"

curl takes the braces of a URL for its own and removes them, so that they may be missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from weather.core.dataclass import dataclass
from weather.core.models import Days, Hours
from weather.views.oneline.times import mean
from weather.views.oneline.values import Values, whole, with_unit
from weather.views.v2.bars import block

FUNCTIONS = ("spark", "min", "max", "mean", "sum")
_NUMBERS: Mapping[str, Callable[[list[float]], float | None]] = {
    "min": min,
    "max": max,
    "mean": mean,
    "sum": sum,
}


@dataclass(frozen=True, slots=True)
class Scale:
    """The range of a sparkline: from `low`, by default the lowest value, to the highest value, but
    at least `span` more, so that small changes do not look like large ones."""

    span: float
    low: float | None = None

    def line(self, values: Sequence[float | None]) -> str:
        """A bar for each value; a blank for a missing one."""
        present = [value for value in values if value is not None]
        low = min(present) if self.low is None else self.low
        span = max(max(present) - low, self.span)
        return "".join(" " if v is None else block(max(v - low, 0) / span) for v in values)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A letter that has series: its fields of `Conditions` and of `Day`, empty if it has none."""

    hour: str
    day: str
    scale: Scale
    text: Callable[[Values, float], str | None]
    is_sum: bool = False  # whether values may be added up


def _degrees(values: Values, celsius: float) -> str | None:
    return values.degrees(celsius)


def _percent(values: Values, value: float) -> str | None:
    return whole(value, "%")


_TEMPERATURES = Scale(4)  # °C
_PERCENT = Scale(100, 0)
QUANTITIES: Mapping[str, Quantity] = {
    "t": Quantity("temperature", "temperature_mean", _TEMPERATURES, _degrees),
    "f": Quantity("apparent_temperature", "", _TEMPERATURES, _degrees),
    "e": Quantity("dew_point", "", _TEMPERATURES, _degrees),
    "H": Quantity("", "temperature_max", _TEMPERATURES, _degrees),
    "L": Quantity("", "temperature_min", _TEMPERATURES, _degrees),
    # A full bar is at least a strong breeze, moderate rain (WMO-No. 8), a very high UV index.
    "w": Quantity(
        *("wind_speed", "wind_speed", Scale(39, 0)),
        lambda values, speed: with_unit(values.units.speed, speed),
    ),
    "p": Quantity(
        *("precipitation", "precipitation", Scale(2.5, 0)),
        lambda values, amount: values.amount(amount),
        is_sum=True,
    ),
    "u": Quantity("uv_index", "uv_index", Scale(8, 0), lambda values, index: whole(index)),
    "o": Quantity("precipitation_probability", "precipitation_probability", _PERCENT, _percent),
    "h": Quantity("relative_humidity", "relative_humidity", _PERCENT, _percent),
    "P": Quantity(
        *("pressure_msl", "pressure_msl", Scale(4)),
        lambda values, pressure: with_unit(values.pressure, pressure),
    ),
}
SERIES = rf"([{''.join(QUANTITIES)}]):(\d{{1,3}})([hd]):({'|'.join(FUNCTIONS)})"
"""A series without its percent sign and braces."""


def series(values: Values, letter: str, number: int, unit: str, function: str) -> str | None:
    """The text of a series from the present hour, or from today, on; None without values."""
    quantity = QUANTITIES[letter]
    column = _column(values, quantity, number, unit)
    present = [value for value in column if value is not None]
    if not present or (function == "sum" and not quantity.is_sum):
        return None
    if function == "spark":
        return quantity.scale.line(column)
    result = _NUMBERS[function](present)
    return None if result is None else quantity.text(values, result)


def _column(values: Values, quantity: Quantity, number: int, unit: str) -> list[float | None]:
    if unit == "d":
        days = Days.of(values.report.coming_days[:number]) if quantity.day else Days.of(())
        return days.column(quantity.day)
    hours = Hours.of(values.report.hours)
    if not hours or not quantity.hour:
        return []
    start = hours[0].valid_at
    return hours.between(start, start + timedelta(hours=number)).column(quantity.hour)
