"""What this checkout has gained or lost in speed: `python -m benchmarks.versions COMMIT`.

The service of that commit and the one of this checkout run beside each other, with the libraries
of this one. Needs wrk.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from benchmarks import cold, load, replay, speed, visitors
from benchmarks.load import Load, Target
from benchmarks.services import ROOT, running_in
from simulator import Upstreams

_PLACES = 200
_ROUNDS = 7
_VIEWS = ("JSON", "text", "page", "one line")


def report(commit: str) -> Iterator[str]:
    """Lines of Markdown tables."""
    with ExitStack() as stack:
        providers = replay.replaying(stack.enter_context(Upstreams()))
        environment = stack.enter_context(providers) | {
            "OPEN_METEO_BUDGET": "", "TRUSTED_PROXIES": "1",
        }  # fmt: skip
        folders = (stack.enter_context(_checkout(commit)), ROOT)
        services = [
            stack.enter_context(
                running_in(
                    folder,
                    "app.py",
                    CACHE_URL=stack.enter_context(tempfile.TemporaryDirectory()),
                    **environment,
                )
            )
            for folder in folders
        ]
        places = [visitors.place(number) for number in range(_PLACES)]
        for url, _ in services:
            paths = (f"/{place}?0" for place in ("Paris", *places))
            visitors.check(visitors.visit_each(url, paths))
        for title, script in _kinds_of_load(places):
            yield from _table(title, commit, services, script)
        yield from _first_requests(commit, services)


def _kinds_of_load(places: list[str]) -> Iterator[tuple[str, Callable[[str], str]]]:
    yield "one place, the same visitor", lambda path: ""
    yield (
        "one place, every request from another address",
        lambda path: speed.script(path, ["Paris"]),
    )
    yield f"{_PLACES} places at random", lambda path: speed.script(path, places)


def _table(
    title: str, commit: str, services: list[tuple[str, int]], script: Callable[[str], str]
) -> Iterator[str]:
    yield f"\n| {title} | requests/s | at {commit} | ratio | CPU, ms | at {commit} | ratio |"
    yield "|---|" + "---:|" * 6
    for view in _VIEWS:
        path = speed.TARGETS[view]
        before, now = (
            Target(url + path.format("Paris"), script(path), process) for url, process in services
        )
        load.rounds({"before": before, "now": now}, 1)  # so that both have their responses
        rounds = load.rounds({"before": before, "now": now}, _ROUNDS)
        rate = _figures(rounds, lambda load: load.rate)
        cpu = _figures(rounds, lambda load: load.cpu)
        yield f"| {view} | {rate[1]:,.0f} | {rate[0]:,.0f} | {rate[2]:.2f} " + (
            f"| {cpu[1]:.3f} | {cpu[0]:.3f} | {cpu[2]:.2f} |"
        )


def _figures(
    rounds: list[dict[str, Load]], value: Callable[[Load], float]
) -> tuple[float, float, float]:
    """Medians of the value before and now, and of the rounds' ratios."""
    pairs = [(value(loads["before"]), value(loads["now"])) for loads in rounds]
    before, now = (median(values) for values in zip(*pairs, strict=True))
    return before, now, median(now / before for before, now in pairs)


def _first_requests(commit: str, services: list[tuple[str, int]]) -> Iterator[str]:
    yield f"\n| a place's first request | CPU, ms | at {commit} | ratio |\n|---|" + "---:|" * 3
    first = _PLACES
    for view, query in cold.VIEWS.items():
        rounds = []
        for _ in range(1 + _ROUNDS):
            numbers = range(first, first := first + _PLACES // 4)
            rounds.append(
                [cold.cpu_of_visits(url, master, query, numbers) for url, master in services]
            )
        before, now = (median(values) for values in zip(*rounds[1:], strict=True))
        ratio = median(now / before for before, now in rounds[1:])
        yield f"| {view} | {now:.1f} | {before:.1f} | {ratio:.2f} |"


@contextmanager
def _checkout(commit: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "checkout"
        _git("worktree", "add", "--quiet", "--detach", str(folder), commit)
        try:
            yield folder
        finally:
            _git("worktree", "remove", "--force", str(folder))


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.versions", description=__doc__)
    parser.add_argument("commit", help="a commit, branch or tag")
    for line in report(parser.parse_args().commit):
        print(line, flush=True)
