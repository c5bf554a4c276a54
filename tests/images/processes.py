"""The tests of `python app.py` as a process, with an executable of level 5."""

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
        copy_from("app:legendary", "/weather", executable)
        check(str(executable), *_TESTS)


def check(service: str, *tests: str, **environment: str) -> None:
    """Runs files of tests with a command as the service. Raises `AssertionError` with their output
    if one fails."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *tests]
    variables = {**_ENVIRONMENT, "TESTED_SERVICE": service, "NOTHING_SKIPPED": "", **environment}
    done = subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def copy_from(image: str, path: str, target: Path) -> None:
    created = docker("create", image)
    try:
        docker("cp", f"{created}:{path}", str(target))
    finally:
        docker("rm", created)
