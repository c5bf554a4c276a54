"""Every level is the complete service, in an image that contains nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from benchmarks.sbom import bill_of_materials
from simulator import Upstreams, faults
from tests.conftest import until
from tests.faults.visitors import slack
from tests.images import engine, memory, processes
from tests.images.engine import Container, docker
from tests.images.network import certify, front, name_server
from tests.mmdb import mmdb
from weather.core.version import VERSION

pytestmark = pytest.mark.images

# Megabytes, little more than measured, so that growth fails the test.
CEILING = {"common": 250, "magic": 146, "rare": 75, "epic": 62, "legendary": 7.5}
IMPORT_ALL = (
    "import importlib, pkgutil, weather\n"
    "for module in pkgutil.walk_packages(weather.__path__, 'weather.'):\n"
    "    importlib.import_module(module.name)"
)
TESTVILLE = {
    "city": {"names": {"en": "Testville"}},
    "country": {"iso_code": "DE", "names": {"en": "Germany"}},
    "location": {"latitude": 52.5, "longitude": 13.4, "time_zone": "Europe/Berlin"},
}


def test_every_view_is_served(container: Container) -> None:
    page = container.get("/Paris?format=html")
    assert page[0] == 200
    assert "<html" in page[1]
    assert "Paris" in page[1]
    text = container.get("/Paris", **{"User-Agent": "curl/8"})
    assert text[0] == 200
    assert "Paris" in text[1]
    report = container.get("/api/v1/weather?q=52.52,13.41")
    assert report[0] == 200
    assert '"current"' in report[1]
    assert container.get("/favicon.ico")[0] == 200


@pytest.mark.parametrize(
    ("path", "part"),
    [
        *(("/Paris?format=3", "°C"), ("/Paris?format=v2", "┌"), ("/Paris?format=prose", "Paris")),
        *(("/Paris?format=j1", '"current_condition"'), ("/Paris?format=p1", "# HELP")),
        *(("/Paris.png", "PNG"), ("/Paris.svg", "<svg"), ("/Paris.ics", "BEGIN:VCALENDAR")),
        *(("/moon", "\x1b["), ("/:help", "format"), ("/Paris/umbrella", "Paris")),
        *(("/Paris:Tokyo?view=table", "Tokyo"), ("/openapi.json", '"3.1.'), ("/docs", "<html")),
        *(("/embed/Paris", "<html"), ("/api/v1/batch?q=Paris&q=Tokyo", "Asia/Tokyo")),
    ],
)
def test_the_other_views_are_served(container: Container, path: str, part: str) -> None:
    status, body = container.get(path, **{"User-Agent": "curl/8"})
    assert status == 200
    assert part in body


def test_times_are_local_to_the_place(container: Container) -> None:
    status, body = container.get("/api/v1/weather?q=Tokyo")
    assert status == 200
    assert "Asia/Tokyo" in body


def test_an_unknown_place_is_404(container: Container) -> None:
    assert container.get("/Xyzzyqwertz")[0] == 404


def test_the_health_check_succeeds(container: Container) -> None:
    until(lambda: container.inspect("{{.State.Health.Status}}") == "healthy")


def test_the_health_check_uses_no_proxy(container: Container) -> None:
    """An engine with a proxy configured gives it to every container; nothing listens on port 9."""
    command = json.loads(container.inspect("{{json .Config.Healthcheck.Test}}"))[1:]
    proxy = "http://127.0.0.1:9"
    names = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")
    variables = [part for name in names for part in ("--env", f"{name}={proxy}")]
    docker("exec", *variables, container.name, *command)  # raises if the status is not 0


def test_no_process_is_of_root(container: Container) -> None:
    assert container.inspect("{{.Config.User}}") == "65532:65532"
    processes = docker("top", container.name, "-eo", "pid,uid").splitlines()[1:]
    assert {process.split()[1] for process in processes} == {"65532"}


def test_no_shell_runs(container: Container) -> None:
    assert "sh -c" not in docker("top", container.name, "-eo", "pid,args")


def test_relocated_constants_are_read_only(container: Container, level: str) -> None:
    """RELRO: in a static executable, nothing but the executable itself applies it."""
    if level != "legendary":
        return
    rows = docker("top", container.name, "-eo", "pid,args").splitlines()[1:]
    servers = [row.split()[0] for row in rows if "health" not in row]  # a probe has just begun
    assert len(servers) > 1
    for server in servers:
        process = memory.Process(int(server))
        start, end = process.relocated_constants()
        assert end - start > 100_000
        assert {part.permissions for part in process.mappings(start, end)} == {"r--p"}


def test_the_image_is_below_its_ceiling(level: str) -> None:
    size = int(docker("image", "inspect", "--format", "{{.Size}}", f"app:{level}"))
    assert size < CEILING[level] * 1_000_000


def test_every_module_imports(level: str) -> None:
    network = ("--rm", "--network", "none", "--env", "CACHE_URL=memory", *engine.HARDENED)
    if level == "legendary":
        assert " 0 fail" in docker("run", *network, f"app:{level}", "import-everything")
    else:
        docker("run", *network, "--entrypoint", "python", f"app:{level}", "-c", IMPORT_ALL)


@pytest.mark.parametrize(
    ("at", "message"),
    [
        (200_000, "weather: the interpreter in the executable cannot be decoded\n"),
        (2_000_000, "weather: the modules at the end of the executable cannot be read\n"),
    ],
)
def test_a_damaged_executable_says_so(level: str, at: int, message: str, tmp_path: Path) -> None:
    if level != "legendary":
        return
    executable = tmp_path / "weather"
    processes.copy_from(f"app:{level}", "/weather", executable)
    with executable.open("r+b") as file:
        file.seek(at)
        file.write(bytes(100))
    ended = subprocess.run([executable], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, message)


def test_one_processor_decodes_it_alone(level: str, tmp_path: Path) -> None:
    """Elsewhere a thread for each processor does."""
    if level != "legendary":
        return
    executable = tmp_path / "weather"
    processes.copy_from(f"app:{level}", "/weather", executable)
    first = min(os.sched_getaffinity(0))
    command = ["taskset", "--cpu-list", str(first), str(executable), "--version"]
    assert VERSION in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_executable_passes_the_tests_of_processes(
    tests_of_processes: Callable[[], None],
) -> None:
    """They run in the background since it was built."""
    tests_of_processes()


def test_a_second_link_gives_the_same_bytes(second_link: Callable[[], None]) -> None:
    second_link()


def test_files_have_the_date_of_the_source(level: str, tmp_path: Path) -> None:
    """No date of a build is in the layers, so that equal builds have equal layers."""
    if level != "legendary":
        return
    with exported(level, tmp_path) as archive:
        times = {m.name: m.mtime for m in archive if m.name.strip("/") in {"weather", "cache"}}
    assert set(times.values()) == {315532800}
    assert len(times) == 2


def test_the_labels_say_what_it_was_built_from(level: str) -> None:
    prefix = "org.opencontainers.image."
    text = docker("image", "inspect", "--format", "{{json .Config.Labels}}", f"app:{level}")
    labels = {name.removeprefix(prefix): value for name, value in json.loads(text).items()}
    assert labels["version"] == VERSION
    assert labels["revision"] not in {"", "unknown"}
    assert datetime.fromisoformat(labels["created"]).tzinfo
    assert {"title", "description", "licenses", "source"} <= labels.keys()
    assert labels["base.name"] == ("scratch" if level == "legendary" else base_of(level))
    if level != "legendary" and not engine.provide(engine.bases(level)[-1]):
        assert labels["base.digest"].startswith("sha256:")


def base_of(level: str) -> str:
    *_, base = engine.bases(level)
    return base if "/" in base else f"docker.io/library/{base}"


def test_the_bill_of_materials_names_what_is_inside(level: str) -> None:
    document = bill_of_materials(f"app:{level}")
    names = {part["name"] for part in document["components"]}
    urls = {part.get("purl", "").partition("?")[0] for part in document["components"]}
    assert "GeoNames cities" in names
    for line in (engine.ROOT / "requirements.txt").read_text().splitlines():
        if pinned := re.match(r"([\w.-]+)==(\S+)", line):
            assert f"pkg:pypi/{pinned[1].lower()}@{pinned[2]}" in urls
    if level == "legendary":
        assert {"musl", "zlib", "xz-utils", "openssl", "python3.13"} <= names
    elif level in {"common", "magic"}:  # stand-ins of the others have no packages
        assert {"libc6", "openssl"} & names


def test_the_image_has_no_other_files(level: str, tmp_path: Path) -> None:
    names = files(level, tmp_path)
    for path in (".git", "tests", "Dockerfile", "packaging/legendary", "benchmarks"):
        ours = [name for name in names if name.startswith((path, f"app/{path}"))]
        assert ours == []
    if level in {"rare", "legendary"}:
        assert not {"bin/sh", "usr/bin/sh", "bin/busybox", "usr/bin/dpkg"} & names
    if level == "legendary":
        made_by_the_engine = (".dockerenv", "dev", "etc", "proc", "sys")
        assert {n for n in names if not n.startswith(made_by_the_engine)} == {"weather", "cache"}


def test_the_service_can_write_to_its_cache_alone(level: str, tmp_path: Path) -> None:
    with exported(level, tmp_path) as archive:
        ours = [member for member in archive if is_ours(member.name.removeprefix("./"))]
    writable = [member.name for member in ours if may_write(member)]
    assert ours
    assert [name.strip("./") for name in writable] == ["cache"]


def is_ours(name: str) -> bool:
    return name.split("/", maxsplit=1)[0] in {"app", "cache", "packages", "venv", "weather"}


def may_write(member: tarfile.TarInfo) -> bool:
    """Whether the service's user may write to a file, or make one writable, which its owner can.
    A link has no permissions of its own."""
    return not member.issym() and (65532 in {member.uid, member.gid} or bool(member.mode & 0o002))


def files(level: str, folder: Path) -> set[str]:
    with exported(level, folder) as archive:
        return {name.removeprefix("./").rstrip("/") for name in archive.getnames()}


def exported(level: str, folder: Path) -> tarfile.TarFile:
    created = docker("create", f"app:{level}")
    try:
        docker("export", "--output", str(folder / "image.tar"), created)
    finally:
        docker("rm", created)
    return tarfile.open(folder / "image.tar")


def test_the_container_stops_cleanly(level: str, providers: Upstreams) -> None:
    with engine.running(level, providers.environment()) as container:
        container.wait()
        start = time.monotonic()
        docker("stop", "--time", "20", container.name)
        assert time.monotonic() - start < 10 + slack()
        assert container.inspect("{{.State.ExitCode}}") == "0"


def test_without_a_writable_folder_it_says_so_and_ends(level: str) -> None:
    network = ("--network", "none", "--ipc", "none", "--env", "TMPDIR=/nowhere")
    created = docker("run", "--detach", *network, *engine.HARDENED, f"app:{level}")
    try:
        assert docker("wait", created) == "2"
        written = engine.logs(created)
        assert "No folder for temporary files is writable." in written
        assert "Traceback" not in written
    finally:
        docker("rm", "--force", created)


def test_a_published_port(level: str, providers: Upstreams) -> None:
    """As in README."""
    created = docker("run", "--detach", "--publish", "127.0.0.1::8000", f"app:{level}")
    try:
        port = docker("port", created, "8000").split(":")[-1]
        Container(created, f"http://127.0.0.1:{port}").wait()
    finally:
        docker("rm", "--force", created)


def test_an_upstream_over_tls(level: str, healed: Upstreams, tmp_path: Path) -> None:
    assert has_forecast_over_tls(level, healed, tmp_path, "localhost", trusted=True)


def test_a_certificate_for_another_name_is_refused(
    level: str, healed: Upstreams, tmp_path: Path
) -> None:
    assert not has_forecast_over_tls(level, healed, tmp_path, "elsewhere.example", trusted=True)


def test_a_certificate_of_an_unknown_ca_is_refused(
    level: str, healed: Upstreams, tmp_path: Path
) -> None:
    assert not has_forecast_over_tls(level, healed, tmp_path, "localhost", trusted=False)


def has_forecast_over_tls(
    level: str, upstreams: Upstreams, folder: Path, host: str, *, trusted: bool
) -> bool:
    """Whether the service gets a forecast from https://localhost."""
    folder.chmod(0o755)
    ca, certificate = certify(folder, host)
    with front(upstreams.port, certificate=certificate) as port:
        environment = {
            **upstreams.environment(),
            "OPEN_METEO_URL": f"https://localhost:{port}/open-meteo",
            "FORECAST_PROVIDERS": "open-meteo",
        }
        options = ("--volume", f"{ca}:/ca.pem:ro") if trusted else ()
        trust = {"SSL_CERT_FILE": "/ca.pem"} if trusted else {}
        with engine.running(level, environment | trust, *options) as container:
            container.wait()
            return has_forecast(container)


