"""Times in JSON."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def local_time(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """ISO 8601 with the zone's offset, in seconds; None for None."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None
