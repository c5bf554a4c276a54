"""The service under gunicorn, its production server."""

from __future__ import annotations

import contextlib
import os
import resource
import tempfile
import threading
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from weather.settings import Settings


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


def serve(app: Flask, settings: Settings) -> None:
    """Serve until SIGTERM; requests that run then get their grace."""
    # On musl a thread's stack is so small that deeply nested JSON overflows it. This is glibc's.
    threading.stack_size(8 * 1024 * 1024)
    _open_as_many_files_as_allowed()
    _Server(app, _options(settings)).run()


def _open_as_many_files_as_allowed() -> None:
    """As Go's programs do: the soft limit is low for those who still use select(2)."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "bind": _bind(settings),
        "workers": settings.web_concurrency,
        "threads": settings.threads,
        # Threads, so that a slow provider holds up one visitor and not a worker.
        "worker_class": "weather.server.worker.Worker",
        # Loaded before the fork, so that workers share what is only read.
        "preload_app": True,
        "graceful_timeout": settings.graceful_timeout,
        "loglevel": settings.log_level,
        # No access log: an address with a place is personal data.
        "accesslog": None,
        "errorlog": "-",
        # The heartbeat's file must lie in memory: on a slow disk it would stop workers.
        "worker_tmp_dir": _memory_folder(),
        "control_socket_disable": True,
        "keepalive": 5,
        # Of each worker. As many files are left for providers and the folder: a worker that
        # cannot open any more dies.
        "worker_connections": min(1000, os.sysconf("SC_OPEN_MAX") // 2),
        "limit_request_line": 8190,
        "forwarded_allow_ips": "",
    }


def _bind(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def _memory_folder() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir()  # noqa: S108
