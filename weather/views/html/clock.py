"""Local times and dates of a place, in the visitor's language."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from weather.core.dataclass import dataclass
from weather.i18n.languages import Language
from weather.views.clock import time_text


@dataclass(frozen=True, slots=True)
class TimeText:
    """A time or a date, as text and in ISO 8601."""

    machine_readable: str
    text: str


@dataclass(frozen=True, slots=True)
class Clock:
    """Formats moments in a time zone."""

    zone: ZoneInfo
    language: Language
    twelve_hours: bool = False

    def time_text(self, moment: datetime) -> str:
        """ "14:05" """
        return time_text(self._local(moment), twelve_hours=self.twelve_hours)

    def column_text(self, local: datetime) -> str:
        """ "14:00", "2 PM": a local hour above a narrow column; "2:30 PM" within an hour"""
        return time_text(local, twelve_hours=self.twelve_hours).replace(":00 ", " ")

    def time(self, moment: datetime) -> TimeText:
        """ "14:05" """
        local = self._local(moment)
        return TimeText(local.isoformat(timespec="minutes"), self.time_text(moment))

    def day(self, moment: datetime) -> TimeText:
        """ "Friday 15 May" """
        day = self._local(moment).date()
        return TimeText(day.isoformat(), self.language.date(day, long=True))

    def weekday(self, day: date) -> TimeText:
        """ "Fri" """
        return TimeText(day.isoformat(), self.weekday_text(day))

    def local_date(self, moment: datetime) -> date:
        """The local day."""
        return self._local(moment).date()

    def zone_name(self, moment: datetime) -> str:
        """ "CEST"; "UTC+05:45" if the zone has no abbreviation."""
        local = self._local(moment)
        name = local.tzname() or ""
        return name if name.isalpha() else f"UTC{local.isoformat()[-6:]}"

    def weekday_text(self, day: date) -> str:
        """ "Fri" """
        return self.language.choice("Mon|Tue|Wed|Thu|Fri|Sat|Sun", day.weekday())

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)
