"""The service as users run it: `python app.py` in a process of its own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
# TESTED_SERVICE names another form of it to be tested: level 5's executable.
SERVICE = shlex.split(os.environ.get("TESTED_SERVICE", "")) or [sys.executable, "app.py"]
_LISTENING = re.compile(r"Listening at: http://[^ ]*:(\d+)")


@dataclass
class Service:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def workers(service: Service) -> list[int]:
    """The process ids of its workers (proc(5))."""
    master = service.process.pid
    children = Path(f"/proc/{master}/task/{master}/children").read_text()
    return [int(each) for each in children.split()]


@contextmanager
def serve(log: Path, environment: dict[str, str], *command: str) -> Iterator[Service]:
    """The service, or another `command` that serves it, on a free port, until the end of the
    block or its own."""
    path = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command] if command else SERVICE,
            cwd=ROOT,
            env={"PORT": "0", "HOST": "127.0.0.1", "CACHE_URL": "memory", **path, **environment},
            stdout=out,
            stderr=out,
        )
    try:
        yield Service(process, _port(process, log), log)
    finally:
        process.terminate()
        process.wait(20)


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    """Its port, once it and a worker are there."""
    for _ in range(600):
        text = log.read_text()
        found = _LISTENING.search(text)
        if found and "Booting worker" in text:
            return int(found[1])
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"The service did not start:\n{log.read_text()}")
