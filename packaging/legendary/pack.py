"""Packs the modules and the data of the service into the archive at the end of the executable.

    pack.py CPYTHON APP PACKAGES VERSIONS ARCHIVE

Modules are frozen: compiled without docstrings, asserts and column tables, and all compressed
together, with the service's small files. app.py, the packages of the service that have data, their
tables, and modules that read their `__file__` are files of their own. Runs on any Python of the
executable's version.
"""

from __future__ import annotations

import base64
import importlib.util
import marshal
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from annotations import without_annotations
from bundle import BOOT, PACKAGE, Frozen, pack
from lines import without_details
from modules import Module, built_in, collect

HERE = Path(__file__).parent
DATE = (1980, 1, 1, 0, 0, 0)
COMPRESSED = (".atlas", ".xz")
NOT_DATA = {"__pycache__", "locale"}  # folders within packages that are not read as data


@dataclass(frozen=True)
class Inputs:
    cpython: Path  # its sources, built
    app: Path
    packages: Path
    versions: Path  # the list of the source packages


def service_modules(app: Path) -> list[str]:
    package = [
        ".".join(path.relative_to(app).with_suffix("").parts).removesuffix(".__init__")
        for path in (app / "weather").rglob("*.py")
    ]
    return ["app", *sorted(package)]


def compiled(module: Module) -> CodeType:
    file_name = "/".join(module.name.split(".")) + ("/__init__.py" if module.is_package else ".py")
    if module.name.startswith("importlib._bootstrap"):
        file_name = f"<frozen {module.name}>"  # tracebacks omit the import system by this name
    source = module.path.read_bytes() if module.path.is_file() else b""
    tree = without_annotations(source)
    return compile(tree, file_name, "exec", dont_inherit=True, optimize=2)


def frozen_code(module: Module, app: Path) -> CodeType:
    code = compiled(module)
    return code if module.path.is_relative_to(app) else without_details(code)


def data_module(app: Path, packages: Path, names: list[str]) -> CodeType:
    """Time zones, CA certificates, catalogues, small files and the list of modules, as a module of
    constants: xz compresses similar data better together than a zip does by file."""
    zones = {
        str(path.relative_to(packages / "tzdata/zoneinfo")): path.read_bytes()
        for path in sorted((packages / "tzdata/zoneinfo").rglob("*"))
        if path.is_file() and path.read_bytes()[:4] == b"TZif"
    }
    pem = (packages / "certifi/cacert.pem").read_text()
    blocks = re.findall(r"-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----", pem)
    certificates = [base64.b64decode(block) for block in blocks]  # a quarter smaller than as text
    catalogues = {
        path.stem: path.read_bytes() for path in sorted(app.glob("weather/i18n/locale/*.mo"))
    }
    text = f"ZONES = {zones!r}\nCERTIFICATES = {certificates!r}\nMODULES = {sorted(names)!r}\n"
    small = {name: data for name, data in service_files(app) if not name.endswith(COMPRESSED)}
    text += f"CATALOGUES = {catalogues!r}\nFILES = {small!r}\n"
    return compile(text, "embedded.py", "exec", dont_inherit=True, optimize=2)


def service_files(app: Path) -> Iterator[tuple[str, bytes]]:
    """The names in the archive, and the contents, of the service's data except for catalogues."""
    for file in sorted((app / "weather").rglob("*")):
        if file.is_file() and file.suffix not in {".py", ".pyc", ".typed", ".mo"}:
            yield str(file.relative_to(app)), file.read_bytes()


# Where CPython looks for the modules that it needs before it can import.
AT_START = {
    "importlib._bootstrap": "_frozen_importlib",
    "importlib._bootstrap_external": "_frozen_importlib_external",
    "zipimport": "zipimport",
}


def frozen(codes: dict[str, tuple[CodeType, bool]]) -> list[Frozen]:
    """The rows of CPython's tables of frozen modules."""
    rows = []
    for name, (code, is_package) in codes.items():
        if name in AT_START:
            rows.append(Frozen(AT_START[name], code, BOOT))
        if name != "zipimport":
            rows.append(Frozen(name, code, PACKAGE if is_package else 0))
        if name == "posixpath":
            rows.append(Frozen("os.path", code))
    return rows