def has_forecast(container: Container) -> bool:
    """Whether the response is a forecast and not the climate normals."""
    status, body = container.get("/api/v1/weather?q=52.52,13.41")
    return status == 200 and "climate-normals" not in body


def test_names_are_resolved(level: str, healed: Upstreams) -> None:
    """By a name server, in a network of the container's own."""
    network = docker("network", "create", f"weather-{engine.free_port()}")
    try:
        gateway = docker(
            *("network", "inspect", network, "--format", "{{(index .IPAM.Config 0).Gateway}}")
        )
        with name_server(gateway, "provider.test"), front(healed.port, gateway) as port:
            url = f"http://provider.test:{port}/open-meteo"
            settings = {**healed.environment(), "OPEN_METEO_URL": url}
            settings["FORECAST_PROVIDERS"] = "open-meteo"
            assert has_forecast_within(network, gateway, level, settings)
    finally:
        docker("network", "rm", network)


def has_forecast_within(
    network: str, name_server: str, level: str, settings: dict[str, str]
) -> bool:
    variables = [part for pair in settings.items() for part in ("-e", "=".join(pair))]
    options = ("--network", network, "--dns", name_server, "--publish", "127.0.0.1::8000")
    created = docker("run", "--detach", *options, *variables, f"app:{level}")
    try:
        port = docker("port", created, "8000").split(":")[-1]
        container = Container(created, f"http://127.0.0.1:{port}")
        container.wait()
        return has_forecast(container)
    finally:
        docker("rm", "--force", created)


