"""The health probe: its exit status for every kind of service, and its independence of proxies."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.processes import run
from weather.cli import health
from weather.settings import Settings

PROXIES = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")


@contextmanager
def answering(status: int) -> Iterator[int]:
    """The port of a server that gives this status to every GET of /healthz, and 404 elsewhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silence."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def refusing_port() -> Iterator[int]:
    """A port that is bound, so that no other process takes it, and refuses connections."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


@pytest.fixture
def mute_port() -> Iterator[int]:
    """A port that accepts connections and never sends a byte."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def probe(port: int, host: str = "127.0.0.1") -> int:
    return health.run(Settings(port=port, host=host), [])


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::"])
def test_a_healthy_service(host: str) -> None:
    with answering(200) as port:
        assert probe(port, host) == 0


@pytest.mark.parametrize("status", [204, 301, 404, 500, 503])
def test_any_status_but_200_is_a_failure(status: int, capsys: pytest.CaptureFixture[str]) -> None:
    with answering(status) as port:
        assert probe(port) == 1
    assert str(status) in capsys.readouterr().err


def test_a_refused_connection(refusing_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert probe(refusing_port) == 1
    assert "does not answer" in capsys.readouterr().err


def test_a_service_that_never_answers(
    mute_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(health, "_TIMEOUT", 0.1)
    assert probe(mute_port) == 1
    assert "does not answer" in capsys.readouterr().err


def test_an_answer_that_is_no_http(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            client, _ = server.accept()
            with client:
                client.recv(1000)
                client.sendall(b"220 mail.example.org ESMTP\r\n")

        thread = threading.Thread(target=greet)
        thread.start()
        assert probe(server.getsockname()[1]) == 1
        thread.join()
    assert "does not answer" in capsys.readouterr().err


@pytest.mark.parametrize("no_proxy", ["", "example.org", "127.0.0.1"])
@pytest.mark.parametrize("variables", [*((name,) for name in PROXIES), PROXIES], ids="+".join)
def test_no_proxy_of_the_environment_is_used(
    variables: tuple[str, ...], no_proxy: str, refusing_port: int
) -> None:
    """Container engines set these variables in every container. In a process of its own: urllib
    reads them once."""
    proxies = dict.fromkeys(variables, f"http://127.0.0.1:{refusing_port}")
    with answering(200) as port:
        done = run("app.py", "health", PORT=str(port), no_proxy=no_proxy, **proxies)
    assert done.returncode == 0, done.stderr


def test_the_command_fails_without_a_service() -> None:
    done = run("app.py", "health", PORT="1")
    assert done.returncode == 1
    assert "does not answer" in done.stderr
