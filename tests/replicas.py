"""Replicas of the service behind nginx, by the configuration of deploy/nginx."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.conftest import until
from tests.nginx import nginx_of
from tests.processes import PATIENCE, ROOT, SERVICE, free_port

_CONFIGURATION = ROOT / "deploy" / "nginx" / "weather.conf"


@dataclass
class Replica:
    """A service on a port that it keeps when it is started again."""

    environment: dict[str, str]
    log: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                SERVICE, cwd=ROOT, env=self.environment, stdout=out, stderr=out
            )
        until(self._is_alive)

    def stop(self) -> None:
        """Lets it complete its requests, as a new release does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """With its workers, as a machine that loses its power."""
        if self.process:
            children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
            workers = Path(children).read_text().split()
            self._end(signal.SIGKILL)
            for worker in workers:
                subprocess.run(["kill", "-9", worker], check=False, stderr=subprocess.DEVNULL)

    def _end(self, number: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(number)
            self.process.wait(PATIENCE)
            self.process = None

    def _is_alive(self) -> bool:
        try:
            url = f"http://127.0.0.1:{self.port}/healthz"
            return requests.get(url, timeout=PATIENCE).status_code == 200
        except requests.ConnectionError:
            return False


@dataclass
class Cluster:
    url: str  # of nginx
    replicas: list[Replica]


@contextmanager
def cluster(
    folder: Path, environment: dict[str, str], number: int = 3, *, stores: bool = True
) -> Iterator[Cluster]:
    """So many replicas of the settings behind nginx; whether that `stores` responses."""
    folder.mkdir(parents=True, exist_ok=True)
    path = {"PATH": str(Path(sys.executable).parent) + ":/usr/sbin:/usr/bin:/bin"}
    with ExitStack() as stack:
        replicas = []
        for index in range(number):
            port = free_port()
            own = {"HOST": "127.0.0.1", "PORT": str(port), "TRUSTED_PROXIES": "1", **path}
            replica = Replica(own | environment, folder / f"replica-{index + 1}", port)
            stack.callback(replica.kill)
            replica.start()
            replicas.append(replica)

        def configuration(port: int) -> str:
            text = _configuration(folder / "cache", port, [each.port for each in replicas])
            return text if stores else text.replace("proxy_cache weather;", "")

        port = stack.enter_context(nginx_of(folder / "nginx", configuration))
        yield Cluster(f"http://127.0.0.1:{port}", replicas)


def _configuration(cache: Path, port: int, replicas: list[int]) -> str:
    """The deployed one, with other ports, and with as many servers as there are replicas."""
    ports = dict(enumerate(replicas, 1))

    def server(match: re.Match[str]) -> str:
        number = ports.get(int(match[1]))
        return f"server 127.0.0.1:{number} {match[2]};" if number else ""

    text = re.sub(r"server weather-(\d):8000 ([^;]*);", server, _CONFIGURATION.read_text())
    text = text.replace("listen 8080;", f"listen 127.0.0.1:{port};")
    return text.replace("/var/cache/nginx/weather", str(cache))
