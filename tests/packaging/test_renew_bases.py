"""The digests of base images, asked of a registry that answers as the specification says."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.packaging.recipe import script

ROOT = Path(__file__).parents[2]
INDEX = "application/vnd.oci.image.index.v1+json"
FILE = """\
ARG BASE=docker.io/library/python:3.13-slim
ARG BASE_DIGEST=
ARG VERSION=dev
FROM ${BASE}${BASE_DIGEST:+@$BASE_DIGEST}
"""


def index(*architectures: str) -> bytes:
    entries = [{"platform": {"architecture": name}} for name in architectures]
    return json.dumps({"schemaVersion": 2, "manifests": entries}).encode()


class Registry:
    """Answers with `body`, to clients that have fetched a token for the repository."""

    def __init__(self) -> None:
        self.kind = INDEX
        self.body = index("amd64", "arm64", "s390x")
        self.digest = f"sha256:{hashlib.sha256(self.body).hexdigest()}"
        self.header = ""  # another digest than that of the body
        self.url = ""
        self.paths: list[str] = []


@pytest.fixture
def registry() -> Iterator[Registry]:
    state = Registry()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.paths.append(self.path)
            address = urlsplit(self.path)
            if address.path == "/token":
                scope = parse_qs(address.query)["scope"][0]
                self.send(200, json.dumps({"token": f"for {scope}"}).encode())
            elif address.path != "/v2/library/python/manifests/3.13-slim":
                self.send(404, b"{}")
            elif self.headers["Authorization"] != "Bearer for repository:library/python:pull":
                realm = f'Bearer realm="{state.url}/token",service="registry.test"'
                self.send(401, b"{}", **{"WWW-Authenticate": realm})
            else:
                header = state.header or state.digest
                kind = {"Content-Type": state.kind, "Docker-Content-Digest": header}
                self.send(200 if INDEX in self.headers["Accept"] else 406, state.body, **kind)

        def send(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as state.url:
        yield state


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def renew() -> Any:
    return script("packaging/renew-bases")


def test_a_digest_is_written_and_nothing_else_changes(
    renew: Any, registry: Registry, tmp_path: Path
) -> None:
    file = tmp_path / "Dockerfile.test"
    file.write_text(FILE)
    assert renew.main(["--registry", registry.url, str(file)]) == 0
    assert file.read_text() == FILE.replace("_DIGEST=\n", f"_DIGEST={registry.digest}\n")
    assert any("service=registry.test" in path for path in registry.paths)


def test_an_old_digest_is_renewed_and_a_present_one_stays(
    renew: Any, registry: Registry, tmp_path: Path
) -> None:
    file = tmp_path / "Dockerfile.test"
    old = FILE.replace("_DIGEST=\n", f"_DIGEST=sha256:{'0' * 64}\n")
    file.write_text(old)
    check = ["--check", "--registry", registry.url, str(file)]
    assert renew.main(check) == 1
    assert file.read_text() == old
    assert renew.main(["--registry", registry.url, str(file)]) == 0
    assert registry.digest in file.read_text()
    assert renew.main(check) == 0


@pytest.mark.parametrize(
    "fault",
    [
        {"header": f"sha256:{'1' * 64}"},
        {"body": index("amd64")},
        {"kind": "application/vnd.oci.image.manifest.v1+json"},
    ],
    ids=["another digest in the header", "without arm64", "one architecture"],
)
def test_what_cannot_be_pinned_is_refused_and_nothing_is_written(
    renew: Any, registry: Registry, tmp_path: Path, fault: dict[str, Any]
) -> None:
    vars(registry).update(fault)
    if "body" in fault:
        registry.digest = f"sha256:{hashlib.sha256(registry.body).hexdigest()}"
    file = tmp_path / "Dockerfile.test"
    file.write_text(FILE)
    assert renew.main(["--registry", registry.url, str(file)]) == 2
    assert file.read_text() == FILE


def test_an_unknown_image_and_an_absent_registry_are_errors(
    renew: Any, registry: Registry, tmp_path: Path
) -> None:
    file = tmp_path / "Dockerfile.test"
    file.write_text(FILE.replace("python", "nothing"))
    assert renew.main(["--registry", registry.url, str(file)]) == 2
    assert renew.main(["--registry", "http://127.0.0.1:9", str(file)]) == 2


def test_no_registry_without_encryption(renew: Any) -> None:
    with pytest.raises(renew.Refused, match="not https"):
        renew.digest(renew.Image.parse("docker.io/library/x:1"), "http://registry.test")


@pytest.mark.parametrize("path", sorted(ROOT.glob("Dockerfile.*")), ids=lambda path: path.suffix)
def test_every_dockerfile_can_be_pinned(renew: Any, path: Path) -> None:
    """All its images have a digest beside them, whole names, and digests that are none or whole."""
    text = path.read_text()
    pairs = renew.PAIR.findall(text)
    assert pairs
    for name, reference, pinned in pairs:
        renew.Image.parse(reference)
        image = re.escape(f"${{{name}}}${{{name}_DIGEST:+@${name}_DIGEST}}")
        assert re.search(rf"^FROM (--platform=\$BUILDPLATFORM )?{image}", text, re.MULTILINE)
        assert not pinned or renew.re.fullmatch(r"sha256:[0-9a-f]{64}", pinned)
    assert "FROM docker.io" not in text
