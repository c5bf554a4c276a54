"""Moments as the place's own clocks show them, in the visitor's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from weather.i18n.languages import Language


@dataclass(frozen=True, slots=True)
class Clock:
    zone: ZoneInfo
    language: Language

    def plain(self, moment: datetime) -> str:
        """14:05, as text"""
        return f"{moment.astimezone(self.zone):%H:%M}"

    def time(self, moment: datetime) -> Markup:
        """14:05"""
        return _time(self._local(moment).isoformat(timespec="minutes"), self.plain(moment))

    def day(self, moment: datetime) -> Markup:
        """Friday 15 May"""
        day = self._local(moment).date()
        return _time(day.isoformat(), self.language.date(day, long=True))

    def until(self, moment: datetime, now: datetime) -> str:
        """The time, with its day unless that is today's."""
        day, time = self._local(moment).date(), self.plain(moment)
        return time if day == self._local(now).date() else f"{self.language.date(day)} {time}"

    def short_date(self, day: date, words: str = "") -> Markup:
        """Fri 15 May, unless there are other words for it."""
        return _time(day.isoformat(), words or self.language.date(day))

    def weekday_of(self, day: date) -> Markup:
        """Fri"""
        name = self.language.choice("Mon|Tue|Wed|Thu|Fri|Sat|Sun", day.weekday())
        return _time(day.isoformat(), name)

    def weekday(self, moment: datetime, *, anyway: bool) -> str:
        """Fri, in the first hour of a day or anyway."""
        local = self._local(moment)
        if not anyway and local.hour:
            return ""
        return self.language.choice("Mon|Tue|Wed|Thu|Fri|Sat|Sun", local.weekday())

    def zone_name(self, moment: datetime) -> str:
        """CEST, or UTC+05:45 where the zone has no letters."""
        local = self._local(moment)
        name = local.tzname() or ""
        return name if name.isalpha() else f"UTC{local.isoformat()[-6:]}"

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)


def _time(machine: str, human: str) -> Markup:
    return Markup('<time datetime="%s">%s</time>') % (machine, human)
