"""The weather where you are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from weather.core.clock import utc_now

if TYPE_CHECKING:
    from flask import Flask

    from weather.settings import Settings


def create_app(settings: Settings, *, now: Callable[[], datetime] = utc_now) -> Flask:
    """The service as a WSGI application. Raises `SettingsError` for settings that do not go
    together or point to nothing."""
    # Here, since a health probe does without Flask and all the rest.
    from weather.factory import assemble  # noqa: PLC0415

    return assemble(settings, now)
