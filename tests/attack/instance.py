"""python -m tests.attack.instance MOMENT [--oracle]: the service with a clock that stands still.

It listens on a free port of the loopback address, and prints it. With `--oracle` it stores no
answer and nothing that follows from a request: no cache in front of the application, no rendered
bodies, no composed reports, and no function remembers its arguments. Forecasts and places come
from its store of entries, as the providers' data must.
"""

from __future__ import annotations

import functools
import sys
from datetime import datetime
from typing import Any

# What these remember comes from files, and from the sun and the moon.
_TABLES = ("weather.atlas", "weather.core.astronomy", "weather.core.moon", "weather.i18n")


def serve(moment: datetime) -> None:
    """Until it is terminated."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    from weather import create_app
    from weather.settings import Settings

    class Quiet(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log(self, type: str, message: str, *args: Any) -> None:
            """Nothing."""

    app = create_app(Settings.from_environment(), now=lambda: moment)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    print(server.port, flush=True)
    server.serve_forever()


def without_caches() -> None:
    """Before anything of the service is imported."""

    remembering = functools.lru_cache

    def forgetful(maxsize: Any = 128, typed: bool = False) -> Any:
        def decorate(function: Any) -> Any:
            is_ours = function.__module__.startswith("weather.")
            if maxsize is None or not is_ours or function.__module__.startswith(_TABLES):
                return remembering(maxsize, typed)(function)
            return function

        return remembering(maxsize) if callable(maxsize) else decorate

    functools.lru_cache = forgetful
    from weather.core.lru import LRU
    from weather.forecasts import composition
    from weather.views.html import days_list
    from weather.web import body_cache, microcache

    class Nothing(LRU[Any, Any]):
        def get(self, key: Any) -> None:
            return None

    for module in (composition, body_cache, microcache):
        setattr(module, "LRU", Nothing)  # noqa: B010
    setattr(days_list, "_lists", Nothing(0))  # noqa: B010


if __name__ == "__main__":
    if "--oracle" in sys.argv:
        without_caches()
    serve(datetime.fromisoformat(sys.argv[1]))
