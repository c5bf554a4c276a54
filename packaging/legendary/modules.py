"""Computes the modules of the executable from the imports of the service.

Every import statement is followed, also inside functions, from the service's own modules through
the packages into the standard library, except into the modules of CUT. A module that cannot be
imported, because a module that it imports unconditionally is absent (cut, not installed, or a C
module that was not built), is left out with a message. If the service itself needs one, the build
stops.
"""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

# The encodings of JSON, HTTP headers, host names, addresses and archives.
ENCODINGS = """ascii cp1252 cp437 idna iso8859_1 latin_1 punycode unicode_escape utf_8 utf_8_sig
    utf_16 utf_16_be utf_16_le utf_32 utf_32_be utf_32_le""".split()

# Imported by name in a string or by C code, without an import statement.
NAMED = (
    "_strptime",  # datetime.strptime
    *(f"encodings.{name}" for name in ENCODINGS),
    "gunicorn.glogging",
    "gunicorn.workers.gthread",
    "importlib._bootstrap_external",
    "traceback",
    "zipimport",
)

# Modules without a file; pack.py writes `embedded`.
NOT_FILES = """_frozen_importlib _frozen_importlib_external collections.abc embedded
    os.path""".split()

# Modules that are left out, with their use in a library that the service does not need.
CUT = {
    "asyncio*": "gunicorn for other servers; the service has threads",
    "click.* _decimal _pydecimal": "replaced, see replacements/",
    "_pylong": "integers of thousands of digits, which Python refuses to read and write",
    "chardet* charset_normalizer*": "guessing charsets; the upstreams send JSON",
    "compression* bz2": "other archives than zip and xz",
    "ctypes* _ctypes*": "nothing can be loaded into a static executable",
    "csv _csv": "lists of packages' files",
    "cProfile profile pstats trace": "developing",
    "_py_abc _threading_local _pydatetime _pyio zoneinfo._zoneinfo": "their C forms are built in",
    "_aix* _ios* _osx*": "other systems",
    "tarfile": "archives that the service does not read",
    "curses* readline rlcompleter _pyrepl* code codeop cmd": "an interactive interpreter",
    "doctest unittest* pdb bdb pydoc* test* turtle* tkinter* idlelib*": "developing",
    "flask.testing click.testing": "testing",
    "flask.debughelpers": "explanations in debug mode",
    "configparser": "logging configured by a file",
    "netrc": "passwords of upstreams; requests reads none with trust_env = False",
    "dbm* sqlite3* shelve": "databases",
    "email._header_value_parser email.contentmanager email.headerregistry email.policy": "mail",
    "email.generator": "writing mail",
    "getpass webbrowser": "a person at a terminal",
    "gunicorn.asgi* gunicorn.dirty* gunicorn.ctl*": "gunicorn's other servers",
    "gunicorn.http2.connection gunicorn.http2.request gunicorn.http2.h2conn": "other than HTTP/1",
    "gunicorn.uwsgi*": "other than HTTP/1",
    "gunicorn.workers.g[ae]* gunicorn.workers.gtornado": "gunicorn's other workers",
    "fractions statistics": "a check of the module of random numbers",
    "importlib.resources._* importlib.resources.readers importlib.resources.simple": "replaced",
    "importlib.readers importlib.simple": "reading packages by paths",
    "getopt py_compile tracemalloc": "the commands of modules, developing",
    "logging.handlers pickle _pickle _compat_pickle": "logs over a network, objects in files",
    "jinja2.constants": "a filling text",
    "multiprocessing* _multiprocessing _posixshmem": "gunicorn forks by itself",
    "nturl2path _winapi* winreg msvcrt nt _overlapped": "Windows",
    "OpenSSL* cryptography* urllib3.contrib.socks h2* brotli* zstandard*": "not installed",
    "dotenv* watchdog*": "not installed",
    "setuptools* distutils* pip* ensurepip* venv*": "installing",
    "ftplib nntplib smtplib imaplib poplib telnetlib": "other protocols",
    "subprocess _posixsubprocess": "other programs; the executable is alone in its image",
    "xml* pyexpat": "the service reads no XML",
}


def cut(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for patterns in CUT for pattern in patterns.split())


@dataclass
class Module:
    name: str
    path: Path
    is_package: bool
    needs: set[str] = field(default_factory=set)  # imported unconditionally
    mentions: set[str] = field(default_factory=set)  # imported conditionally, or later
    uses_file: bool = False  # reads its `__file__`, which a frozen module does not have


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
    """Collects the import statements of a module, by whether the module can load without them."""

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
        """Skips code for TYPE_CHECKING, for other platforms and for another __main__."""
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


def built_in(source: Path) -> frozenset[str]:
    """The names of the C modules of a CPython, from the list that its build wrote, without those
    that are left out."""
    listed = (source / "Modules/config.c").read_text()
    names = re.findall(r"^ *\{\"(\w+)\", ", listed, re.MULTILINE)
    return frozenset(name for name in names if not cut(name))


def close(roots: list[str], search: list[str], builtins: frozenset[str]) -> dict[str, Module]:
    """Every module that the roots import, directly or indirectly, by name."""
    modules: dict[str, Module] = {}
    pending = list(roots)
    while pending:
        for name in parents(pending.pop()):
            if name in modules or name in builtins or cut(name):
                continue
            module = find(name, search)
            if module is None:
                continue
            modules[name] = module
            if module.path.is_file():
                Imports(module, search).visit(ast.parse(module.path.read_bytes()))
            pending += sorted(module.needs | module.mentions)
    return modules


def drop_unimportable(modules: dict[str, Module], builtins: frozenset[str]) -> dict[str, str]:
    """Removes modules that need an absent one, until all others can be imported. Returns the
    removed modules with the absent one."""
    dropped: dict[str, str] = {}
    while True:
        present = modules.keys() | builtins | set(NOT_FILES)
        lost = {
            module.name: absent[0]
            for module in modules.values()
            if (absent := sorted({p for need in module.needs for p in parents(need)} - present))
        }
        orphans = {
            n: n.rpartition(".")[0] for n in modules if "." in n and parents(n)[-2] not in modules
        }
        if not lost and not orphans:
            return dropped
        dropped |= orphans | lost
        for name in sorted(lost.keys() | orphans.keys()):
            del modules[name]


def collect(roots: list[str], search: list[str], builtins: frozenset[str]) -> dict[str, Module]:
    """The modules of the executable by name. Exits if a root cannot be imported."""
    modules = close([*roots, *NAMED], search, builtins)
    dropped = drop_unimportable(modules, builtins)
    for name, absent in sorted(dropped.items()):
        if absent not in dropped:
            print(f"modules: {name} is left out, it needs {absent}")
    if lost := [name for name in roots if name not in modules]:
        sys.exit(f"modules: the service cannot do without {', '.join(lost)}")
    print(f"modules: {len(modules)} in the executable")
    return modules
