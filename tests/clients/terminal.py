"""A terminal, by tmux, and what it shows."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from tests.conftest import until
from tests.processes import PATIENCE

_MEASURE = Path(__file__).parent / "programs" / "columns_of_lines.py"
_END = "= END ="  # a line that no view has
_ROWS = 70


@dataclass(frozen=True)
class Terminal:
    """A tmux server of its own, whose only window runs a command. `socket` is its file."""

    socket: Path

    def run(self, *arguments: str) -> str:
        command = ("tmux", "-S", str(self.socket), "-f", "/dev/null", "-u", *arguments)
        done = subprocess.run(
            command, check=True, capture_output=True, timeout=PATIENCE, env=_ENVIRONMENT
        )
        return done.stdout.decode()


_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "screen"}


@contextmanager
def _terminal(folder: Path, columns: int, command: str) -> Iterator[Terminal]:
    # A file of its own: a server that ends removes that of its successor.
    terminal = Terminal(folder / uuid4().hex[:8])
    size = ("-x", str(columns), "-y", str(_ROWS))
    terminal.run("new-session", "-d", *size, f"{command}; exec cat")
    try:
        yield terminal
    finally:
        terminal.run("kill-server")


def shown(folder: Path, columns: int, url: str, *, colors: bool = False) -> list[str]:
    """The lines that a terminal of `columns` shows after `curl URL`, with escape sequences for
    their colours if those are wanted. A line that is too long for it takes two."""
    command = f"curl -s {shlex.quote(url)}; echo {shlex.quote(_END)}"
    with _terminal(folder, columns, command) as terminal:
        capture = ("capture-pane", "-p", *(("-e",) if colors else ()))
        until(lambda: _END in terminal.run(*capture))
        screen = terminal.run(*capture)
    return screen.partition(_END)[0].splitlines()


def measured(folder: Path, text: str) -> list[int]:
    """The columns that the terminal gives to each line of a text."""
    source, result = folder / "text", folder / "positions"
    source.write_text(text, encoding="utf-8")
    result.unlink(missing_ok=True)
    command = shlex.join((sys.executable, str(_MEASURE), str(source), str(result)))
    with _terminal(folder, 400, command):
        until(result.exists)
    positions = json.loads(result.read_text())
    assert {row for row, _ in positions} == {0}  # no line was wrapped
    return [column for _, column in positions]
