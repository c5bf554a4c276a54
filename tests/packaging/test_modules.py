"""Which modules the static executable carries."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.packaging.recipe import load

ROOT = Path(__file__).parents[2]
OURS = sorted((ROOT / "weather").rglob("*.py"))


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_service_imports_nothing_that_is_left_out(path: Path) -> None:
    modules = load("modules")
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    module = modules.Module(name, path, path.stem == "__init__")
    modules.Imports(module, [str(ROOT)]).visit(ast.parse(path.read_bytes()))
    assert [need for need in sorted(module.needs) if modules.cut(need)] == []
