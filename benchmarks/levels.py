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
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO

from benchmarks import chart, contents, load
from benchmarks.contents import open_member
from simulator import Upstreams
from tests.images import engine
from tests.images.engine import LEVELS, ROOT, Container, docker

# The blog post's figures for its app: megabytes, and seconds to build.
POST = {"common": (571, 59.8), "magic": (141, 16.4), "rare": (81.7, 49.8), "epic": (62.3, 8.6)}
_PAGE = "/Paris?format=html"
_STARTS = 5
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
    speed: float | None = None  # requests a second
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
    with Upstreams() as upstreams:
        levels = [measure(name, upstreams, clean=not options.keep_cache) for name in LEVELS]
    print("\n".join(table(levels)))
    options.chart.write_text(chart.bars([(level.name, level.size) for level in levels], POST_SIZES))


POST_SIZES = {name: size for name, (size, _) in POST.items()}


def progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def measure(name: str, upstreams: Upstreams, *, clean: bool) -> Level:
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
    progress(f"{name}: start")
    environment = {**upstreams.environment(), "CACHE_URL": "memory"}
    level.start = median(start_time(name, environment) for _ in range(_STARTS))
    with engine.running(name, environment) as container:
        container.wait()
        time.sleep(2)
        level.memory = memory(container)
        progress(f"{name}: speed")
        level.speed = load.speed(container.url + _PAGE)
    progress(f"{name}: build after a change of one line")
    level.rebuild = rebuild_time(name)
    return level


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


def memory(container: Container) -> float:
    """Megabytes of all processes together, shared pages counted once (PSS)."""
    rows = docker("top", container.name, "-eo", "pid,comm").splitlines()[1:]
    total = 0
    for row in rows:
        rollup = Path(f"/proc/{row.split()[0]}/smaps_rollup").read_text()
        total += next(int(li.split()[1]) for li in rollup.splitlines() if li.startswith("Pss:"))
    return total / 1024


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


def table(levels: list[Level]) -> list[str]:
    lines = [
        "| level | post: size, MB | post: build, s | size, MB | as pulled, MB | build, s "
        "| after one line, s | to the first 200, s | memory, MB | warm requests/s | files "
        "| components | shell |",
        "|---|" + "---:|" * 11 + "---|",
    ]
    lines += [row(level) for level in levels]
    notes = [
        f"\\* {level.name}: on a stand-in ({level.standin})." for level in levels if level.standin
    ]
    return [*lines, "", *notes]


def row(level: Level) -> str:
    size, build = POST.get(level.name, ("gave up", "–"))
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
        "not measured" if level.speed is None else f"{level.speed:,.0f}",
        f"{level.files:,}",
        str(level.components),
        "yes" if level.shell else "no",
    ]
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
