"""The tests of `python app.py` as a process, with the executable of level 5."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.images.engine import ROOT, docker

_TESTS = (
    "tests/server/test_gunicorn_app.py",
    "tests/cli/test_main.py",
    "tests/cli/test_health.py",
)
_ENVIRONMENT = dict(os.environ)  # of the session; a test that runs meanwhile may change its own


def check_legendary() -> None:
    """Runs them outside of a container. Raises `AssertionError` with their output if one fails."""
    with tempfile.TemporaryDirectory() as folder:
        executable = Path(folder) / "weather"
        _copy_from("app:legendary", "/weather", executable)
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *_TESTS]
        environment = {**_ENVIRONMENT, "TESTED_SERVICE": str(executable), "NOTHING_SKIPPED": ""}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def _copy_from(image: str, path: str, target: Path) -> None:
    created = docker("create", image)
    try:
        docker("cp", f"{created}:{path}", str(target))
    finally:
        docker("rm", created)