def main(inputs: Inputs, archive: Path) -> None:
    app, packages = inputs.app, inputs.packages
    folders = (HERE / "replacements", HERE, app, packages, inputs.cpython / "Lib")
    roots = ["launcher", *service_modules(app)]
    modules = collect(roots, [str(folder) for folder in folders], built_in(inputs.cpython))
    zipped = in_the_zip(modules, packages)
    codes = {
        name: (frozen_code(module, app), module.is_package)
        for name, module in sorted(modules.items())
        if name not in zipped
    }
    codes["embedded"] = (data_module(app, packages, list(modules)), False)
    write_zip(archive, pack(frozen(codes)), zipped, inputs)


def in_the_zip(modules: dict[str, Module], packages: Path) -> dict[str, Module]:
    """The modules that are not frozen: of the packages, those of every package that reads a
    `__file__` (the standard library works without); of the service, its packages that hold data,
    which it reads through them. The others are frozen, and compressed together."""
    tops = {"app"}
    for name, module in modules.items():
        if module.uses_file and module.path.is_relative_to(packages):
            tops.add(name.split(".")[0])
    data = data_packages(modules)
    print("modules: not frozen:", *sorted(tops | data))
    return {
        name: module
        for name, module in modules.items()
        if name.split(".")[0] in tops or name in data
    }


def data_packages(modules: dict[str, Module]) -> set[str]:
    """The service's packages that hold folders of data, and the packages that they lie in: a
    frozen package has no path on which the import system could find one in the zip."""
    names: set[str] = set()
    for name, module in modules.items():
        if name.split(".")[0] == "weather" and module.is_package and holds_data(module.path.parent):
            parts = name.split(".")
            names.update(".".join(parts[:length]) for length in range(1, len(parts) + 1))
    return names


def holds_data(folder: Path) -> bool:
    """Whether a package has a folder that is no package. (Catalogues are frozen as constants.)"""
    return any(
        path.is_dir() and not (path / "__init__.py").exists() and path.name not in NOT_DATA
        for path in folder.iterdir()
    )


def write_zip(path: Path, bundle: bytes, zipped: dict[str, Module], inputs: Inputs) -> None:
    """The frozen modules first, where archive.c looks for them. Beside modules and data: what the
    executable is made of, for a bill of materials."""
    with zipfile.ZipFile(path, "w") as archive:
        add(archive, "modules.xz", bundle)
        for module in zipped.values():
            name = module.name.replace(".", "/") + ("/__init__" if module.is_package else "")
            if module.path.is_file():
                add(archive, f"{name}.pyc", bytecode(module))
            if module.is_package:
                add(archive, module.name.replace(".", "/") + "/", b"")
        for name, data in service_files(inputs.app):
            if name.endswith(COMPRESSED):
                add(archive, name, data)
        for info in sorted(inputs.packages.glob("*.dist-info/METADATA")):
            name, _, version = info.parent.name.removesuffix(".dist-info").rpartition("-")
            text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
            text += "".join(re.findall(r"^License(?:-Expression)?: .*\n", info.read_text(), re.M))
            add(archive, f"{info.parent.name}/METADATA", text.encode())
        add(archive, "sources.txt", inputs.versions.read_bytes())


def bytecode(module: Module) -> bytes:
    """The content of a .pyc that is never checked against a source."""
    return (
        importlib.util.MAGIC_NUMBER
        + (1).to_bytes(4, "little")
        + bytes(8)
        + marshal.dumps(compiled(module))
    )


def add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, DATE)
    packed = name.endswith((*COMPRESSED, "/"))
    archive.writestr(info, data, zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED, 9)


if __name__ == "__main__":
    *parts, target = (Path(argument) for argument in sys.argv[1:])
    main(Inputs(*parts), target)
