"""The clock of the service, which tests replace."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The present moment, with the time zone UTC."""
    return datetime.now(UTC)
