"""The measured services, in processes of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from weather.atlas.shared import PROCESS

ROOT = Path(__file__).parent.parent
_TICKS = os.sysconf("SC_CLK_TCK")  # in a second
_PATIENCE = 60  # seconds for a start


@contextmanager
def running(*command: str, **environment: str) -> Iterator[tuple[str, int]]:
    """A service on a free port: its URL and its process id."""
    with running_in(ROOT, *command, **environment) as service:
        yield service


@contextmanager
def running_in(folder: Path, *command: str, **environment: str) -> Iterator[tuple[str, int]]:
    """The same of the checkout in a folder."""
    with running_program([sys.executable, *command], folder, **environment) as service:
        yield service


@contextmanager
def running_program(
    command: Sequence[str], folder: Path, **environment: str
) -> Iterator[tuple[str, int]]:
    """The same of any program, such as level 5's executable."""
    port = _free_port()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "LOG_LEVEL": "warning"}
        | environment,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait()


def children(process: int) -> list[int]:
    """The process ids of a service's workers (proc(5)), without the process that decodes tables at
    its start."""
    return [child for child in _children(process) if _name(child) != PROCESS]


def _children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in text.split()]


def _name(process: int) -> str:
    """Of a process that has ended meanwhile, too."""
    try:
        return Path(f"/proc/{process}/comm").read_text().strip()
    except OSError:
        return PROCESS


def cpu(master: int) -> float:
    """Seconds of CPU that a service and its processes have used (proc(5), stat)."""
    return cpu_of((master, *_children(master)))


def cpu_of(processes: Iterable[int]) -> float:
    """Seconds of CPU that processes have used."""
    return sum(map(_ticks, processes)) / _TICKS


def _ticks(process: int) -> int:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended
        return 0
    user, system = fields[11:13]
    return int(user) + int(system)


def memory_of(process: int, kind: str = "Pss") -> float:
    """Megabytes (proc(5), smaps_rollup); by default with a share of each page that others have."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:")) / 1024


def memory_of_all(processes: Sequence[int]) -> float:
    """Megabytes of a service's processes: the PSS of each, but what they share in whole, as it is
    taken also where no process has looked at it yet."""
    own = sum(memory_of(process) - memory_of(process, "Pss_Shmem") for process in processes)
    return own + shared_memory(processes)


def shared_memory(processes: Sequence[int]) -> float:
    """Megabytes of the anonymous mappings that a service's processes share (proc(5), map_files);
    for another user than root, only of the pages that they have looked at."""
    folder = Path(f"/proc/{processes[0]}/map_files")
    lines = Path(f"/proc/{processes[0]}/maps").read_text().splitlines()
    shared = [line.split()[0] for line in lines if line.endswith("/dev/zero (deleted)")]
    try:
        return sum((folder / mapping).stat().st_blocks for mapping in shared) * 512 / 1_048_576
    except PermissionError:
        return sum(memory_of(process, "Pss_Shmem") for process in processes)


def fetch(url: str, **headers: str) -> bytes:
    with urlopen(Request(url, headers=headers), timeout=30) as response:
        body: bytes = response.read()
        return body


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            fetch(f"{url}/robots.txt")
        except (URLError, ConnectionError) as error:
            if getattr(error, "code", None):
                return
            time.sleep(0.005)
        else:
            return
    raise RuntimeError("The service did not start.")
