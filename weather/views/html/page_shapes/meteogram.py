"""The chart of hours: temperature, precipitation, cloud and wind above one axis of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from weather.core import weather_codes
from weather.core.dataclass import dataclass
from weather.core.models import Conditions
from weather.views.html.page_shapes import paths
from weather.views.html.page_shapes.paths import Points
from weather.views.scale import Scale

COLUMN = 10  # the width of an hour
HEIGHT = 100
_FULL_BAR = 4.0  # mm in an hour: heavy rain; smaller amounts do not fill their part of the chart
_LEAST_RANGE = 1.5  # °C
_LEAST_BAR = 0.05  # mm: the sentence counts less as dry
_RAIN_SHARE, _CHANCE_SHARE, _CLOUD_SHARE = 0.4, 0.3, 0.12  # of the height, at most
_HIGHEST, _LOWEST = 28, 72  # y of the highest and the lowest temperature, with room for labels
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Extreme:
    """A labelled point of the curve: `x` in % of the width, `y` in % of the height."""

    x: float
    y: int
    temperature: float  # °C
    is_high: bool


@dataclass(frozen=True, slots=True)
class Meteogram:
    """Path data of each series: an hour is `COLUMN` wide; y is downwards from 0 to `HEIGHT`."""

    width: int
    temperature: str
    rain: str
    snow: str
    chance: str
    cloud: str
    night: str
    extremes: tuple[Extreme, ...]
    now: float | None  # x of the present moment in %, None outside of the chart

    @classmethod
    def of(cls, hours: Sequence[Conditions], at: datetime) -> Meteogram:
        """The chart of consecutive hours, a column for each whatever its length."""
        lefts = [n * COLUMN for n in range(len(hours))]
        return cls.at_lefts(hours, lefts, len(hours) * COLUMN, at, [range(len(hours))])

    @classmethod
    def at_lefts(
        cls,
        hours: Sequence[Conditions],
        lefts: Sequence[int],
        width: int,
        at: datetime,
        parts: Sequence[Sequence[int]],
    ) -> Meteogram:
        """The chart with columns that begin at `lefts`; each of the `parts`, which are indices of
        hours, has its extremes labelled."""
        widths = [right - left for left, right in zip(lefts, [*lefts[1:], width], strict=True)]
        middles = [left + breadth // 2 for left, breadth in zip(lefts, widths, strict=True)]
        reach = COLUMN * 2 // 5 if len(hours) <= 48 else 0
        warmth = Scale.of([hour.temperature for hour in hours], min_span=6)
        heights = [_temperature_y(warmth, hour.temperature) for hour in hours]
        rain, snow = _bars(hours, lefts, widths)
        return cls(
            width=width,
            temperature=paths.curve(_points(middles, heights), reach=reach),
            rain=rain,
            snow=snow,
            chance=_share_area(
                middles, [hour.precipitation_probability for hour in hours], _CHANCE_SHARE
            ),
            cloud=_cloud(middles, [hour.cloud_cover for hour in hours]),
            night=_nights(hours, lefts, widths),
            extremes=tuple(
                extreme
                for part in parts
                for extreme in _extremes(hours, part, middles, heights, width)
            ),
            now=_now(hours, lefts, widths, at, width),
        )


def _points(xs: Sequence[int], ys: Sequence[int | None]) -> Points:
    return [None if y is None else (x, y) for x, y in zip(xs, ys, strict=True)]


def _temperature_y(scale: Scale, temperature: float | None) -> int | None:
    if temperature is None:
        return None
    return round(_LOWEST - (_LOWEST - _HIGHEST) * scale.position(temperature) / 100)


def _bars(
    hours: Sequence[Conditions], lefts: Sequence[int], widths: Sequence[int]
) -> tuple[str, str]:
    """The bars of rain and those of snow."""
    most = max([_FULL_BAR, *(hour.precipitation or 0.0 for hour in hours)])
    rain: list[tuple[int, int, int]] = []
    snow: list[tuple[int, int, int]] = []
    for hour, left, width in zip(hours, lefts, widths, strict=True):
        if (hour.precipitation or 0.0) >= _LEAST_BAR:
            # At least 2, so that the smallest amount is visible.
            height = max(2, round(HEIGHT * _RAIN_SHARE * (hour.precipitation or 0.0) / most))
            gap = max(1, width // 5)
            bar = (left + gap, max(1, width - 2 * gap), height)
            (snow if is_snow(hour) else rain).append(bar)
    return paths.bars(rain, HEIGHT), paths.bars(snow, HEIGHT)


def is_snow(hour: Conditions) -> bool:
    """Whether an hour's precipitation falls as snow."""
    return bool(hour.snowfall) or weather_codes.is_snow(hour.weather_code)


