"""The service in a process of its own, as users run it: `python app.py`."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.services import children

ROOT = Path(__file__).parent.parent
# TESTED_SERVICE replaces `python app.py` by another command: the executable of level 5.
SERVICE = shlex.split(os.environ.get("TESTED_SERVICE", "")) or [sys.executable, "app.py"]
# Seconds after which a process has failed. Far more than one takes on a busy machine; an emulator
# is slower.
PATIENCE = int(os.environ.get("TESTED_PATIENCE", "60"))
# gunicorn's line, and that of Werkzeug's development server.
_LISTENING = re.compile(r"(?:Listening at:|Running on) http://[^ ,]*:(\d+)")


@dataclass
class Service:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def workers(service: Service) -> list[int]:
    """The process ids of the workers."""
    return children(service.process.pid)


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `python COMMAND…` to its end in an environment of only PATH and `environment`;
    `app.py` stands for the service under test."""
    program = SERVICE if command[0] == "app.py" else [sys.executable, command[0]]
    return subprocess.run(
        [*program, *command[1:]],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def free_port() -> int:
    """A port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serve(log: Path, environment: dict[str, str], *command: str) -> Iterator[Service]:
    """Runs the service, or `python COMMAND…` that serves it, on a free port of the loopback
    address. Stops it at the end of the block."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    # A long DEADLINE, so that no answer follows from how busy the machine is.
    defaults = {"PORT": "0", "HOST": "127.0.0.1", "CACHE_URL": "memory", "DEADLINE": "30"}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command] if command else SERVICE,
            cwd=ROOT,
            env={**defaults, **inherited, **environment},
            stdout=out,
            stderr=out,
        )
    try:
        yield Service(process, _port(process, log), log)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    """The port, once the master listens and a worker has started."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        text = log.read_text()
        match = _LISTENING.search(text)
        if match and ("Booting worker" in text or "Running on" in text):
            return int(match[1])
        time.sleep(0.05)
    raise RuntimeError(f"The service did not start:\n{log.read_text()}")
