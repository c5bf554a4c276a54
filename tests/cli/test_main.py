"""The command line: which command runs, its exit status and what it prints."""

from __future__ import annotations

import json

import pytest

from tests.processes import SERVICE, run

# As it must be typed: the executable of level 5 has no app.py.
PROGRAM = "python app.py" if SERVICE[-1] == "app.py" else SERVICE[-1]
COMMANDS = (f"{PROGRAM} health", f"{PROGRAM} update-geoip", "--force")
HEAVY = {"flask", "werkzeug", "jinja2", "requests", "urllib3", "gunicorn", "maxminddb", "astral"}
LOADED = """
import json, sys
from weather.cli.main import main
main(["health"])
print(json.dumps(sorted(sys.modules)))
"""


@pytest.mark.parametrize("option", ["help", "-h", "--help"])
def test_help_names_every_command(option: str) -> None:
    done = run("app.py", option)
    assert done.returncode == 0
    assert all(command in done.stderr for command in COMMANDS)


def test_an_unknown_command_prints_the_help_and_fails() -> None:
    done = run("app.py", "sreve")
    assert done.returncode == 2
    assert all(command in done.stderr for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [("serve", "--x"), ("health", "--x"), ("update-geoip", "--force", "--x"), ("--version", "x")],
)
def test_an_unknown_option_prints_the_help_and_fails(arguments: tuple[str, ...]) -> None:
    done = run("app.py", *arguments, PORT="1")
    assert done.returncode == 2
    assert all(command in done.stderr for command in COMMANDS)


def test_help_of_a_command() -> None:
    done = run("app.py", "serve", "--help", PORT="1")
    assert done.returncode == 0
    assert all(command in done.stderr for command in COMMANDS)


@pytest.mark.parametrize("command", ["serve", "health", "update-geoip"])
def test_every_command_reports_an_unusable_setting(command: str) -> None:
    done = run("app.py", command, PORT="http")
    assert done.returncode == 2
    assert "PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_update_geoip_needs_a_file_to_write() -> None:
    done = run("app.py", "update-geoip")
    assert done.returncode == 2
    assert "GEOIP_DATABASE" in done.stderr


def test_the_health_probe_imports_no_web_framework() -> None:
    """Container engines run it every few seconds."""
    done = run("-c", LOADED, PORT="1")
    modules = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert modules & HEAVY == set()


@pytest.mark.parametrize("program", ["weather", "app.py"])
def test_the_descriptions_of_commands_stand_below_each_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], program: str
) -> None:
    from weather.cli import main

    monkeypatch.setattr("sys.argv", [program])
    assert main.main(["help"]) == 0
    described = ("serve with", "the weather there", "--json", "check the", "fetch the", "--force:",
                 "print a")  # fmt: skip
    lines = capsys.readouterr().err.splitlines()
    columns = {line.index(text) for text in described for line in lines if text in line}
    assert len(columns) == 1
