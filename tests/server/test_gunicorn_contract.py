"""What weather/server uses of gunicorn's internals, which a new release may change.

A failure here names the attribute, method or call that is gone: adapt weather/server to it, then
run tests/faults, which test the behaviour.
"""

from __future__ import annotations

import ast
import inspect
import logging
import textwrap
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import gunicorn
import pytest
from gunicorn.app.base import BaseApplication
from gunicorn.config import KNOWN_SETTINGS, Config
from gunicorn.http import message, parser, wsgi
from gunicorn.http.errors import NoMoreData
from gunicorn.http.unreader import Unreader
from gunicorn.workers import base, gthread, sync
from gunicorn.workers.base import Worker as BaseWorker
from gunicorn.workers.gthread import TConn, ThreadWorker

from tests.server.connections import connected, deliver, worker
from weather.server import gunicorn_app
from weather.server.logs import GUNICORN_MESSAGES, GUNICORN_REQUEST
from weather.server.worker import Worker
from weather.settings import Settings
from weather.web.environ import ARRIVED

# Methods that we override or call, with the parameters that gunicorn gives them.
METHODS: dict[tuple[type, str], tuple[str, ...]] = {
    (TConn, "__init__"): ("cfg", "sock", "client", "server"),
    (TConn, "close"): ("graceful",),
    (ThreadWorker, "init_process"): (),
    (BaseWorker, "load_wsgi"): (),
    (BaseWorker, "notify"): (),
    (ThreadWorker, "set_accept_enabled"): ("enabled",),
    (ThreadWorker, "accept"): ("listener",),
    (ThreadWorker, "enqueue_req"): ("conn",),
    (ThreadWorker, "handle"): ("conn",),
    (ThreadWorker, "check_config"): ("cfg", "log"),
    (Unreader, "take_buffered"): (),
    (Unreader, "unread"): ("data",),
    (ThreadWorker, "_keepalive_after"): ("conn", "keepalive"),
    (ThreadWorker, "finish_request"): ("conn", "fs"),
    (ThreadWorker, "murder_pending"): (),
    (BaseApplication, "load_config"): (),
    (BaseApplication, "load"): (),
    (BaseApplication, "run"): (),
}
# Where gunicorn calls the methods that we override: caller → methods of self.
CALLS: dict[str, set[str]] = {
    "set_accept_enabled": {"accept"},
    "on_client_socket_readable": {"enqueue_req"},
    "run": {"set_accept_enabled", "murder_pending", "notify"},
    "finish_request": {"enqueue_req"},
}
RELEASE = f"gunicorn {gunicorn.__version__}"


