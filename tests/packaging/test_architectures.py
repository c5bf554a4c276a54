"""The Dockerfiles and the recipe of level 5 build for amd64 and for arm64."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LEVELS = ("common", "magic", "rare", "epic", "legendary")
RECIPE = ROOT / "packaging/legendary"
# Of one architecture: its names, its folders of libraries, and its packages.
ONE = re.compile(r"amd64|arm64|x86.64|aarch64|i[36]86|armv\d|lib64|\S+-linux-(gnu|musl)")
_FROM = re.compile(r"^FROM (?:--platform=(\S+) )?(\S+)(?: AS (\S+))?$", re.MULTILINE)


def instructions(level: str) -> str:
    text = (ROOT / f"Dockerfile.{level}").read_text()
    return re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("level", LEVELS[:4])
def test_the_dockerfile_names_no_architecture(level: str) -> None:
    assert ONE.findall(instructions(level)) == []


@pytest.mark.parametrize("level", LEVELS)
def test_no_stage_has_a_fixed_platform(level: str) -> None:
    platforms = {platform for platform, _, _ in _FROM.findall(instructions(level))}
    assert platforms <= {"", "$BUILDPLATFORM"}


def test_what_compiles_for_another_architecture_is_in_a_stage_of_its_own() -> None:
    """So that no change for it invalidates the cache of a build for the machine's own."""
    stages = re.split(r"^(?=FROM )", instructions("legendary"), flags=re.MULTILINE)
    named = {stage.splitlines()[0]: stage for stage in stages if ONE.search(stage)}
    own, other = "FROM sources AS {0}-for-{0}", "FROM sources AS amd64-for-arm64"
    assert named.keys() == {own.format("amd64"), own.format("arm64"), other}
    assert [name for name, stage in named.items() if len(stage.splitlines()) > 1] == [other]


def test_the_recipe_has_its_architecture_from_uname() -> None:
    """OpenSSL's list of files names one, which `libraries.sh` only looks for."""
    lines = [
        line
        for script in [*RECIPE.glob("*.sh"), RECIPE / "compile-by-heat", RECIPE / "main.c"]
        for line in script.read_text().splitlines()
        if ONE.search(line) and "$machine-linux" not in line
    ]
    assert lines == ["    grep -q 'ecp_nistz256.c ecp_nistz256-x86_64.s' crypto/ec/build.info"]
