"""Which modules the static executable carries."""

from __future__ import annotations

import ast
import sys
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


CONFIG = """\
struct _inittab _PyImport_Inittab[] = {
    {"_json", PyInit__json},
    {"_pickle", PyInit__pickle},
    {"marshal", PyMarshal_Init},
    {"builtins", NULL},
    /* Sentinel */
    {0, 0}
};
"""


def test_c_modules_are_those_of_the_build_without_those_left_out(tmp_path: Path) -> None:
    (tmp_path / "Modules").mkdir()
    (tmp_path / "Modules/config.c").write_text(CONFIG)
    assert load("modules").built_in(tmp_path) == {"_json", "marshal", "builtins"}


def test_the_linker_gets_a_list_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "modules", load("modules"))
    text = load("inittab").without_cut(CONFIG)
    assert text == CONFIG.replace('    {"_pickle", PyInit__pickle},\n', "")
