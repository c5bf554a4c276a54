"""The weather where you are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from weather.settings import Settings


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(settings: Settings, *, now: Callable[[], datetime] = _utc_now) -> Flask:
    """The service as a WSGI application. Raises `SettingsError` for settings that do not go
    together or point to nothing."""
    # Here, since a health probe does without Flask and all the rest.
    from weather.factory import assemble  # noqa: PLC0415

    return assemble(settings, now)
