"""Requests per second, by wrk, as ratios to a Flask route that returns a constant."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from statistics import median

from benchmarks.services import fetch

_ROUNDS = 5
_SECONDS = 3
_CONNECTIONS = 16
# Every request from another address: the microcache then never has the answer.
_VISITORS = """
local n = 0
request = function()
  n = n + 1
  local address = "81." .. n % 200 .. "." .. math.floor(n / 200) % 200 .. ".160"
  return wrk.format("GET", nil, {["X-Forwarded-For"] = address})
end
"""


def ratios(hello: str, targets: Mapping[str, str], *, visitors: bool = False) -> Iterator[str]:
    """Lines of a Markdown table. Rounds alternate between all targets, so that what else the
    machine does falls on each; the ratio is the median of the rounds'."""
    if shutil.which("wrk") is None:
        yield "| not measured: wrk is not installed | | |"
        return
    for url in targets.values():
        fetch(url)
    with _script(visitors) as script:
        rounds = [
            {name: _requests(url, script) for name, url in {"": hello, **targets}.items()}
            for _ in range(_ROUNDS)
        ]
    for name in targets:
        ratio = median(each[name] / each[""] for each in rounds)
        yield f"| {name} | {median(each[name] for each in rounds):,.0f} | {ratio:.2f} |"


def speed(url: str) -> float | None:
    """Warm requests per second of one page; None where wrk is not installed."""
    if shutil.which("wrk") is None:
        return None
    fetch(url)
    return median(_requests(url, []) for _ in range(_ROUNDS))


@contextmanager
def _script(visitors: bool) -> Iterator[list[str]]:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(_VISITORS)
        file.flush()
        yield ["-s", file.name] if visitors else []


def _requests(url: str, script: list[str]) -> float:
    command = ["wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{_SECONDS}s", *script, url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s*([0-9.]+)", out)
    if found is None or "Non-2xx" in out:
        raise RuntimeError(out)
    return float(found[1])
