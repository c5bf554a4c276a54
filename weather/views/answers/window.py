"""The hours that a question is about, and whether a forecast covers them.

Hours are counted from the present one, so that an answer stays true until the hour ends. The
window ends at the latest with the last hour of the 16th local day, which no forecast goes beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from weather.core.astronomy import day_bounds
from weather.core.dataclass import dataclass
from weather.core.models import Conditions, Hours, Report
from weather.views.question import LONGEST_DAYS

HOUR = timedelta(hours=1)
# Between the values of a temperature or a wind: WMO's synoptic hours are three hours apart.
WIDEST_GAP = 3 * HOUR

Value = tuple[datetime, float]


@dataclass(frozen=True, slots=True)
class Window:
    """From the begin of the present hour to `end`, both included."""

    start: datetime
    end: datetime

    @classmethod
    def of(cls, report: Report, hours: int) -> Window:
        start = report.hour
        today = report.at.astimezone(ZoneInfo(report.timezone)).date()
        last = today + timedelta(days=LONGEST_DAYS - 1)
        _, midnight = day_bounds(last, report.timezone)
        return cls(start, min(start + hours * HOUR, midnight.astimezone(UTC) - HOUR))

    def is_covered(self, times: Sequence[datetime], widest_gap: timedelta) -> bool:
        """Whether ascending times leave no wider gap between the start and the end."""
        if not times or times[-1] < self.end:
            return False
        before = [time for time in times if time < self.end]
        upto = [self.start, *before, times[len(before)]]
        return all(after - time <= widest_gap for time, after in pairwise(upto))

    def moments(self, report: Report, name: str) -> tuple[list[Value], bool]:
        """The values of a field that holds for a moment, that of now first, and whether they
        cover the window."""
        now = getattr(report.current, name)
        hours = Hours.of(report.hours)
        rows = hours[hours.count_until(self.start) :]
        columns = zip(rows.column("valid_at"), rows.column(name), strict=True)
        later = [(time, value) for time, value in columns if value is not None]
        times = [time for time, _ in later]
        covered = self.is_covered([self.start, *times] if now is not None else times, WIDEST_GAP)
        values = [(time, value) for time, value in later if time <= self.end]
        return [(self.start, now), *values] if now is not None else values, covered

    def spans(self, report: Report) -> list[Conditions]:
        """The rows whose hours begin in the window. A forecast's last row has no sum of its hour,
        and is left out where the window ends with it."""
        hours = Hours.of(report.hours)
        rows = list(hours[: hours.count_until(self.end)])
        ends_with_forecast = len(rows) == len(hours) and rows and rows[-1].valid_at == self.end
        if ends_with_forecast and rows[-1].precipitation is rows[-1].wind_gusts is None:
            rows.pop()
        return rows

    def covers_spans(self, rows: Sequence[Conditions], name: str, widest_gap: timedelta) -> bool:
        """Whether a field of the hour from `valid_at` on is known of all `spans`."""
        known = [row.valid_at + HOUR for row in rows if getattr(row, name) is not None]
        if not known or (rows[-1].valid_at == self.end and getattr(rows[-1], name) is None):
            return False
        return self.is_covered(known, widest_gap)
