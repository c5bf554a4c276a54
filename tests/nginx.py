"""Debian's nginx on a free port of the loopback address, with a folder of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.processes import PATIENCE

_PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
_CONFIGURATION = """
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_cache_path {folder}/cache keys_zone=pages:1m;
    {http}
}}
"""


@contextmanager
def nginx(folder: Path, server: str) -> Iterator[int]:
    """Runs nginx with the content of a `server` block; its port."""
    block = "server {{ listen 127.0.0.1:{port}; {server} }}"
    with nginx_of(folder, lambda port: block.format(port=port, server=server)) as port:
        yield port


@contextmanager
def nginx_of(folder: Path, http: Callable[[int], str]) -> Iterator[int]:
    """Runs nginx with the content of its `http` block, which listens on the port; the port."""
    if _PROGRAM is None:
        pytest.skip("nginx is not installed (Debian: nginx-light)")
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    configuration = folder / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder, http=http(port)))
    process = subprocess.Popen(
        [_PROGRAM, "-e", folder / "error", "-p", folder, "-c", configuration],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, process, folder / "error")
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"nginx did not start:\n{log.read_text()}")
