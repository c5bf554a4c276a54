"""Level 5 for arm64, compiled on this machine and run by Debian's qemu-user, and what the other
levels consist of: `make arm64`.

Takes minutes, so `make test` does not collect it.
"""

from __future__ import annotations

import platform
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.images import engine, processes
from tests.images.emulated import AARCH64
from tests.images.engine import docker

PLATFORM = ("--platform", "linux/arm64")
EMULATOR = "qemu-aarch64"
# Megabytes, little more than measured, so that growth fails the test.
_CEILING = {"packed": 7.5, "plain": 12.7}
_OF_ANY_PYTHON = (
    *("test_responses_are_those_of_the_source_tree", "test_the_health_check_succeeds"),
    "test_deeply_nested_json_does_not_crash",
)
_STARTED = (
    "test_the_service_starts_and_stops_cleanly",
    "test_a_running_request_is_completed_before_the_end",
    "test_the_cache_folder_survives_the_process",
    "test_the_service_listens_on_host",
)
_OF_PROCESSES = [f"tests/server/test_gunicorn_app.py::{name}" for name in _STARTED]
# What the first three levels consist of below the service: Debian's Python and its libraries, and
# the locked wheels with their C extensions. No container of another architecture can run here.
_OF_DEBIAN = r"""
FROM debian:13-slim
RUN dpkg --add-architecture arm64 && apt-get update \
 && apt-get install -y --no-install-recommends python3-pip
WORKDIR /packages
RUN apt-get download libc6:arm64 libssl3t64:arm64 libgcc-s1:arm64 libbz2-1.0:arm64 \
        libexpat1:arm64 liblzma5:arm64 libuuid1:arm64 zlib1g:arm64 libzstd1:arm64 libffi8:arm64 \
        libpython3.13-minimal:arm64 libpython3.13-stdlib:arm64 python3.13-minimal:arm64 \
 && for package in *.deb; do dpkg-deb -x "$package" /root/arm64 || exit 1; done \
 && ln -s usr/lib /root/arm64/lib
COPY requirements.txt .
RUN python3 -m pip install --require-hashes --only-binary :all: --no-compile \
        --root-user-action=ignore --target /root/arm64/packages -r requirements.txt \
        --platform manylinux2014_aarch64 --platform manylinux_2_28_aarch64 --python-version 3.13 \
 && python3 -m compileall -q /root/arm64
"""
_COMPRESSED = {"packed": "yes", "plain": ""}


@pytest.fixture(scope="session", autouse=True)
def _machine() -> None:
    if reason := engine.missing():
        pytest.skip(reason)
    if shutil.which(EMULATOR) is None:
        pytest.skip("qemu-user is not installed")
    if platform.machine() != "x86_64":
        pytest.skip("only an amd64 machine compiles for another one")


@pytest.fixture(scope="session", params=_COMPRESSED)
def form(request: pytest.FixtureRequest) -> str:
    """How the interpreter is linked; the image is built."""
    name: str = request.param
    engine.build(
        "legendary", *PLATFORM, "--build-arg", f"COMPRESSED={_COMPRESSED[name]}", tag=_tag(name)
    )
    return name


@pytest.fixture
def executable(form: str, tmp_path: Path) -> Path:
    processes.copy_from(_tag(form), "/weather", tmp_path / "weather")
    return tmp_path / "weather"


def _tag(form: str) -> str:
    return f"app:legendary-arm64-{form}"


def test_the_image_is_for_arm64_and_small(form: str) -> None:
    template = "{{.Os}}/{{.Architecture}} {{.Size}}"
    system, size = docker("image", "inspect", "--format", template, _tag(form)).split()
    assert system == "linux/arm64"
    assert int(size) < _CEILING[form] * 1_000_000


def test_the_executable_is_static_and_for_arm64(executable: Path) -> None:
    header = executable.read_bytes()[:64]
    assert header.startswith(b"\x7fELF")
    assert struct.unpack_from("<H", header, 18) == (AARCH64,)
    assert b"ld-linux" not in executable.read_bytes()


