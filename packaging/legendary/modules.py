"""Which modules go into the executable: computed from what the service imports.

Every import statement is followed, those inside functions too, from the service's own modules
through the packages into the standard library, except into what CUT names. A module that can never
be imported, because something it needs at once is absent (cut, not installed, or a C module that
was not built), is left out, and said so; if that reaches the service itself, the build stops.

Runs on the interpreter that it is for, since only that one knows which C modules it holds.
"""

from __future__ import annotations

import ast
import os
import sys
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

# What JSON, HTTP headers, host names, addresses and archives are written in.
ENCODINGS = """ascii cp1252 cp437 idna iso8859_1 latin_1 punycode unicode_escape utf_8 utf_8_sig
    utf_16 utf_16_be utf_16_le utf_32 utf_32_be utf_32_le""".split()

# Imported by a name in a string, or by the interpreter's own C code, so no statement shows them.
NAMED = (
    "_strptime",  # datetime.strptime
    "_pylong",  # very long integers
    *(f"encodings.{name}" for name in ENCODINGS),
    "gunicorn.glogging",
    "gunicorn.workers.gthread",
    "importlib._bootstrap_external",
    "traceback",
    "zipimport",
)

# In sys.modules without a file of their own; `embedded` is what pack.py writes.
NOT_FILES = """_frozen_importlib _frozen_importlib_external collections.abc embedded
    os.path""".split()

# Never followed into. Each is what a library offers besides what the service does with it.
CUT = {
    "asyncio*": "gunicorn and redis for other servers; the service has threads",
    "chardet* charset_normalizer*": "guessing the charset of an upstream's text; ours is JSON",
    "compression* bz2": "other archives than zip and xz",
    "ctypes* _ctypes*": "nothing can be loaded into a static executable",
    "cProfile profile pstats trace": "developing",
    "_py_abc _pydatetime _pydecimal _pyio _aix* _ios* _osx*": "their C forms are built in",
    "tarfile": "archives that are never unpacked",
    "curses* readline rlcompleter _pyrepl* code codeop cmd": "an interactive interpreter",
    "doctest unittest* pdb bdb pydoc* test* turtle* tkinter* idlelib*": "developing",
    "flask.testing click.testing": "testing",
    "dbm* sqlite3* shelve": "databases",
    "getpass webbrowser": "a person at a terminal",
    "gunicorn.asgi* gunicorn.dirty* gunicorn.ctl*": "gunicorn's other servers",
    "gunicorn.workers.g[ae]* gunicorn.workers.gtornado": "gunicorn's other workers",
    "multiprocessing* _multiprocessing _posixshmem": "gunicorn forks by itself",
    "nturl2path _winapi* winreg msvcrt nt _overlapped": "Windows",
    "OpenSSL* cryptography* urllib3.contrib.socks h2* brotli* zstandard*": "not installed",
    "dotenv* watchdog*": "not installed",
    "setuptools* distutils* pip* ensurepip* venv*": "installing",
    "ftplib nntplib smtplib imaplib poplib telnetlib": "other protocols",
    "xml* pyexpat": "nothing here reads XML",
}


def cut(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for patterns in CUT for pattern in patterns.split())


@dataclass
class Module:
    name: str
    path: Path
    is_package: bool
    needs: set[str] = field(default_factory=set)  # at once, or it cannot be imported
    mentions: set[str] = field(default_factory=set)  # guarded, or later
    uses_file: bool = False  # wants its `__file__`, so it cannot be frozen


def find(name: str, search: list[str]) -> Module | None:
    """The module's source, without importing it; None if it is built in or absent."""
    for folder in search:
        stem = Path(folder, *name.split("."))
        if (stem / "__init__.py").is_file():
            return Module(name, stem / "__init__.py", True)
        if stem.with_suffix(".py").is_file():
            return Module(name, stem.with_suffix(".py"), False)
    for folder in search:
        if Path(folder, *name.split(".")).is_dir():
            return Module(name, Path(folder, *name.split(".")), True)
    return None


class Imports(ast.NodeVisitor):
    """Reads a module's import statements, and whether each must succeed for the module to load."""

    def __init__(self, module: Module, search: list[str]) -> None:
        self.module = module
        self.search = search
        self.guarded = 0

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._add(alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        parts = self.module.name.split(".")
        keep = len(parts) - node.level + self.module.is_package
        base = parts[:keep] if node.level else []
        target = ".".join([*base, *([node.module] if node.module else [])])
        self._add(target)
        for alias in node.names:
            if find(f"{target}.{alias.name}", self.search):
                self._add(f"{target}.{alias.name}")

    def visit_Try(self, node: ast.Try) -> None:
        self._guard(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._guard(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._guard(node)

    def visit_If(self, node: ast.If) -> None:
        """What stands behind TYPE_CHECKING, another platform or another __main__ never runs."""
        test = ast.unparse(node.test)
        never = "TYPE_CHECKING" in test or ("__name__ ==" in test and self.module.name != "app")
        if never or test.startswith(("sys.platform == 'win", "os.name == 'nt'")):
            for statement in node.orelse:
                self.visit(statement)
        else:
            self._guard(node)

    def visit_Name(self, node: ast.Name) -> None:
        if node.id == "__file__":
            self.module.uses_file = True

    def _guard(self, node: ast.AST) -> None:
        self.guarded += 1
        self.generic_visit(node)
        self.guarded -= 1

    def _add(self, name: str) -> None:
        (self.module.mentions if self.guarded else self.module.needs).add(name)


def parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts) + 1)]


def close(roots: list[str], search: list[str]) -> dict[str, Module]:
    """Every module that the roots lead to."""
    found: dict[str, Module] = {}
    waiting = list(roots)
    while waiting:
        for name in parents(waiting.pop()):
            if name in found or name in sys.builtin_module_names or cut(name):
                continue
            module = find(name, search)
            if module is None:
                continue
            found[name] = module
            if module.path.is_file():
                Imports(module, search).visit(ast.parse(module.path.read_bytes()))
            waiting += module.needs | module.mentions
    return found


def drop_unimportable(found: dict[str, Module]) -> dict[str, str]:
    """Takes out, again and again, what needs something absent; answers what and why."""
    dropped: dict[str, str] = {}
    while True:
        present = found.keys() | set(sys.builtin_module_names) | set(NOT_FILES)
        lost = {
            module.name: absent[0]
            for module in found.values()
            if (absent := sorted({p for need in module.needs for p in parents(need)} - present))
        }
        orphans = {
            n: n.rpartition(".")[0] for n in found if "." in n and parents(n)[-2] not in found
        }
        if not lost and not orphans:
            return dropped
        dropped |= orphans | lost
        for name in lost.keys() | orphans.keys():
            del found[name]


def collect(roots: list[str], search: list[str]) -> dict[str, Module]:
    found = close([*roots, *NAMED], search)
    dropped = drop_unimportable(found)
    for name, absent in sorted(dropped.items()):
        if absent not in dropped:
            print(f"modules: {name} is left out, it needs {absent}")
    if lost := [name for name in roots if name not in found]:
        sys.exit(f"modules: the service cannot do without {', '.join(lost)}")
    print(f"modules: {len(found)} in the executable")
    return found


def standard_library() -> str:
    return str(Path(os.__file__).parent)
