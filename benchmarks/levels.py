"""`make levels`: a comparison of the five images. Prints Markdown and writes a bar chart (SVG).

    python -m benchmarks.levels [--chart PATH] [--keep-cache]

`--keep-cache` builds from the cache and does not measure the time of a clean build.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO

from benchmarks import chart, contents, footprint
from benchmarks.contents import open_member
from simulator import Upstreams
from tests.images import engine
from tests.images.engine import LEVELS, ROOT, docker

# The blog post's figures for its app: megabytes, and seconds to build.
POST = {"common": (571, 59.8), "magic": (141, 16.4), "rare": (81.7, 49.8), "epic": (62.3, 8.6)}
GAVE_UP = ("gave up", "–")
_PAGE = "/Paris?format=html"
_STARTS = 5
_TO_REST = 2  # seconds after the first responses: the workers start one after the other
_ROUNDS = 6
_REQUESTS = 500
_CONTEXT = ("app.py", "requirements.txt", "weather", "packaging", ".dockerignore")


@dataclass
class Level:
    name: str
    standin: str = ""
    size: float = 0  # megabytes, as everything below
    pulled: float = 0
    build: float | None = None  # seconds, as everything below
    rebuild: float = 0
    start: float = 0
    memory: float = 0
    cpu: float = 0  # milliseconds of CPU time for a warm page
    files: int = 0
    components: int = 0
    shell: bool = False


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.levels", description=__doc__)
    parser.add_argument("--chart", type=Path, default=ROOT / "docs/levels.svg")
    parser.add_argument("--keep-cache", action="store_true", help="do not measure clean builds")
    options = parser.parse_args()
    if reason := engine.missing():
        sys.exit(f"The levels cannot be built: {reason}.")
    levels = [measure(name, clean=not options.keep_cache) for name in LEVELS]
    with Upstreams() as upstreams:
        run_all(levels, {**upstreams.environment(), "CACHE_URL": "memory"})
    for level in levels:
        progress(f"{level.name}: build after a change of one line")
        level.rebuild = rebuild_time(level.name)
    print("\n".join((*readme(levels), "", *table(levels))))
    options.chart.write_text(chart.bars([(level.name, level.size) for level in levels], POST_SIZES))


POST_SIZES = {name: size for name, (size, _) in POST.items()}


def progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def measure(name: str, *, clean: bool) -> Level:
    """Builds the image and looks into it."""
    level = Level(name)
    level.standin = "; ".join(filter(None, map(engine.provide, engine.bases(name))))
    progress(f"{name}: build{', without cache' if clean else ''}")
    seconds = engine.build(name, *(["--no-cache"] if clean else []))
    level.build = seconds if clean else None
    progress(f"{name}: contents")
    level.size = int(docker("image", "inspect", "-f", "{{.Size}}", f"app:{name}")) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        level.pulled = compressed(name, Path(folder)) / 1e6
    inside = contents.read(f"app:{name}")
    level.files, level.shell = inside.files, inside.shell
    level.components = len(inside.components)
    return level


def run_all(levels: list[Level], environment: dict[str, str]) -> None:
    """Starts the images, and then sends requests to all of them in turn: rounds alternate, so that
    other work of the machine affects all."""
    progress("start")
    starts = [{level.name: start_time(level.name, environment) for level in levels}
              for _ in range(_STARTS)]  # fmt: skip
    settings = {**environment, "RATE_LIMIT": "0"}
    with ExitStack() as running:
        containers = {
            level.name: running.enter_context(engine.running(level.name, settings))
            for level in levels
        }
        for container in containers.values():
            container.wait()
        time.sleep(_TO_REST)
        for level in levels:
            level.start = median(start[level.name] for start in starts)
            level.memory = footprint.memory(containers[level.name])
        progress("CPU time")
        rounds = [
            {name: footprint.cpu_per_request(container, [_PAGE] * _REQUESTS)
             for name, container in containers.items()}
            for _ in range(_ROUNDS)
        ]  # fmt: skip
    for level in levels:
        level.cpu = median(one[level.name] for one in rounds[1:])  # the first one warms up


def compressed(name: str, folder: Path) -> int:
    """Bytes of all layers as a registry stores them (gzip -6)."""
    saved = folder / "image.tar"
    docker("save", "--output", str(saved), f"app:{name}")
    with tarfile.open(saved) as archive:
        layers = json.load(open_member(archive, "manifest.json"))[0]["Layers"]
        return sum(gzip_size(open_member(archive, layer)) for layer in layers)


def gzip_size(layer: IO[bytes]) -> int:
    with tempfile.TemporaryFile() as out:
        with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=6) as packed:
            shutil.copyfileobj(layer, packed)
        return out.tell()


def start_time(name: str, environment: dict[str, str]) -> float:
    """Seconds from `docker run` to the first response with status 200."""
    start = time.monotonic()
    with engine.running(name, environment) as container:
        container.wait()
        return time.monotonic() - start


def rebuild_time(name: str) -> float:
    """Seconds of a build after one line of code was added, with everything else in the cache."""
    engine.build(name)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in (*_CONTEXT, f"Dockerfile.{name}"):
            subprocess.run(["cp", "-r", str(ROOT / part), str(copy / part)], check=True)
        with (copy / "weather/__init__.py").open("a") as file:
            file.write(f"\nCHANGED = {time.time()}\n")
        try:
            return engine.build(name, context=copy)
        finally:
            engine.build(name)


def readme(levels: list[Level]) -> list[str]:
    """The columns of README's table."""
    lines = [
        "| level | size, MB | the post's | built in, s | the post's | after one line, s |",
        "|---|" + "---:|" * 5,
    ]
    for level in levels:
        size, build = POST.get(level.name, GAVE_UP)
        clean = "not measured" if level.build is None else f"{level.build:.0f}"
        cells = (f"{level.size:.1f}", str(size), clean, str(build), f"{level.rebuild:.0f}")
        lines.append(f"| {level.name} | {' | '.join(cells)} |")
    return lines


def table(levels: list[Level]) -> list[str]:
    lines = [
        "| level | post: size, MB | post: build, s | size, MB | as pulled, MB | build, s "
        "| after one line, s | to the first 200, s | memory, MB | CPU of a warm page, ms | files "
        "| components | shell |",
        "|---|" + "---:|" * 11 + "---|",
    ]
    lines += [row(level) for level in levels]
    notes = [
        f"\\* {level.name}: on a stand-in ({level.standin})." for level in levels if level.standin
    ]
    return [*lines, "", *notes]


def row(level: Level) -> str:
    size, build = POST.get(level.name, GAVE_UP)
    cells = [
        level.name + (" \\*" if level.standin else ""),
        str(size),
        str(build),
        f"{level.size:.1f}",
        f"{level.pulled:.1f}",
        "not measured" if level.build is None else f"{level.build:.1f}",
        f"{level.rebuild:.1f}",
        f"{level.start:.2f}",
        f"{level.memory:.0f}",
        f"{level.cpu:.2f}",
        f"{level.files:,}",
        str(level.components),
        "yes" if level.shell else "no",
    ]
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
