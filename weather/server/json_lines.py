"""The log as JSON, an object in each line."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from weather.core import request_id


class JsonFormatter(logging.Formatter):
    """Formats the `time` (ISO 8601, UTC), `level`, `logger`, `message` and `process` of a record;
    `request_id` if it is of a request, and `traceback`, without messages, if there is one.

    `describe` makes the traceback of an exception's information."""

    def __init__(self, describe: Any) -> None:
        super().__init__()
        self._describe = describe

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if current := request_id.current():
            line["request_id"] = current
        if record.exc_info and record.exc_info[1]:
            line["traceback"] = record.exc_text or self._describe(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)
