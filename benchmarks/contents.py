"""What is inside an image, as its file system says: files, a shell, and components with their
versions and licences. No list is written by hand but that of the service's own data."""

from __future__ import annotations

import io
import json
import re
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email.parser import HeaderParser
from pathlib import Path
from typing import IO
from urllib.parse import quote

from tests.images.engine import docker

_SHELLS = {"bin/sh", "usr/bin/sh", "bin/busybox"}
_DPKG = "var/lib/dpkg/status"
_APK = ("lib/apk/db/installed", "usr/lib/apk/db/installed")
_STATIC = "weather"  # legendary's executable, which ends in a zip archive
SOURCES = "sources.txt"  # in that archive: the source packages that it was compiled from
_OS_NAME = re.compile(r"^ID=[\"']?(\w+)", re.MULTILINE)

# The service's own data, by its file: title, version if it has one, licence (NOTICE has the rest).
DATA = {
    "atlas/data/ip.atlas": ("DB-IP City Lite", "CC-BY-4.0"),
    "atlas/data/cities.atlas": ("GeoNames cities", "CC-BY-4.0"),
    "atlas/data/names.atlas": ("GeoNames names", "CC-BY-4.0"),
    "atlas/data/areas.atlas": ("iso-codes, CLDR and GeoNames areas", "LGPL-2.1-or-later"),
    "atlas/data/climate.atlas": ("ERA5 climate normals", "CC-BY-4.0"),
    "atlas/data/zones.atlas": ("OpenStreetMap time zones", "ODbL-1.0"),
    "atlas/data/airports.atlas": ("airportsdata", "MIT"),
    "views/picture/data/glyphs.xz": ("DejaVu and Noto glyphs", "Bitstream-Vera AND OFL-1.1"),
}


@dataclass(frozen=True, order=True)
class Component:
    """`kind` is CycloneDX's type; `url` the package URL (purl), empty for data."""

    name: str
    version: str
    kind: str = "library"
    url: str = ""
    licence: str = ""


@dataclass
class Contents:
    files: int = 0
    shell: bool = False
    components: list[Component] = field(default_factory=list)


def read(image: str) -> Contents:
    """Of an image that the engine has. Raises `RuntimeError` if it has none of this name."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree.tar"
        container = docker("create", image)
        try:
            docker("export", "--output", str(tree), container)
        finally:
            docker("rm", container)
        contents = read_tree(tree)
    contents.components += _interpreter(json.loads(docker("image", "inspect", image))[0])
    contents.components = sorted(set(contents.components))
    return contents


def read_tree(path: Path) -> Contents:
    """Of a file system in a tar archive."""
    contents = Contents()
    with tarfile.open(path) as archive:
        system = _operating_system(archive)
        for member in archive:
            contents.files += member.isfile() and member.size > 0
            contents.shell |= member.name in _SHELLS
            if member.isfile() and _is_read(member.name):
                content = open_member(archive, member.name).read()
                contents.components += _components(member.name, content, system)
    return contents


def open_member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    """Raises `KeyError` for a member that is not a file."""
    file = archive.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file


def _operating_system(archive: tarfile.TarFile) -> str:
    for name in ("usr/lib/os-release", "etc/os-release"):
        with suppress(KeyError):  # also of a link that leads nowhere
            if match := _OS_NAME.search(open_member(archive, name).read().decode()):
                return match[1]
    return ""


def _is_read(name: str) -> bool:
    return (
        name in {_DPKG, _STATIC, *_APK}
        or _is_package_status(name)
        or name.endswith(".dist-info/METADATA")
        or any(name.endswith(data) for data in DATA)
    )


def _is_package_status(name: str) -> bool:
    """distroless has a status file a package."""
    return name.startswith("var/lib/dpkg/status.d/") and not name.endswith(".md5sums")


def _components(name: str, content: bytes, system: str) -> Iterator[Component]:
    if name == _STATIC:
        yield from _in_executable(content)
    elif name == _DPKG or _is_package_status(name):
        yield from _of_dpkg(content.decode(), system)
    elif name in _APK:
        yield from _of_apk(content.decode())
    elif name.endswith("/METADATA"):
        yield _of_python(content.decode())
    else:
        title, licence = next(DATA[data] for data in DATA if name.endswith(data))
        yield Component(title, "", "data", licence=licence)


def _in_executable(content: bytes) -> Iterator[Component]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name == SOURCES:
                yield from _of_sources(archive.read(name).decode())
            elif _is_read(name):
                yield from _components(name, archive.read(name), "")


def _of_sources(text: str) -> Iterator[Component]:
    for line in text.splitlines():
        name, version = line.removeprefix("source: ").split()
        url = f"pkg:deb/debian/{name}@{quote(version)}?arch=source"
        yield Component(name, version, url=url)


def _of_dpkg(text: str, system: str) -> Iterator[Component]:
    for paragraph in re.split(r"\n\n+", text.strip()):
        fields = HeaderParser().parsestr(paragraph)
        name, version = fields["Package"], fields["Version"]
        if name and version and "installed" in fields.get("Status", "installed"):
            where = f"pkg:deb/{system}/{quote(name)}@{quote(version)}"
            yield Component(name, version, url=f"{where}?arch={fields['Architecture']}")


def _of_apk(text: str) -> Iterator[Component]:
    for paragraph in text.strip().split("\n\n"):
        fields = dict(line.split(":", 1) for line in paragraph.splitlines() if line[1:2] == ":")
        name, version = fields["P"], fields["V"]
        url = f"pkg:apk/alpine/{quote(name)}@{quote(version)}?arch={fields['A']}"
        yield Component(name, version, url=url, licence=fields.get("L", ""))


def _of_python(text: str) -> Component:
    fields = HeaderParser().parsestr(text)
    name, version = fields["Name"], fields["Version"]
    licence = fields.get("License-Expression") or fields.get("License") or ""
    url = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{quote(version)}"
    return Component(name, version, url=url, licence=licence.partition("\n")[0])


def _interpreter(image: dict[str, dict[str, list[str]]]) -> Iterator[Component]:
    """The Python of the official images, which is no package: they say its version in ENV."""
    for variable in image["Config"].get("Env") or []:
        name, _, version = variable.partition("=")
        if name == "PYTHON_VERSION":
            yield Component("python", version, url=f"pkg:generic/python@{version}")
