"""The colours of temperatures, wind speeds and precipitation sums in a terminal."""

from __future__ import annotations

from bisect import bisect_right

from weather.core.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ColorScale:
    """Ascending bounds, and one of the 256 colours below each and above the last."""

    bounds: tuple[float, ...]
    colors: tuple[int, ...]

    def color(self, value: float) -> int:
        """The colour of a value; a bound itself belongs to the range above it."""
        return self.colors[bisect_right(self.bounds, value)]


# All colours have a medium lightness, which is readable on black and on white.
TEMPERATURE = ColorScale(  # °C
    (-20, -10, -5, 0, 5, 10, 15, 20, 25, 30, 35),
    (99, 63, 69, 75, 44, 43, 77, 112, 178, 214, 208, 197),
)
# km/h: the Beaufort scale's gentle breeze, fresh breeze, strong breeze, gale and storm.
WIND_SPEED = ColorScale((12, 29, 39, 62, 89), (72, 76, 178, 214, 208, 197))
# mm in an hour: none, then slight, moderate, heavy and violent rain (WMO-No. 8).
PRECIPITATION = ColorScale((0.05, 2.5, 10, 50), (245, 75, 69, 63, 129))
