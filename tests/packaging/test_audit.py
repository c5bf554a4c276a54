"""The verdict on the output of pip-audit, whose format is its own (`--format json`)."""

from __future__ import annotations

import json
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SKIPPED = {"name": "astral", "skip_reason": "Dependency not found and could not be audited"}
FINE = {"name": "flask", "version": "3.1.3", "vulns": []}
VULNERABLE = {
    "name": "urllib3",
    "version": "1.26.0",
    "vulns": [
        {"id": "PYSEC-2021-108", "fix_versions": ["1.26.5"], "aliases": [], "description": ""}
    ],
}


@pytest.fixture
def audit() -> Any:
    loader = SourceFileLoader("audit", str(ROOT / ".ci" / "audit"))
    spec = spec_from_loader("audit", loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def output(*dependencies: object) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


@pytest.mark.parametrize("text", ["", "no JSON", "[]", "{}", output(SKIPPED, SKIPPED), output()])
def test_what_no_database_knows_is_not_called_audited(audit: Any, text: str) -> None:
    assert audit.verdict(text)[0] is None


def test_a_vulnerability_fails_and_is_listed(audit: Any) -> None:
    status, text = audit.verdict(output(FINE, VULNERABLE))
    assert status == 1
    assert "urllib3 1.26.0: PYSEC-2021-108, mended in 1.26.5" in text


def test_packages_without_one_pass_and_are_counted(audit: Any) -> None:
    assert audit.verdict(output(FINE, FINE)) == (0, "2 audited")
    assert audit.verdict(output(FINE, SKIPPED)) == (0, "1 audited, 1 NOT AUDITED")


def test_all_locked_requirements_of_running_and_testing_are_audited(audit: Any) -> None:
    for name in audit.LOCKED:
        assert "--hash=sha256:" in (ROOT / name).read_text()
    locked = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("requirements/*.txt")}
    # Of the packages in data.txt only the data files are read, when the atlas is built.
    assert locked - {"requirements/data.txt"} <= set(audit.LOCKED)


def test_ci_runs_the_audit() -> None:
    assert ".ci/audit" in (ROOT / ".ci" / "run").read_text()
