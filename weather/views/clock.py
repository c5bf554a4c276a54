"""Times of day as text, by a clock of 24 or of 12 hours."""

from __future__ import annotations

from datetime import datetime


def time_text(local: datetime, *, twelve_hours: bool = False, seconds: bool = False) -> str:
    """ "14:05", "2:05 PM"; with `seconds` "14:05:09", "2:05:09 PM". Midnight is 12:00 AM and noon
    12:00 PM, as CLDR's pattern `h:mm a` writes them."""
    rest = f":{local.minute:02}:{local.second:02}" if seconds else f":{local.minute:02}"
    if not twelve_hours:
        return f"{local.hour:02}{rest}"
    return f"{local.hour % 12 or 12}{rest} {'PM' if local.hour >= 12 else 'AM'}"
