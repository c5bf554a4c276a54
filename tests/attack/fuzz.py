"""Requests by chance on the service's socket: no 5xx, no traceback, errors as requested.

    python -m tests.attack.fuzz --seed 7 --seconds 300

The service runs in a process of its own, as users run it, in front of the simulated providers.
A failure is printed with its request.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from simulator import Upstreams
from tests.attack import requests
from tests.attack.command import Run, main
from tests.attack.exchange import Answer, MalformedError, exchange, parsed
from tests.attack.requests import RawRequest
from tests.processes import serve

# Of a request that is at fault itself: methods and versions that no one has.
ALLOWED = frozenset({501, 505})
LARGEST = 600_000  # bytes of any answer without its coding
SETTINGS = {"RATE_LIMIT": "0", "OPEN_METEO_BUDGET": "1000000,1000000,1000000"}


def attack(run: Run) -> None:
    with tempfile.TemporaryDirectory() as folder, Upstreams() as upstreams:
        log = Path(folder, "log")
        environment = {**upstreams.environment(), **SETTINGS}
        with serve(log, environment) as service:
            while run.next_round():
                request = requests.by_chance(run.chance)
                run.counts["requests"] += 1
                for problem in problems(service.port, request, run):
                    run.fail(f"{problem}\n  {request.data[:400]!r}")
            if service.process.poll() is not None:
                run.fail("the service has ended")
        if "Traceback" in (text := log.read_text(errors="replace")):
            run.fail("a traceback in the log:\n" + text[text.index("Traceback") - 500 :][:1800])


def problems(port: int, request: RawRequest, run: Run) -> list[str]:
    try:
        received = exchange(port, request.data)
        answers = parsed(received, head=request.method == "HEAD")
    except (MalformedError, OSError) as error:
        return [f"{type(error).__name__}: {error}"]
    if not answers:
        run.counts["connections closed without an answer"] += 1
        return [] if not request.kind else ["no answer"]
    found = []
    for answer in answers:
        run.counts[f"{answer.status // 100}xx"] += 1
        found += _problems_of(answer, request)
    return found


def _problems_of(answer: Answer, request: RawRequest) -> list[str]:
    found = []
    # Crawlers get what is stored, and nothing is.
    crawler = answer.status == 503 and b"bot" in request.data
    if answer.status >= 500 and answer.status not in ALLOWED and not crawler:
        found.append(f"status {answer.status}: {answer.content[:200]!r}")
    if b"Traceback" in answer.body or b"werkzeug" in answer.body.lower():
        found.append("the inside of the program in the answer")
    content = answer.content
    if len(content) > LARGEST:
        found.append(f"{len(content)} bytes")
    if request.kind:
        found += _problems_of_representation(answer, content, request.kind)
    return found


def _problems_of_representation(answer: Answer, content: bytes, kind: str) -> list[str]:
    """Of an answer whose representation is known, an error above all."""
    problem = answer.status >= 400 and kind == "application/json"
    expected = "application/problem+json" if problem else kind
    if answer.kind != expected:
        return [f"{answer.kind} with status {answer.status}, not {expected}"]
    if kind == "application/json":
        body = json.loads(content)
        complete = not problem or {"title", "status", "detail"} <= set(body)
        return [] if complete else [f"an incomplete problem: {content[:300]!r}"]
    if kind == "text/html":
        whole = content.startswith(b"<!doctype html>") and content.rstrip().endswith(b"</html>")
        return [] if whole else ["half a page"]
    return [] if content.endswith(b"\n") and b"\0" not in content else [f"{content[:300]!r}"]


if __name__ == "__main__":
    main(attack, __doc__)
