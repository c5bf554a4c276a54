"""The service under gunicorn: configuration and start."""

from __future__ import annotations

import contextlib
import os
import resource
import tempfile
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from weather.core.setting import SettingsError
from weather.server.gunicorn_log import JsonLogger
from weather.server.limits import ConnectionLimits
from weather.settings import Settings


class _GunicornApplication(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """A WSGI application with options of ours instead of a command line."""

    def __init__(
        self,
        app: Flask,
        options: dict[str, Any],
        limits: ConnectionLimits,
        metrics_port: int,
        *,
        is_lazy: bool,
    ) -> None:
        self._app = app
        self._options = options
        # Read by the worker.
        self.limits = limits
        self.metrics_port = metrics_port
        self.is_lazy = is_lazy
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


def serve(
    app: Flask,
    settings: Settings,
    is_proxy: Callable[[str], bool] = lambda _peer: False,
    on_close: Callable[[str], None] = lambda _reason: None,
    on_refusal: Callable[[int], None] = lambda _status: None,
    *,
    on_worker_start: Callable[[], object] = lambda: None,
    is_lazy: bool = False,
) -> None:
    """Serves until SIGTERM, then completes running requests within GRACEFUL_TIMEOUT.

    An application `is_lazy` if calling it takes microseconds and waits for nothing: a response that
    takes longer is made when it is iterated.
    `is_proxy` says of the address of a peer whether it has many clients, so that the number of its
    connections is not limited. `on_close` and `on_refusal` are those of `ConnectionLimits`.
    `on_worker_start` is called in each worker before its first request."""
    # glibc's default. musl's is 128 kB, which deeply nested JSON overflows.
    threading.stack_size(8 * 1024 * 1024)
    _raise_file_limit()
    limits = ConnectionLimits(
        per_address=settings.connections_per_address,
        send_timeout=settings.send_timeout,
        is_proxy=is_proxy,
        on_close=on_close,
        on_refusal=on_refusal,
    )
    options = _options(settings) | {"post_worker_init": lambda _worker: on_worker_start()}
    metrics_port = int(settings.metrics.rpartition(":")[2] or 0)
    _GunicornApplication(app, options, limits, metrics_port, is_lazy=is_lazy).run()


def _raise_file_limit() -> None:
    """Raises the soft limit of open files to the hard one. The soft limit is low only for
    programs that use select(2)."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "bind": [_bind(settings), *([settings.metrics] if settings.metrics else [])],
        "workers": settings.web_concurrency,
        "threads": settings.threads,
        # Threads: a slow provider then delays one visitor and not a whole worker.
        "worker_class": "weather.server.worker.Worker",
        # Loaded before the fork: the workers share the pages that are only read.
        "preload_app": True,
        "graceful_timeout": settings.graceful_timeout,
        "loglevel": settings.log_level,
        **({"logger_class": JsonLogger} if settings.log_format == "json" else {}),
        # No access log: an address and a place together are personal data.
        "accesslog": None,
        "errorlog": "-",
        # The heartbeat's file must be in memory: a slow disk would delay heartbeats, and the
        # master kills a worker without one.
        "worker_tmp_dir": _memory_folder(),
        "control_socket_disable": True,
        "keepalive": 5,
        # Per worker. The other half of the file descriptors is for the providers and the store:
        # a worker that runs out of descriptors dies.
        "worker_connections": min(settings.connections, os.sysconf("SC_OPEN_MAX") // 2),
        "limit_request_line": 8190,
        "forwarded_allow_ips": "",
    }


def _bind(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def _memory_folder() -> str:
    """Raises `SettingsError` if no folder for temporary files is writable."""
    if os.access("/dev/shm", os.W_OK):  # noqa: S108
        return "/dev/shm"  # noqa: S108
    try:
        return tempfile.gettempdir()
    except FileNotFoundError as error:
        raise SettingsError(
            "No folder for temporary files is writable. Mount a tmpfs at /tmp, or set TMPDIR."
        ) from error
