"""The chart of wind and gusts."""

from __future__ import annotations

from collections.abc import Sequence

from weather.core.dataclass import dataclass
from weather.core.models import Conditions
from weather.views.html.page_shapes import paths

HEIGHT = 40
# km/h: what the colours of the style begin with, from calm to a hurricane (Beaufort 12).
HURRICANE = 118.0
_LEAST_TOP = 50.0  # km/h: a breeze does not fill the chart


@dataclass(frozen=True, slots=True)
class Peak:
    """The strongest gust in km/h; `x` is in % of the width."""

    x: float
    speed: float


@dataclass(frozen=True, slots=True)
class WindPanel:
    """Path data: the area of the wind and the line of the gusts; y is downwards from 0 to
    `HEIGHT`. `hurricane` is the y of 118 km/h, which may be above the chart."""

    wind: str
    gusts: str
    hurricane: int
    peak: Peak | None

    @classmethod
    def of(cls, hours: Sequence[Conditions], middles: Sequence[int], width: int) -> WindPanel:
        """The panel, of a width, of hours whose columns have these middles."""
        speeds = [hour.wind_speed for hour in hours]
        gusts = [hour.wind_gusts for hour in hours]
        top = max([_LEAST_TOP, *(speed for speed in (*speeds, *gusts) if speed is not None)])

        def y(speed: float) -> int:
            return round(HEIGHT * (1 - speed / top))

        def points(values: Sequence[float | None]) -> paths.Points:
            return [
                None if value is None else (x, y(value))
                for x, value in zip(middles, values, strict=True)
            ]

        known = [(gust, x) for gust, x in zip(gusts, middles, strict=True) if gust is not None]
        peak = None
        if known:
            strongest, at = max(known, key=lambda pair: pair[0])
            peak = Peak(round(100 * at / width, 1), strongest)
        return cls(
            paths.area(points(speeds), HEIGHT), paths.curve(points(gusts)), y(HURRICANE), peak
        )
