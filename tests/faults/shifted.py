"""python -m tests.faults.shifted FILE: the service with a clock that is ahead of the machine's by
the number of seconds in the file, so that a test can skip hours."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from weather import create_app
from weather.server import gunicorn_app
from weather.settings import Settings


def main() -> None:
    file = Path(sys.argv[1])

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(file.read_text() or 0))

    logging.basicConfig(level="WARNING")
    settings = Settings.from_environment()
    gunicorn_app.serve(create_app(settings, now=now), settings)


if __name__ == "__main__":
    main()