def test_modules_and_data_are_those_of_amd64(executable: Path, tmp_path: Path) -> None:
    """The archive at the end: bytecode does not depend on the architecture."""
    engine.build("legendary")
    processes.copy_from("app:legendary", "/weather", tmp_path / "amd64")
    assert archive(executable) == archive(tmp_path / "amd64")


def archive(executable: Path) -> bytes:
    """From the first file on, by the sizes and offsets at its end (APPNOTE.TXT, 4.3.16)."""
    content = executable.read_bytes()
    size, files = struct.unpack_from("<II", content, len(content) - 22 + 12)
    return content[-(22 + size + files) :]


def test_cpython_is_configured_as_for_amd64() -> None:
    """Its configuration cannot run programs of another architecture: without the answers of
    cross.sh it would take weaker hashes, and no computed jumps."""
    there, here = (dict(defined(options)) for options in (PLATFORM, ()))
    different = {name for name in there.keys() | here.keys() if there.get(name) != here.get(name)}
    assert different == {"HAVE_GCC_ASM_FOR_X64", "HAVE_GCC_ASM_FOR_X87"}
    assert len(here) > 300


def defined(options: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    tag = "app:toolchain" + "-arm64" * bool(options)
    engine.build("legendary", *options, "--target", "toolchain", tag=tag)
    created = docker("create", tag)
    try:
        text = docker("cp", f"{created}:/build/python3.13/pyconfig.h", "-")
    finally:
        docker("rm", created)
    yield from re.findall(r"^#define (\w+) (.*)$", text, re.MULTILINE)


def test_it_runs_in_an_emulator(executable: Path, form: str) -> None:
    """It answers as the source tree does, and packed also starts and ends as that does."""
    tests = ["tests/images/emulated.py"] + _OF_PROCESSES * (form == "packed")
    processes.check(f"{EMULATOR} {executable}", *tests, TESTED_PATIENCE="600")


@pytest.fixture
def debian(tmp_path: Path) -> Path:
    """The folder of Debian's Python for arm64."""
    engine.provide("debian:13-slim")
    (tmp_path / "Dockerfile").write_text(_OF_DEBIAN)
    shutil.copy(engine.ROOT / "requirements.txt", tmp_path)
    docker("build", "--network", "host", "--tag", "app:debian-arm64", str(tmp_path))
    processes.copy_from("app:debian-arm64", "/root/arm64", tmp_path)
    return tmp_path / "arm64"


def test_the_service_runs_on_debian_for_arm64(debian: Path) -> None:
    extensions = {path.name.partition(".")[0] for path in debian.glob("packages/*/*aarch64*.so")}
    assert {"_speedups", "extension"} <= extensions  # of MarkupSafe and of maxminddb
    python = f"{EMULATOR} -L {debian} {debian}/usr/bin/python3.13"
    command = f"env PYTHONPATH={debian}/packages {python} app.py"
    tests = [f"tests/images/emulated.py::{name}" for name in _OF_ANY_PYTHON]
    processes.check(command, *tests, TESTED_PATIENCE="600")


@pytest.mark.parametrize("library", ["manylinux2014", "musllinux_1_2"])
@pytest.mark.parametrize("python", ["3.12", "3.13"])  # Ubuntu's, and the others'
def test_all_wheels_exist_for_arm64(library: str, python: str, tmp_path: Path) -> None:
    """glibc's for the first three levels, musl's for the fourth."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(tmp_path)]
    target = ["--platform", f"{library}_aarch64", "--python-version", python, "--no-deps"]
    wheels = ["--require-hashes", "--only-binary", ":all:", "--requirement", "requirements.txt"]
    subprocess.run([*pip, *target, *wheels], cwd=engine.ROOT, check=True)
    assert len(list(tmp_path.glob("*_aarch64.whl"))) >= 2
