"""The scripts by which shells complete the command line, in the real shells."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.processes import PATIENCE, run
from weather.cli import completion, forecast

_COMPLETE = """
source /dev/stdin <<< "$SCRIPT"
COMP_WORDS=({words}) COMP_CWORD={index}
_weather 2>/dev/null
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def completed(*words: str) -> list[str]:
    """What bash proposes for the last word."""
    quoted = " ".join(f"'{word}'" for word in words)
    text = _COMPLETE.format(words=quoted, index=len(words) - 1)
    done = subprocess.run(
        ["bash", "-c", text], env={**os.environ, "SCRIPT": completion.script("bash")},
        capture_output=True, text=True, timeout=PATIENCE, check=True,
    )  # fmt: skip
    return done.stdout.split()


def test_bash_completes_commands_and_options() -> None:
    assert completed("weather", "he") == ["health"]
    assert set(completed("weather", "")) == set(completion.COMMANDS)
    assert completed("weather", "--js") == ["--json"]
    assert completed("weather", "Paris", "--unit") == ["--units="]
    assert set(completed("weather", "Paris", "--")) == set(forecast.options())
    assert completed("weather", "completion", "z") == ["zsh"]
    assert completed("weather", "update-geoip", "") == ["--force"]
    assert completed("weather", "serve", "") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_accepts_its_script(shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed (Debian: {shell})")
    done = subprocess.run(
        [program, "-n"], input=completion.script(shell), capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_every_command_and_option_is_in_every_script() -> None:
    for shell in ("bash", "zsh", "fish"):
        text = completion.script(shell)
        for command in completion.COMMANDS:
            assert command in text
        for option in forecast.options():
            assert option.strip("-=") in text


def test_another_shell_is_refused() -> None:
    for arguments in ((), ("tcsh",), ("bash", "zsh")):
        done = run("app.py", "completion", *arguments)
        assert done.returncode == 2
        assert "bash, zsh, fish" in done.stderr
