"""Every command of the documentation is executed: here, or by the test that is named here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from simulator import Upstreams
from tests.processes import PATIENCE, ROOT, free_port, serve

DOCUMENTS = [
    *sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md")), ROOT / "packaging" / "README.md"
]  # fmt: skip
_FENCES = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PROGRAMS = r"curl|weather|docker|python3?|make|pipx|pytest|kubectl|sudo|systemd-analyze"
_INLINE = re.compile(rf"`((?:(?:{_PROGRAMS}) |\.venv/|\.ci/)[^`]+)`")
_SHELLS = {"sh", "bash", "zsh"}
# Parts of commands, which prose names.
_FRAGMENTS = re.compile(
    r"curl -[fg]|pytest -(rs|m images)|docker image inspect|.* …|.*\?lang=….*|\.venv/bin/python"
)

# Commands that change this machine, need an engine, or take minutes, and what executes them.
ELSEWHERE = {
    r"make test|\.ci/run": ".ci/engine:make test|\"$@\"",
    r"packaging/build legendary .*": "tests/images/engine.py:packaging/build",
    r"docker build --build-arg .*": "tests/images/engine.py:Dockerfile",
    r"docker run .*": "tests/images/engine.py:--read-only",
    r"docker compose .*": "tests/deploy/test_files.py:def test_the_compose_file_is_valid",
    r"kubectl apply -k deploy/kubernetes":
        "tests/deploy/test_files.py:def test_the_kustomization_has_every_file_and_renders",
    r"sudo python3 -m venv .*|sudo /opt/weather/bin/pip install \.|pipx install \.":
        "tests/cli/test_package.py:def test_the_installed_package_runs_outside_of_the_project",
    r"sudo (cp|systemctl) .*": "tests/deploy/test_files.py:def test_systemd_accepts_the_unit",
    r"systemd-analyze security": "tests/deploy/test_files.py:def test_the_unit_is_hardened",
    r"\.venv/bin/python app\.py update-geoip": "tests/cli/test_update_geoip.py:def test_",
    r"pytest tests/browser -k \w+": "tests/browser/test_page.py:def test_",
    r"pytest tests/browser/test_fit\.py": "tests/browser/test_fit.py:def test_",
    r"pytest tests/views/html -k few_elements": "tests/views/html/test_opened_days.py:few_elements",
    r"\.ci/audit": "tests/packaging/test_audit.py:def test_",
    r"python -m tests\.page_states .*": "tests/page_states.py:def ",
}  # fmt: skip
# `make` and modules, which are started as far as that changes nothing.
_MAKE = re.compile(r"make (\w+)")
_MODULE = re.compile(r"(?:\.venv/bin/)?python -m ((?:benchmarks|tests|translations)[\w.]*)( .*)?")
_TABLES = {"tests.settings_table", "tests.metrics_table"}
_STARTS = {"weather serve", "python app.py", ".venv/bin/python app.py"}


def commands() -> Iterator[str]:
    """Of the documents: lines of shells, without their comments, and what prose names."""
    for document in DOCUMENTS:
        text = document.read_text()
        for language, block in _FENCES.findall(text):
            lines = block.replace("\\\n", " ").splitlines()
            if language in _SHELLS:
                yield from (line for line in lines if line and not line.startswith("#"))
            yield from (line[2:] for line in lines if not language and line.startswith("$ "))
        yield from _INLINE.findall(_FENCES.sub("", text))


def cleaned(command: str) -> str:
    return re.sub(r"\s+# .*|\s{3,}#.*", "", re.sub(r"\s+", " ", command)).strip()


ALL = sorted({cleaned(command) for command in commands()})
EXECUTED = [command for command in ALL if not _FRAGMENTS.fullmatch(command)]


def elsewhere(command: str) -> str | None:
    return next((place for form, place in ELSEWHERE.items() if re.fullmatch(form, command)), None)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """With the program `weather`, a program that shows messages, and simulated providers."""
    folder = tmp_path_factory.mktemp("programs")
    body = "import sys; from weather.cli.main import weather; sys.exit(weather())"
    (folder / "weather").write_text(f"#!{sys.executable}\n{body}\n")
    (folder / "notify-send").write_text("#!/bin/sh\n")
    (folder / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    for program in folder.iterdir():
        program.chmod(0o755)
    with Upstreams() as upstreams:
        upstreams.now = lambda: datetime.now(UTC)
        yield {
            **upstreams.environment(), "PATH": f"{folder}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT), "HOME": str(folder), "CACHE_URL": str(folder / "cache"),
        }  # fmt: skip


@pytest.fixture(scope="module")
def port(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("service")
    with serve(folder / "log", environment) as service:
        yield service.port


def shell(command: str, environment: dict[str, str], program: str = "bash") -> str:
    options = ["-o", "pipefail"] if program == "bash" else ["-f", "-o", "nomatch"]
    done = subprocess.run(
        [program, *options, "-ec", command], cwd=ROOT, env=environment, capture_output=True,
        text=True, timeout=2 * PATIENCE, check=False,
    )  # fmt: skip
    # `jq -e` says by its status what the answer is.
    expected = {0, 1} if "jq -e" in command else {0}
    assert done.returncode in expected, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("command", EXECUTED)
def test_the_command_works(command: str, environment: dict[str, str], port: int) -> None:
    if place := elsewhere(command):
        file, _, text = place.partition(":")
        assert any(part in (ROOT / file).read_text() for part in text.split("|")), place
    elif match := _MAKE.fullmatch(command):
        shell(f"make --dry-run {match[1]}", environment)
    elif match := _MODULE.fullmatch(command):
        assert find_spec(match[1]), command
        if match[1] in _TABLES:
            assert shell(command.replace(".venv/bin/", ""), environment).startswith("| `")
    elif command in _STARTS:
        starts(command.replace(".venv/bin/", ""), environment)
    else:
        asks(command, environment, port)


def asks(command: str, environment: dict[str, str], port: int) -> None:
    """A command of a client, in bash; in zsh, which takes a bare question mark for a pattern."""
    if "jq" in command and not shutil.which("jq"):
        pytest.skip("jq is not installed (Debian: jq)")
    own = command.replace("localhost:8000", f"localhost:{port}")
    own = own.replace("python app.py health", f"PORT={port} python app.py health")
    if "localhost:8000" in command or command.startswith(("weather ", "python app.py")):
        shell(own, environment)
    else:
        shell(f"{own} :" if own.endswith("=") else own, environment)
    if (zsh := shutil.which("zsh")) and "bash" not in command and "PS1" not in command:
        shell(own, environment, zsh)


def starts(command: str, environment: dict[str, str]) -> None:
    port = free_port()
    process = subprocess.Popen(
        command.split(), cwd=ROOT, env=environment | {"PORT": str(port), "HOST": "127.0.0.1"}
    )
    try:
        answers = f"curl -fs localhost:{port}/healthz"
        shell(f"timeout {PATIENCE} sh -c 'until {answers}; do sleep 0.2; done'", environment)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def test_the_documents_have_commands() -> None:
    assert len(EXECUTED) > 40


def test_no_url_with_a_question_mark_is_bare() -> None:
    """zsh takes it for a pattern, and refuses the command."""
    for command in ALL:
        unquoted = re.sub(r"'[^']*'|\"[^\"]*\"", "", command)
        assert not re.search(r"localhost\S*\?", unquoted), command


def test_the_documents_link_to_files_that_exist() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_documents_are_found() -> None:
    assert {Path("README.md"), Path("docs/run.md"), Path("CONTRIBUTING.md")} <= {
        document.relative_to(ROOT) for document in DOCUMENTS
    }
