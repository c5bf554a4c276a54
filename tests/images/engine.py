"""The container engine: builds a level, and runs it with the recommended options."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).parent.parent.parent
LEVELS = ("common", "magic", "rare", "epic", "legendary")
HARDENED = ("--read-only", "--cap-drop", "all", "--security-opt", "no-new-privileges")
# Two builds may need the same base, and stand-ins are made from each other.
_PROVIDING = Lock()
# `packaging/renew-bases` writes the digests.
_BASE = re.compile(r"^ARG (\w+)=(\S+)\nARG \1_DIGEST=(\S*)$", re.MULTILINE)


def docker(*arguments: str, check: bool = True) -> str:
    done = subprocess.run(
        ["docker", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if check and done.returncode:
        raise RuntimeError(f"docker {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}")
    return done.stdout.strip()


def logs(container: str) -> str:
    """What a container has written to its output and to its errors."""
    done = subprocess.run(
        ["docker", "logs", container],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return done.stdout


@cache
def missing() -> str:
    """Why no image can be built on this machine; empty if one can."""
    if shutil.which("docker") is None:
        return "docker is not installed"
    done = subprocess.run(["docker", "info"], capture_output=True, text=True, check=False)
    return "no docker engine answers" if done.returncode or "ERROR" in done.stdout else ""


def has(image: str) -> bool:
    return bool(docker("image", "ls", "--quiet", image))


def bases(level: str) -> list[str]:
    return [reference for _, reference, _ in _pairs(level)]


def _pairs(level: str) -> list[tuple[str, str, str]]:
    """The name of an argument of the Dockerfile, the image, and its digest if it is pinned."""
    found = _BASE.findall((ROOT / f"Dockerfile.{level}").read_text())
    return [(name, reference.removeprefix("docker.io/library/"), d) for name, reference, d in found]


@cache
def provide(base: str) -> str:
    """Pulls the base image, or makes a stand-in; returns the stand-in's description, if any."""
    with _PROVIDING:
        return _provide(base)


def _provide(base: str) -> str:
    if not has(base):
        pulled = subprocess.run(["docker", "pull", base], capture_output=True, check=False)
        if pulled.returncode:
            subprocess.run([ROOT / "packaging/standin-bases", base], check=True)
    return docker("image", "inspect", "--format", '{{index .Config.Labels "standin"}}', base)


def _digests(level: str) -> list[str]:
    """Options of a build: no digest of a stand-in, and that of an image whose tag was pulled."""
    options = []
    for name, base, pinned in _pairs(level):
        digest = "" if provide(base) else pinned or _pulled_digest(base)
        options += ["--build-arg", f"{name}_DIGEST={digest}"]
    return options


def _pulled_digest(base: str) -> str:
    template = "{{range .RepoDigests}}{{.}} {{end}}"
    digests = docker("image", "inspect", "--format", template, base).split()
    return digests[0].partition("@")[2] if digests else ""


def build(level: str, *options: str, context: Path = ROOT, tag: str = "") -> float:
    """Builds `app:LEVEL`, or another tag; returns the duration in seconds."""
    digests = _digests(level)
    environment = {**os.environ, "CONTEXT": str(context)}
    if not (ROOT / ".git").exists():  # an archive of the sources
        environment |= {"REVISION": "none", "CREATED": "1980-01-01T00:00:00Z"}
    # The engine's own network may have no route to the internet.
    network = ("--network", "host")
    command = [
        str(ROOT / "packaging/build"),
        level,
        tag or f"app:{level}",
        *network,
        *digests,
        *options,
    ]
    start = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command}:\n{done.stdout}\n{done.stderr}")
    return time.monotonic() - start


@dataclass
class Container:
    name: str
    url: str

    def logs(self) -> str:
        return logs(self.name)

    def inspect(self, template: str) -> str:
        return docker("inspect", "--format", template, self.name)

    def wait(self, seconds: float = 60) -> None:
        """Waits until the service answers. Raises `RuntimeError` after `seconds`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                with urlopen(f"{self.url}/healthz", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.005)
        raise RuntimeError(f"{self.name} does not answer:\n{self.logs()}")

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """The status and the body, with marks for what is no UTF-8."""
        request = Request(self.url + path, headers=headers)
        try:
            with urlopen(request, timeout=60) as response:
                return response.status, response.read().decode(errors="replace")
        except HTTPError as error:
            return error.code, error.read().decode()


@contextmanager
def running(level: str, environment: Mapping[str, str], *options: str) -> Iterator[Container]:
    """A container of the level on a free port, in this machine's network."""
    port = str(free_port())
    settings = {"HOST": "127.0.0.1", "PORT": port, **environment}
    variables = [part for name, value in settings.items() for part in ("-e", f"{name}={value}")]
    name = f"weather-{level}-{os.getpid()}-{port}"
    docker(
        *("run", "--detach", "--name", name, "--network", "host"),
        *(*HARDENED, *variables, *options, f"app:{level}"),
    )
    try:
        yield Container(name, f"http://127.0.0.1:{port}")
    finally:
        docker("rm", "--force", "--volumes", name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
