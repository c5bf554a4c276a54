"""When a warning is in force, in words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from weather.core.models import Alert
from weather.i18n.languages import Language
from weather.views.clock import time_text


def warning_period(
    alert: Alert,
    now: datetime,
    zone: ZoneInfo,
    language: Language,
    *,
    twelve_hours: bool = False,
) -> str:
    """ "until 18:00"; for a warning that is not yet in force "from Sat 16 May 06:00 until 18:00".
    Empty for one in force whose end is unknown."""
    start, end = alert.starts_at, alert.ends_at

    def time(moment: datetime, since: datetime) -> str:
        return moment_text(moment, since, zone, language, twelve_hours=twelve_hours)

    if not is_announced(alert, now):
        return language.translate("until {time}", time=time(end, now)) if end else ""
    if start and end:
        return language.translate(
            "from {start} until {end}",
            start=time(start, now),
            end=time(end, start),
        )
    return language.translate("from {time}", time=time(start or now, now))


def is_announced(alert: Alert, now: datetime) -> bool:
    """Whether a warning is for later."""
    return alert.starts_at is not None and alert.starts_at > now


def moment_text(
    moment: datetime, since: datetime, zone: ZoneInfo, language: Language, *, twelve_hours: bool
) -> str:
    """ "14:05"; "Sat 16 May 14:05" if it is on another day than `since`."""
    local = moment.astimezone(zone)
    time = time_text(local, twelve_hours=twelve_hours)
    if local.date() == since.astimezone(zone).date():
        return time
    return f"{language.date(local.date())} {time}"