def attributes_of_self(function: Callable[..., Any]) -> set[str]:
    """The names x of every `self.x` in the function."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }


@pytest.mark.parametrize(
    ("owner", "name"), METHODS, ids=[f"{owner.__name__}.{name}" for owner, name in METHODS]
)
def test_a_method_has_the_parameters_that_we_expect(owner: type, name: str) -> None:
    method = getattr(owner, name, None)
    assert method is not None, f"{RELEASE} has no {owner.__name__}.{name}"
    parameters = [name for name in inspect.signature(method).parameters if name != "self"]
    assert tuple(parameters) == METHODS[owner, name], (
        f"{RELEASE} changed the signature of {owner.__name__}.{name}"
    )


@pytest.mark.parametrize("caller", CALLS)
def test_gunicorn_calls_the_methods_that_we_override(caller: str) -> None:
    missing = CALLS[caller] - attributes_of_self(getattr(ThreadWorker, caller))
    assert not missing, f"ThreadWorker.{caller} of {RELEASE} does not call {missing}"


def test_enqueue_req_submits_handle_and_defers_finish_request() -> None:
    names = attributes_of_self(ThreadWorker.enqueue_req)
    assert {"tpool", "handle", "method_queue", "finish_request"} <= names, RELEASE


@pytest.mark.parametrize("name", ["cfg", "client", "parser", "server", "sock"])
def test_a_connection_has_the_fields_that_we_use(name: str) -> None:
    with connected() as (ours, _):
        ours.sock.setblocking(True)
        plain = TConn(ours.cfg, ours.sock, ours.client, ours.server)
    assert hasattr(plain, name), f"TConn of {RELEASE} has no {name}"
    assert plain.parser is None, "the parser is made with the first request"
    assert plain.sock.gettimeout() == 0, "non-blocking"


@pytest.mark.parametrize(
    "name",
    [
        "alive",
        "app",
        "cfg",
        "keepalived_conns",
        "max_keepalived",
        "nr_conns",
        "poller",
        "sockets",
        "worker_connections",
    ],
)
def test_a_worker_has_the_fields_that_we_use(name: str) -> None:
    plain = ThreadWorker(1, 1, [], None, 30, Config(), None)
    try:
        assert hasattr(plain, name), f"ThreadWorker of {RELEASE} has no {name}"
    finally:
        plain.tmp.close()


def test_a_response_is_made_of_what_we_use() -> None:
    parameters = tuple(inspect.signature(wsgi.create).parameters)
    assert parameters[:5] == ("req", "sock", "client", "server", "cfg"), RELEASE
    assert {"start_response", "write", "close", "should_close", "force_close"} <= set(
        dir(wsgi.Response)
    ), RELEASE
    with connected() as (connection, _):
        connection.start_parser(b"GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n")
        assert next(connection.parser)._expected_100_continue, RELEASE


def test_nothing_else_sets_the_fields_that_we_add_to_a_connection() -> None:
    with connected() as (connection, _):
        plain = TConn(connection.cfg, connection.sock, connection.client, connection.server)
        inherited = vars(plain).keys()
        taken = (vars(connection).keys() - inherited) & set(dir(plain))
    assert not taken, f"TConn of {RELEASE} has fields of our names: {taken}"
    assert "arrived" not in inherited


def test_the_parser_keeps_what_it_read_ahead_in_unreader_buf() -> None:
    with connected() as (connection, _):
        connection.start_parser(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" + b"GET /next HT")
        next(connection.parser)
        assert connection.parser.unreader.buf.getvalue() == b"GET /next HT", RELEASE
        assert connection.take_read_ahead() == b"GET /next HT"


def test_the_parser_of_a_connection_does_not_wait_for_its_socket() -> None:
    with connected() as (connection, _):
        connection.start_parser(b"GET / HTTP/1.1\r\nHost: x\r\n")
        with pytest.raises(NoMoreData):
            next(connection.parser)


@pytest.mark.parametrize("body_arrived", [True, False])
def test_handle_calls_the_application_and_reports_keepalive(body_arrived: bool) -> None:
    environs: list[dict[str, Any]] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        environs.append(environ)
        body = environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    with worker(application) as serving, connected() as (connection, client):
        deliver(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc", client, connection)
        serving.tpool = SimpleNamespace(submit=lambda *_: Future())
        serving.enqueue_req(connection)
        connection.arrived, connection.body_arrived = 12.5, body_arrived
        assert serving.handle(connection) is body_arrived
        response = client.recv(1000)
        assert response.endswith(b"abc" if body_arrived else b"\r\n\r\n")
        assert (b"Connection: keep-alive\r\n" in response) is body_arrived
    assert environs[0][ARRIVED] == 12.5


def test_gunicorn_knows_every_option_that_we_set() -> None:
    known = {setting.name for setting in KNOWN_SETTINGS}
    unknown = gunicorn_app._options(Settings()).keys() - known
    assert not unknown, f"{RELEASE} does not know {unknown}"


def test_gunicorn_accepts_every_option_that_we_set() -> None:
    config = Config()
    for name, value in gunicorn_app._options(Settings()).items():
        config.set(name, value)
    assert config.worker_class is Worker


def test_the_log_filter_knows_the_messages_that_quote_a_request() -> None:
    """Messages with arguments, in the modules that read requests, of the workers for WSGI."""
    harmless = {
        "WSGI app sent body bytes on a no-body response ",  # the method and the status
        "Worker reloading: %s modified",
        "Parent changed, shutting down: %s",
        "HTTP/2",  # not enabled
        "e",  # of the reloader, which watches files
    }
    for module in (base, gthread, sync, wsgi, message, parser):
        for text in _messages_with_arguments(module):
            known = text.startswith((*GUNICORN_MESSAGES, *harmless))
            assert known, f"{RELEASE}, {module.__name__}: {text!r}"


def test_the_log_filter_knows_the_message_of_each_request() -> None:
    with worker() as serving:
        serving.log.error_log.setLevel(logging.DEBUG)
        records: list[logging.LogRecord] = []
        serving.log.error_log.handle = records.append
        request = SimpleNamespace(method="GET", path="/Paris")
        serving.cfg.pre_request(serving, request)
    assert [record.msg for record in records] == [GUNICORN_REQUEST], RELEASE


def _messages_with_arguments(module: Any) -> Iterator[str]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith(
            ("self.log.", "log.")
        ):
            continue
        first, *others = node.args or [ast.Constant("")]
        if others and isinstance(first, ast.Constant):
            yield str(first.value)
        elif isinstance(first, ast.Name | ast.Call) and not ast.unparse(node.func).endswith(
            "access"
        ):
            source = ast.unparse(first)
            yield "Invalid request" if source.startswith("msg.format(") else source
