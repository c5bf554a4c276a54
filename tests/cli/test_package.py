"""The package that `pipx install .` builds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.processes import ROOT, run
from weather.core.version import VERSION

_IGNORED = shutil.ignore_patterns("__pycache__")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built in a copy, as setuptools writes beside the sources."""
    folder = tmp_path_factory.mktemp("package")
    shutil.copytree(ROOT / "weather", folder / "weather", ignore=_IGNORED)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, folder)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", "out", "."]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=600, check=False
    )
    if "No matching distribution found for setuptools" in done.stderr:
        pytest.skip("setuptools cannot be fetched: no package index")
    assert done.returncode == 0, done.stderr
    return next((folder / "out").iterdir())


def test_the_package_has_every_file_of_the_service(wheel: Path) -> None:
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "weather").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("weather/")}
    assert packed == files


def test_the_package_declares_its_program_its_version_and_what_it_needs(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    information = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    text = archive.read(information).decode()
    assert f"\nVersion: {VERSION}\n" in text
    needed = set(re.findall(r"^Requires-Dist: ([\w-]+)", text, re.MULTILINE))
    base = (ROOT / "requirements" / "base.in").read_text()
    assert needed == set(re.findall(r"^(\w[\w-]*)", base, re.MULTILINE))
    entries = archive.read(information.replace("METADATA", "entry_points.txt")).decode()
    assert "weather = weather.cli.main:weather" in entries


def test_the_installed_package_runs_outside_of_the_project(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = "import sys; sys.argv = ['weather', 'Paris', '--format=j1']; " \
        "from weather.cli.main import weather; sys.exit(weather())"  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path / "site"),
             "CACHE_URL": "memory", "OPEN_METEO_URL": "http://127.0.0.1:1"},
        check=False,
    )  # fmt: skip
    assert done.returncode == 1, "there is no provider"
    assert "Traceback" not in done.stderr


def test_the_version_is_printed() -> None:
    done = run("app.py", "--version")
    assert (done.returncode, done.stdout) == (0, f"weather {VERSION}\n")
