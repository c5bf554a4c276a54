"""Speed, memory and upstream calls: `make bench`. Markdown on stdout."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import load
from benchmarks.services import ROOT, fetch, running
from tests.upstreams import Upstreams
from weather.providers import open_meteo

_TARGETS = {
    "JSON": "/api/v1/weather?q=Paris",
    "text": "/Paris?format=text",
    "page": "/Paris?format=html",
}


def main() -> None:
    with Upstreams() as upstreams, tempfile.TemporaryDirectory() as folder:
        environment = {**upstreams.environment(), "CACHE_URL": folder, "TRUSTED_PROXIES": "1"}
        with (
            running("-m", "benchmarks.hello") as (hello, _),
            running("app.py", **environment) as (url, master),
        ):
            _speed(hello, {name: url + path for name, path in _TARGETS.items()})
            _memory(master)
            _calls(url, upstreams)
    _start()


def _speed(hello: str, targets: dict[str, str]) -> None:
    for title, visitors in (
        ("the same visitor again and again", False),
        ("every request from another address", True),
    ):
        print(f"\n| warm, {title} | requests/s | ratio to Flask's hello |\n|---|---:|---:|")
        for line in load.ratios(hello, targets, visitors=visitors):
            print(line, flush=True)


def _memory(master: int) -> None:
    print("\n| process | RSS, MB | PSS, MB |\n|---|---:|---:|")
    for name, process in zip(("master", "worker", "worker"), _family(master), strict=True):
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        sizes = {line.split()[0]: int(line.split()[1]) for line in rollup.splitlines()[1:]}
        print(f"| {name} | {sizes['Rss:'] / 1024:.1f} | {sizes['Pss:'] / 1024:.1f} |")


def _family(master: int) -> Iterator[int]:
    yield master
    children = Path(f"/proc/{master}/task/{master}/children").read_text()
    yield from map(int, children.split())


def _calls(url: str, upstreams: Upstreams) -> None:
    upstreams.reset()
    for visit in range(1000):
        fetch(f"{url}/?lat={40 + visit % 10}.123&lon=8.5&format=json&nonce={visit}")
    print("\n| 1,000 visits to 10 places cost | calls | weight of one |\n|---|---:|---:|")
    for name, weight in (
        ("open-meteo", open_meteo.FORECAST_WEIGHT),
        ("air-quality", open_meteo.AIR_QUALITY_WEIGHT),
    ):
        print(f"| {name} | {len(upstreams.calls(name))} | {weight:.2f} |")


def _start() -> None:
    code = "import time; t = time.perf_counter(); import app; print(time.perf_counter() - t)"
    times = []
    for _ in range(7):
        began = time.perf_counter()
        out = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        )
        times.append((float(out.stdout), time.perf_counter() - began))
    imported, whole = (median(column) for column in zip(*times, strict=True))
    print("\n| start, compiled bytecode | seconds |\n|---|---:|")
    print(f"| import of the application | {imported:.2f} |")
    print(f"| a process that imports it, in all | {whole:.2f} |")


if __name__ == "__main__":
    main()
