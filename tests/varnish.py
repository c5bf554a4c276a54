"""Debian's Varnish on a free port of the loopback address, with a folder of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import until
from tests.processes import PATIENCE, free_port

_PROGRAM = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")


@contextmanager
def varnish(folder: Path, configuration: str) -> Iterator[int]:
    """Runs Varnish with a configuration in VCL; its port."""
    if _PROGRAM is None:
        pytest.skip("varnishd is not installed (Debian: varnish)")
    folder.mkdir()
    port = free_port()
    (folder / "weather.vcl").write_text(configuration)
    command: list[str | Path] = [
        *(_PROGRAM, "-F", "-n", folder / "work", "-f", folder / "weather.vcl"),
        *("-a", f"127.0.0.1:{port}", "-s", "malloc,64m", "-j", "none"),
    ]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)

    def listens() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"Varnish did not start:\n{(folder / 'log').read_text()}")
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        until(listens)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)
