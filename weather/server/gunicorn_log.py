"""gunicorn's logger with the lines in JSON."""

from __future__ import annotations

from gunicorn.config import Config
from gunicorn.glogging import Logger

from weather.server import logs


class JsonLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    def setup(self, cfg: Config) -> None:
        """Called at the start and after a reload."""
        super().setup(cfg)
        logs.use_json("gunicorn.error", "gunicorn.access")
