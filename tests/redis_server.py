"""A redis-server on a free port, which tests stop, kill and start again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from types import TracebackType
from typing import Self

from tests.processes import PATIENCE


class RedisServer:
    def __init__(self, *options: str) -> None:
        self._options = options  # of the command line, besides its own
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Starts the server, empty, and waits until it accepts connections."""
        options = f"--port {self.port} --bind 127.0.0.1 --save --appendonly no".split()
        self._process = subprocess.Popen(
            ["redis-server", *options, *self._options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.01)
            else:
                return
        raise RuntimeError("redis-server did not start")

    def hang(self) -> None:
        """Stops the process: it accepts connections and does not respond."""
        if self._process:
            os.kill(self._process.pid, signal.SIGSTOP)

    def wake(self) -> None:
        if self._process:
            os.kill(self._process.pid, signal.SIGCONT)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None
