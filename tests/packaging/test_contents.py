"""What an image's file system says of its contents, and the bill of materials made of it."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from benchmarks.contents import DATA, SOURCES, Component, Contents, read_tree
from benchmarks.sbom import document

ROOT = Path(__file__).parents[2]

STATUS = b"""Package: libc6
Status: install ok installed
Architecture: amd64
Version: 2.41-12

Package: removed
Status: deinstall ok config-files
Architecture: amd64
Version: 1
"""
INSTALLED = (
    b"C:Q1abc=\nP:musl\nV:1.2.5-r9\nA:x86_64\nL:MIT\nF:lib\nR:ld.so\n\nP:zlib\nV:1\nA:x86_64\n"
)
METADATA = (
    b"Metadata-Version: 2.4\nName: Flask_Thing\nVersion: 3.1\nLicense-Expression: BSD\n\nText"
)


def tree(tmp_path: Path, **files: bytes) -> Contents:
    path = tmp_path / "tree.tar"
    with tarfile.open(path, "w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return read_tree(path)


def test_packages_of_debian(tmp_path: Path) -> None:
    contents = tree(
        tmp_path, **{"var/lib/dpkg/status": STATUS, "usr/lib/os-release": b"NAME=x\nID=ubuntu\n"}
    )
    url = "pkg:deb/ubuntu/libc6@2.41-12?arch=amd64"
    assert contents.components == [Component("libc6", "2.41-12", url=url)]


def test_packages_of_distroless_have_a_file_each(tmp_path: Path) -> None:
    paragraph = b"Package: tzdata\nArchitecture: all\nVersion: 2026a\n"
    folder = "var/lib/dpkg/status.d"
    contents = tree(tmp_path, **{f"{folder}/tzdata": paragraph, f"{folder}/tzdata.md5sums": b"1 a"})
    assert [component.name for component in contents.components] == ["tzdata"]


def test_packages_of_alpine(tmp_path: Path) -> None:
    contents = tree(tmp_path, **{"lib/apk/db/installed": INSTALLED})
    musl, zlib = contents.components
    assert musl.url == "pkg:apk/alpine/musl@1.2.5-r9?arch=x86_64"
    assert (musl.licence, zlib.licence) == ("MIT", "")


def test_packages_of_python(tmp_path: Path) -> None:
    contents = tree(tmp_path, **{"packages/flask_thing-3.1.dist-info/METADATA": METADATA})
    assert contents.components == [
        Component("Flask_Thing", "3.1", url="pkg:pypi/flask-thing@3.1", licence="BSD")
    ]


def test_a_static_executable_says_what_it_is_made_of(tmp_path: Path) -> None:
    executable = io.BytesIO()
    executable.write(b"\x7fELF" + bytes(100))
    with zipfile.ZipFile(executable, "a") as archive:
        archive.writestr(SOURCES, "source: musl 1.2.5-3\nsource: openssl 3.5.4-1~deb13u1\n")
        archive.writestr("flask_thing-3.1.dist-info/METADATA", METADATA)
        archive.writestr("weather/atlas/data/ip.atlas", b"data")
    contents = tree(tmp_path, weather=executable.getvalue())
    assert [(part.name, part.version) for part in contents.components] == [
        ("musl", "1.2.5-3"),
        ("openssl", "3.5.4-1~deb13u1"),
        ("Flask_Thing", "3.1"),
        ("DB-IP City Lite", ""),
    ]
    assert contents.files == 1


def test_a_shell_is_seen(tmp_path: Path) -> None:
    assert tree(tmp_path, **{"bin/busybox": b"x"}).shell
    assert not tree(tmp_path, **{"usr/bin/python": b"x"}).shell


def test_every_data_file_of_the_service_is_a_component_and_in_the_notice() -> None:
    folders = ("weather/atlas/data", "weather/views/picture/data")
    files = {path for folder in folders for path in (ROOT / folder).iterdir() if path.is_file()}
    assert {str(path.relative_to(ROOT / "weather")) for path in files} == set(DATA)
    notice = (ROOT / "NOTICE").read_text()
    assert all(Path(name).name in notice for name in DATA)


def test_a_document_names_each_component_once(tmp_path: Path) -> None:
    digest = "sha256:" + "ab" * 32
    components = tree(tmp_path, **{"lib/apk/db/installed": INSTALLED}).components
    first = document(components, name="app:epic", version="1", digest=digest)
    second = document(components, name="app:epic", version="1", digest=digest)
    assert first["serialNumber"] == second["serialNumber"]
    references = [entry["bom-ref"] for entry in first["components"]]
    assert len(set(references)) == len(references) == 2
    assert first["metadata"]["component"]["hashes"][0]["content"] == "ab" * 32


def test_a_tree_without_anything_is_empty(tmp_path: Path) -> None:
    assert tree(tmp_path) == Contents()
    with pytest.raises(tarfile.ReadError):
        read_tree(Path(__file__))
