"""What `packaging/build` says about an image to the engine."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from weather.core.version import VERSION

ROOT = Path(__file__).parents[2]
ENGINE = '#!/bin/sh\nprintf "%s\\n" "$@"\n'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A checkout with one commit, and an engine that prints its arguments."""
    top = tmp_path / "repository"
    for name in ("packaging/build", "weather/core/version.py"):
        (top / name).parent.mkdir(parents=True)
        shutil.copy2(ROOT / name, top / name)
    engine = tmp_path / "bin" / "docker"
    engine.parent.mkdir()
    engine.write_text(ENGINE)
    engine.chmod(0o755)
    git(top, "init", "--quiet")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message", "First")
    return top


def git(top: Path, *arguments: str) -> str:
    person = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run(
        ["git", "-C", top, *person, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def build(top: Path, **environment: str) -> list[str]:
    path = f"{top.parent / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(
        [top / "packaging/build", "magic", "app:magic", "--no-cache"],
        env={"PATH": path, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()


def test_the_labels_name_the_version_and_the_commit(repository: Path) -> None:
    arguments = build(repository)
    assert f"VERSION={VERSION}" in arguments
    assert f"REVISION={git(repository, 'rev-parse', 'HEAD')}" in arguments
    assert f"CREATED={git(repository, 'log', '-1', '--format=%cI')}" in arguments
    assert arguments[-2:] == ["--no-cache", str(repository)]
    assert arguments[:5] == [
        *("build", "--file", f"{repository}/Dockerfile.magic", "--tag", "app:magic")
    ]


def test_a_changed_checkout_is_no_commit(repository: Path) -> None:
    (repository / "weather/core/version.py").write_text('VERSION = "2.0"\n')
    arguments = build(repository)
    assert "VERSION=2.0" in arguments
    assert f"REVISION={git(repository, 'rev-parse', 'HEAD')}-dirty" in arguments


def test_the_source_has_no_password(repository: Path) -> None:
    git(repository, "remote", "add", "origin", "https://me:secret@example.org/weather.git")
    assert "SOURCE=https://example.org/weather.git" in build(repository)
    assert "SOURCE=https://example.org/fork" in build(repository, SOURCE="https://example.org/fork")


def test_without_git_the_commit_must_be_given(repository: Path) -> None:
    shutil.rmtree(repository / ".git")
    with pytest.raises(subprocess.CalledProcessError):
        build(repository)
    given = {"REVISION": "abc", "CREATED": "2026-11-26T20:00:00+00:00"}
    assert {"REVISION=abc", "CREATED=2026-11-26T20:00:00+00:00"} <= set(build(repository, **given))