def _share_area(xs: Sequence[int], percents: Sequence[float | None], share: float) -> str:
    """The area of percentages above the bottom; empty if all are 0."""
    if not any(percents):
        return ""
    ys = [None if p is None else round(HEIGHT * (1 - share * p / 100)) for p in percents]
    return paths.area(_points(xs, ys), HEIGHT)


def _cloud(xs: Sequence[int], percents: Sequence[float | None]) -> str:
    """The area of the cloud cover below the top."""
    if not any(percents):
        return ""
    ys = [None if p is None else round(HEIGHT * _CLOUD_SHARE * p / 100) for p in percents]
    return paths.area(_points(xs, ys), 0)


def _nights(hours: Sequence[Conditions], lefts: Sequence[int], widths: Sequence[int]) -> str:
    """A rectangle for each run of hours that are known to be dark."""
    rects = []
    for is_day, group in groupby(range(len(hours)), lambda n: hours[n].is_day):
        if is_day is False:
            night = list(group)
            breadth = lefts[night[-1]] + widths[night[-1]] - lefts[night[0]]
            rects.append((lefts[night[0]], breadth, HEIGHT))
    return paths.bars(rects, HEIGHT)


def _extremes(
    hours: Sequence[Conditions],
    part: Sequence[int],
    xs: Sequence[int],
    ys: Sequence[int | None],
    width: int,
) -> list[Extreme]:
    """The highest and the lowest temperature of a part; one if they hardly differ. Where the curve
    goes on beyond one, into the next part, it is none."""
    known = [(t, n) for n in part if (t := hours[n].temperature) is not None]
    if not known:
        return []
    highest = max(known, key=lambda pair: pair[0])
    lowest = min(known, key=lambda pair: pair[0])
    chosen = [(*highest, True)]
    if highest[0] - lowest[0] >= _LEAST_RANGE:
        chosen.append((*lowest, False))
    return [
        Extreme(within_edges(100 * xs[n] / width, 3.5), ys[n] or 0, temperature, is_high)
        for temperature, n, is_high in chosen
        if _turns(hours, n, part, is_high)
    ]


def _turns(hours: Sequence[Conditions], n: int, part: Sequence[int], is_high: bool) -> bool:
    """Whether no temperature beside an extreme, in another part, is more extreme."""
    here = hours[n].temperature or 0.0
    for beside in (n - 1, n + 1):
        if 0 <= beside < len(hours) and not part[0] <= beside <= part[-1]:
            there = hours[beside].temperature
            if there is not None and (there > here if is_high else there < here):
                return False
    return True


def within_edges(percent: float, edge: float) -> float:
    """A position in %, moved from the edges so that a label there is whole."""
    return round(max(edge, min(100 - edge, percent)), 1)


def _now(
    hours: Sequence[Conditions],
    lefts: Sequence[int],
    widths: Sequence[int],
    at: datetime,
    width: int,
) -> float | None:
    for hour, left, breadth in zip(hours, lefts, widths, strict=True):
        passed = (at - hour.valid_at) / _HOUR * COLUMN
        if 0 <= passed < breadth:
            return round(100 * (left + passed) / width, 1)
    return None
