"""The imports of every folder are those of the table in docs/design.md."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "weather"

# Folder (or module directly in the package) → the folders and modules it may import.
ALLOWED: dict[str, set[str]] = {
    "settings": {"core", "providers/registry"},
    "namespaces": {"settings", "providers/registry", "providers/declaration"},
    "core": set(),
    "i18n": {"core"},
    "stores": {"core"},
    "metrics": {"core", "stores/file_locks"},
    "operations": {"core", "metrics", "stores", "upstream"},
    "cache": {"core", "metrics", "stores"},
    "upstream": {"core", "metrics", "stores"},
    "providers": {"core", "upstream", "atlas"},
    "atlas": {"core"},
    "places": {"core", "cache"},
    "forecasts": {"core", "cache"},
    "views": {"core", "i18n"},
    "web": {"core", "i18n", "metrics", "views", "places", "forecasts"},
    "server": {"core", "settings", "web/environ"},
}
# These join the other folders.
UNRESTRICTED = {"__init__", "factory", "validation", "cli"}
# Third-party package → the folders and modules that may import it.
THIRD_PARTY = {
    "astral": {"core/ephemeris", "core/moon"},
    "cachelib": {"stores"},
    "requests": {"upstream"},
    "urllib3": {"upstream"},
    "maxminddb": {"providers"},
    "flask": {"__init__", "factory", "web", "server", "cli"},
    "werkzeug": {"web"},
    "gunicorn": {"server"},
    "jinja2": {"views/html"},
    "markupsafe": {"views/html"},
}
FILES = sorted(path for path in ROOT.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """The modules that a file imports, by full name."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    return modules


def name(path: Path) -> str:
    """ "web/routes" for weather/web/routes.py"""
    return path.relative_to(ROOT).with_suffix("").as_posix()


def is_within(module: str, places: set[str]) -> bool:
    return any(module == place or module.startswith(f"{place}/") for place in places)


def project_imports(path: Path) -> set[str]:
    return {
        module.removeprefix("weather.").replace(".", "/")
        for module in imports(path)
        if module.startswith("weather.")
    }


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_folder_imports_only_what_the_table_allows(path: Path) -> None:
    own = name(path).split("/")[0]
    if own in UNRESTRICTED:
        return
    assert own in ALLOWED, f"{own} is new: say in the table what it may import"
    forbidden = {m for m in project_imports(path) if not is_within(m, {own, *ALLOWED[own]})}
    assert not forbidden


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_library_is_imported_only_where_the_table_allows(path: Path) -> None:
    for module in imports(path):
        package = module.split(".")[0]
        if package in THIRD_PARTY:
            assert is_within(name(path), THIRD_PARTY[package]), f"{name(path)} imports {package}"


def test_settings_load_no_library() -> None:
    """The health probe of a container reads them every few seconds."""
    code = "import sys, weather.settings; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT.parent, check=True, capture_output=True, text=True
    ).stdout.split()
    assert not {module.split(".")[0] for module in modules} & set(THIRD_PARTY)
    assert not {"weather.atlas", "weather.stores", "weather.upstream.client"} & set(modules)


def test_the_table_names_only_what_exists() -> None:
    assert set(ALLOWED) <= {path.relative_to(ROOT).with_suffix("").parts[0] for path in FILES}
