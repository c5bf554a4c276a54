"""The plausible range of each quantity: a value outside is not given, whatever sent it.

The bounds are records with a margin, since models exceed what stations have measured. Unless
another source is named, a record is that of the WMO World Weather & Climate Extremes Archive,
https://wmo.asu.edu/content/world-meteorological-organization-global-weather-climate-extremes-archive
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from math import isnan
from operator import lt
from typing import Any

from weather.core.dataclass import dataclass
from weather.core.models.column import Column
from weather.core.rounding import rounded

STORED_DIGITS = 2
_WHOLE_NUMBERS: frozenset[type] = frozenset({int, type(None)})  # a bool is no number
_FLOATS: frozenset[type] = frozenset({float, type(None)})
_NUMBERS = _WHOLE_NUMBERS | _FLOATS


@dataclass(frozen=True, slots=True)
class Range:
    """Both bounds belong to it."""

    low: float
    high: float

    def number(self, value: object, factor: float = 1) -> float | None:
        """A number, or a text that is one, times `factor`; None for anything else and for what
        lies outside."""
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        try:
            number = float(value) * factor
        except (ValueError, OverflowError):  # no number, or an integer beyond a float's range
            return None
        # Adding zero turns -0.0, which no column of integers holds, into 0.0.
        return number + 0.0 if self.low <= number <= self.high else None

    def stored(self, value: object, factor: float = 1) -> float | None:
        """The number with as many decimals as are stored: two, so that a view's rounding is
        practically that of the number itself (`weather.cache.columns` packs them)."""
        number = self.number(value, factor)
        return None if number is None else rounded(number, STORED_DIGITS)

    def whole(self, value: object) -> int | None:
        """A whole number; None for a fraction."""
        number = self.number(value)
        return int(number) if number is not None and number == int(number) else None

    def numbers(self, values: Sequence[object]) -> Column:
        """The column of `number` of each value. Where all are numbers of the range, which the
        least and the greatest of them show, that takes a small part of the time."""
        types = frozenset(map(type, values))
        if types <= _NUMBERS:
            decimals: Sequence[Any] = values
            found = Column.of_looked_up(decimals, types, self) if float in types else None
            if found is not None:
                return found
            if self._holds(decimals, types):
                return Column.of_decimals(decimals, types, self)
        return Column.of(list(map(self.number, values)))

    def wholes(self, values: Sequence[object]) -> Column:
        """The column of `whole` of each value."""
        types = frozenset(map(type, values))
        if types <= _WHOLE_NUMBERS and self._holds(values, types):
            return Column.of(values)
        return Column.of(list(map(self.whole, values)))

    def stored_numbers(self, values: Sequence[object], factor: float = 1) -> Column:
        """The column of `stored` of each value, where all are times `factor`."""
        numbers: list[Any] = list(values)
        types = frozenset(map(type, numbers))
        if types <= _FLOATS:
            if factor != 1:
                numbers = [None if value is None else value * factor for value in numbers]
            if self._holds(numbers, types):
                return Column.of_rounded(numbers, STORED_DIGITS)
        return Column.of([self.stored(value, factor) for value in values])

    def _holds(self, values: Sequence[Any], types: frozenset[type]) -> bool:
        """Whether each of the numbers is within the range; None is. `types` are theirs."""
        has_gaps = type(None) in types
        known = [value for value in values if value is not None] if has_gaps else values
        if not known:
            return True
        # A value that is no number may be neither the least nor the greatest.
        within = self.low <= min(known) and max(known) <= self.high
        return within and not isnan(sum(known))


TEMPERATURE = Range(-100, 65)  # °C; records -89.2 (Vostok) and 56.7 (Furnace Creek)
APPARENT_TEMPERATURE = Range(-150, 100)  # °C; what the formulas make of the others' extremes
DEW_POINT = Range(-120, 45)  # °C; highest known 35 (Dhahran, 2003, NOAA)
RELATIVE_HUMIDITY = Range(0, 110)  # %; clouds are supersaturated by some per cent
PRECIPITATION = Range(0, 500)  # mm in an hour; record 305 in 42 minutes (Holt)
PRECIPITATION_OF_PERIOD = Range(0, 1500)  # mm in up to 12 hours; record 1144 (Foc-Foc)
SNOWFALL = Range(0, 100)  # cm in an hour; record 193 in a day (Silver Lake, 1921, NOAA)
PERCENTAGE = Range(0, 100)  # %
WEATHER_CODE = Range(0, 99)  # WMO code table 4677
WIND_SPEED = Range(0, 500)  # km/h, of ten minutes
WIND_GUSTS = Range(0, 600)  # km/h; record 408 (Barrow Island), in a tornado 484 (Bridge Creek)
WIND_DIRECTION = Range(0, 360)  # degrees
PRESSURE_MSL = Range(850, 1100)  # hPa; records 870 (typhoon Tip) and 1089 (Tosontsengel)
VISIBILITY = Range(0, 500)  # km; the longest line of sight on Earth is 538 km
UV_INDEX = Range(0, 50)  # record 43.3 (Licancabur, 2003, Cabrol et al. 2014)
RADIATION = Range(0, 2000)  # W/m²; under broken cloud up to 1,900 (Gueymard 2017), the sun's 1361
PRECIPITATION_OF_DAY = Range(0, 24 * PRECIPITATION.high)  # mm, the sum of its hours
SNOWFALL_OF_DAY = Range(0, 24 * SNOWFALL.high)  # cm

AIR_QUALITY_INDEX = Range(0, 10_000)  # the scales end at 100 and 500, and go on linearly
PARTICLES = Range(0, 100_000)  # µg/m³; sand storms reach some 10,000
GAS = Range(0, 10_000)  # µg/m³; ozone's record is about 1,300 (Los Angeles, 1955)
POLLEN = Range(0, 100_000)  # grains/m³; a birch season's peak is some 10,000

LATITUDE = Range(-90, 90)  # degrees
LONGITUDE = Range(-180, 180)  # degrees
ELEVATION = Range(-500, 9000)  # m; from the Dead Sea's shore, -430, to Everest, 8849
POPULATION = Range(0, 10_000_000_000)  # GeoNames lists continents, too

# Nothing that a provider dates is older than it or beyond a century's plans. Local days before
# and after exist in every time zone.
_TIME = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
SECONDS = Range(*(moment.timestamp() for moment in _TIME))  # since 1970
DAYS = Range(date(1969, 1, 1).toordinal(), date(2200, 12, 31).toordinal())


def moment(value: object) -> datetime | None:
    """A UTC moment from seconds since 1970; None outside of 1970 to 2199."""
    seconds = SECONDS.number(value)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def whole_seconds(values: Sequence[object]) -> Sequence[int] | None:
    """The values if all are moments in whole seconds since 1970, ascending and of 1970 to 2199."""
    if not set(map(type, values)) <= {int}:
        return None
    seconds: Sequence[Any] = values
    if not all(map(lt, seconds, seconds[1:])):
        return None
    within = not seconds or (SECONDS.low <= seconds[0] and seconds[-1] <= SECONDS.high)
    return seconds if within else None


def plausible_time(time: datetime) -> datetime | None:
    """An aware moment in UTC; None outside of 1970 to 2199."""
    try:
        utc = time.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return utc if _TIME[0] <= utc <= _TIME[1] else None
