"""Requests per second, their latency, and what they cost the server; measured by wrk."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmarks.services import cpu

_ROUNDS = 5
_SECONDS = 2
_CONNECTIONS = 16
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Load:
    """The result for clients that send the next request as soon as they have a response."""

    rate: float  # requests a second
    p50: float  # milliseconds
    p99: float
    cpu: float  # milliseconds of all server processes for a request; 0 if they are unknown


@dataclass(frozen=True)
class Target:
    url: str
    script: str = ""  # wrk's, in Lua
    process: int | None = None  # of the server; its children count with it
    seconds: int = _SECONDS


def missing() -> bool:
    return shutil.which("wrk") is None


def rounds(targets: Mapping[str, Target], count: int = _ROUNDS) -> list[dict[str, Load]]:
    """The results of every round by target. A round measures all targets in turn, so that other
    work of the machine affects all of them."""
    return [{name: _load(target) for name, target in targets.items()} for _ in range(count)]


def total(loads: Sequence[Load]) -> Load:
    """Of rounds of one duration as if they were one; the percentiles are means."""
    rate = fmean(load.rate for load in loads)
    return Load(
        rate,
        fmean(load.p50 for load in loads),
        fmean(load.p99 for load in loads),
        fmean(load.cpu * load.rate for load in loads) / rate,
    )


def _load(target: Target) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(target.script)
        file.flush()
        options = ["-t1", f"-c{_CONNECTIONS}", f"-d{target.seconds}s", "--latency"]
        before = _cpu_of(target)
        command = ["wrk", *options, "--timeout", "30s", "-s", file.name, target.url]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s*([0-9.]+)", out)
    if rate is None or "Non-2xx" in out or "Socket errors" in out:
        raise RuntimeError(out)
    count = re.search(r"(\d+) requests in", out)
    cpu = (_cpu_of(target) - before) * 1000 / int(count[1]) if count else 0
    return Load(float(rate[1]), _percentile(50, out), _percentile(99, out), cpu)


def _cpu_of(target: Target) -> float:
    return cpu(target.process) if target.process else 0


def _percentile(share: int, out: str) -> float:
    match = re.search(rf"{share}%\s+([0-9.]+)(us|ms|s|m)\b", out)
    if match is None:
        raise RuntimeError(out)
    return float(match[1]) * _MILLISECONDS[match[2]]
