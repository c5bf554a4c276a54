"""The service with the small modules that the static executable has in place of large ones."""

from __future__ import annotations

import html.entities
import platform
import subprocess
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.recipe import FOLDER, load

REPLACEMENTS = FOLDER / "replacements"
NAMES = sorted(
    ".".join(path.relative_to(REPLACEMENTS).with_suffix("").parts).removesuffix(".__init__")
    for path in REPLACEMENTS.rglob("*.py")
)
# Finds the replacements first, as pack.py does; then imports the service and sends it a request.
PROGRAM = """
import importlib
import importlib.machinery
import importlib.util
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])

class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        stem = FOLDER / name.replace(".", "/")
        if (package := stem / "__init__.py").exists():
            others = importlib.machinery.PathFinder.find_spec(name, path).submodule_search_locations
            return importlib.util.spec_from_file_location(
                name, package, submodule_search_locations=[str(stem), *others]
            )
        file = stem.with_suffix(".py")
        return importlib.util.spec_from_file_location(name, file) if file.exists() else None

sys.meta_path.insert(0, Finder)
for name in sys.argv[2:]:
    sys.modules.pop(name, None)
    importlib.import_module(name)

from weather import create_app
from weather.settings import Settings

app = create_app(Settings.from_environment({"CACHE_URL": "memory"}))
status = []
environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/healthz", "SERVER_NAME": "localhost",
           "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
           "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": None}
b"".join(app(environ, lambda line, headers, exc_info=None: status.append(line)))
print(status[0])
print(*sorted(name for name in sys.modules if name.split(".")[0] in {"click", "socketserver"}))
for name in sys.argv[2:]:
    assert Path(sys.modules[name].__file__).is_relative_to(FOLDER), name
"""


@pytest.fixture(scope="module")
def output() -> list[str]:
    """What the program prints. It asserts that every replacement is in use."""
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(Path.cwd())!r})"]
    command[-1] += PROGRAM
    done = subprocess.run(
        [*command, str(REPLACEMENTS), *NAMES], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_service_answers(output: list[str]) -> None:
    assert output[0] == "200 OK"


def test_the_command_line_library_is_not_imported(output: list[str]) -> None:
    assert "click" in output[1].split()  # the replacement
    assert not [name for name in output[1].split() if name.startswith("click.")]


def test_submodules_of_a_replaced_package_are_left_out() -> None:
    modules = load("modules")
    assert modules.cut("click.core")
    assert not any(modules.cut(name) for name in NAMES)


def test_what_a_replacement_cannot_do_it_refuses() -> None:
    serving = load("replacements/werkzeug/serving")
    with pytest.raises(RuntimeError, match="left out"):
        serving.run_simple("localhost", 8000, None)
    assert serving.is_running_from_reloader() is False
    refusals: dict[str, Callable[[Any], object]] = {
        "werkzeug/test": lambda module: module.Client(None),
        "jinja2/bccache": lambda module: module.FileSystemBytecodeCache(),
        "logging/config": lambda module: module.dictConfig({}),
        "decimal": lambda module: module.Decimal("1"),
        "importlib/resources/__init__": lambda module: module.as_file(None),
    }
    for name, use in refusals.items():
        with pytest.raises(RuntimeError, match="left out"):
            use(load(f"replacements/{name}"))


def test_the_name_of_the_operating_system() -> None:
    assert load("replacements/platform").system() == platform.system()


def test_the_entities_of_xml_are_known() -> None:
    entities = load("replacements/html/entities").html5
    assert entities.items() <= html.entities.html5.items()
    assert {"amp;", "lt;", "gt;", "quot;"} <= entities.keys()


def test_the_data_of_a_package() -> None:
    data = load("replacements/importlib/resources/__init__").files("weather.views.html")
    real = resources.files("weather.views.html")
    assert data.joinpath("static", "page.js").read_text() == (real / "static/page.js").read_text()
    assert (data / "templates" / "base.html").read_bytes().startswith(b"<")
    with pytest.raises(OSError, match=r"nowhere\.html"):
        (data / "nowhere.html").read_bytes()
