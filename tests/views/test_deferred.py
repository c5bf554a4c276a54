"""Renderers are imported at their first call, or all of them before a server forks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
# What an import of the application leaves to the first use, and `serve` imports before it forks.
DEFERRED = {
    "requests",
    "weather.views.html.assets",
    "weather.views.html.pages",
    "weather.views.image.preview",
    "weather.views.picture.pictures",
    "weather.views.v2.report",
    "weather.views.wwo.report",
}


def imported(code: str) -> set[str]:
    """The modules after the code has run in an interpreter of its own."""
    return set(
        subprocess.run(
            [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()
    )


def test_the_application_is_imported_without_them() -> None:
    assert not imported("import app") & DEFERRED


def test_loading_imports_every_renderer() -> None:
    loaded = imported("from weather.views import registry, deferred; deferred.load()")
    assert DEFERRED - {"requests"} <= loaded