def test_deeply_nested_json_does_not_crash(level: str, healed: Upstreams) -> None:
    with engine.running(level, {**healed.environment(), "CACHE_URL": "memory"}) as container:
        container.wait()
        for nesting in ("[", '{"a":'):
            healed.fail("*", faults.status(200, nesting * 100_000))
            assert not has_forecast(container)
        healed.heal("*")
        assert container.inspect("{{.State.Running}}") == "true"
        assert "SIGSEGV" not in container.logs()


def test_a_mounted_geoip_database_is_used(level: str, providers: Upstreams, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    database = tmp_path / "city.mmdb"
    database.write_bytes(mmdb({"81.2.69.0/24": TESTVILLE}))
    settings = {"GEOIP_DATABASE": "/city.mmdb", "TRUSTED_PROXIES": "1", "IP_LOCATORS": "database"}
    mounted = ("--volume", f"{database}:/city.mmdb:ro")
    with engine.running(level, {**providers.environment(), **settings}, *mounted) as container:
        container.wait()
        status, body = container.get("/?format=json", **{"X-Forwarded-For": "81.2.69.160"})
        assert status == 200
        assert "Testville" in body


def test_a_cache_volume_survives_the_container(level: str, healed: Upstreams) -> None:
    """A second container uses the cache of the first one."""
    volume = docker("volume", "create")
    mounted = ("--volume", f"{volume}:/cache")
    try:
        with engine.running(level, healed.environment(), *mounted) as first:
            first.wait()
            assert has_forecast(first)
        healed.fail("*", faults.server_error())
        with engine.running(level, healed.environment(), *mounted) as second:
            second.wait()
            assert has_forecast(second)
    finally:
        docker("volume", "rm", volume)


def test_hadolint_accepts_the_dockerfiles() -> None:
    paths = [str(engine.ROOT / f"Dockerfile.{level}") for level in engine.LEVELS]
    hadolint = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([hadolint, *paths], capture_output=True, text=True, check=False)
    assert done.stdout == ""
