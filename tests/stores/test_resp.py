"""The client of Redis: replies of every kind and of none, and the server's own conditions."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.redis_server import RedisServer
from weather.stores.resp import Client, CommandError, ConnectionFailed, RedisURL

PING = b"*1\r\n$4\r\nPING\r\n"


def client(url: str) -> Client:
    return Client(RedisURL.parse(url), connect_timeout=5.0, timeout=5.0)


@contextmanager
def server(*replies: bytes) -> Iterator[Client]:
    """A client of a server that sends the replies, each after some bytes of a command, and then
    closes the connection."""

    def serve() -> None:
        with suppress(OSError), listener.accept()[0] as connection:
            for reply in replies:
                connection.recv(1 << 16)
                for byte in range(len(reply)):  # in pieces
                    connection.sendall(reply[byte : byte + 1])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield client(f"redis://127.0.0.1:{listener.getsockname()[1]}/0")
        thread.join()


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        (b"+OK\r\n", b"OK"),
        (b":42\r\n", 42),
        (b":-1\r\n", -1),
        (b"$-1\r\n", None),
        (b"$0\r\n\r\n", b""),
        (b"$4\r\na\r\nb\r\n", b"a\r\nb"),
        (b"*-1\r\n", None),
        (b"*0\r\n", []),
        (b"*3\r\n$1\r\na\r\n:1\r\n*1\r\n+b\r\n", [b"a", 1, [b"b"]]),
    ],
)
def test_a_reply_becomes_its_value(reply: bytes, value: object) -> None:
    with server(reply) as own:
        assert own.call("PING") == value


@pytest.mark.parametrize(
    "reply",
    [b"", b"$5\r\nab", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"$x\r\n", b":\r\n", b"\r\n",
     b"$99999999999\r\n", b"*9999999\r\n", b"x" * 70_000],
)  # fmt: skip
def test_what_is_no_reply_is_a_failure_of_the_connection(reply: bytes) -> None:
    with server(reply) as own, pytest.raises(OSError, match=r"."):
        own.call("PING")


def test_an_error_is_that_of_its_command_and_the_connection_goes_on() -> None:
    with server(b"-ERR unknown command\r\n", b"+OK\r\n") as own:
        with pytest.raises(CommandError, match="unknown command"):
            own.call("NONSENSE")
        assert own.call("PING") == b"OK"


@pytest.mark.parametrize("word", ["NOAUTH", "WRONGPASS", "LOADING", "READONLY", "MASTERDOWN"])
def test_an_error_that_every_command_gets_is_a_failure_of_the_connection(word: str) -> None:
    reply = f"-{word} for some reason\r\n".encode()
    with server(reply) as own, pytest.raises(ConnectionFailed, match=word):
        own.call("PING")


def test_several_commands_are_one_round_trip(redis: RedisServer) -> None:
    own = client(redis.url)
    own.call("SET", "text", "é", "EX", 60)
    own.call("LPUSH", "list", "a")
    replies = own.call_many([("GET", "text"), ("GET", "list"), ("GET", "none")])
    assert replies[0] == "é".encode()
    assert isinstance(replies[1], CommandError)
    assert replies[2] is None


def test_a_connection_that_the_server_has_closed_is_replaced(redis: RedisServer) -> None:
    own = client(redis.url)
    assert own.call("PING") == b"PONG"
    redis.kill()
    redis.start()
    assert own.call("PING") == b"PONG"


def test_threads_do_not_get_each_others_replies(redis: RedisServer) -> None:
    own, wrong = client(redis.url), list[object]()

    def ask(number: int) -> None:
        for turn in range(200):
            text = f"{number} {turn}".encode()
            if own.call("ECHO", text) != text:
                wrong.append(text)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_process_that_is_forked_opens_its_own_connection(redis: RedisServer) -> None:
    own = client(redis.url)
    identity = own.call("CLIENT", "ID")
    reader, writer = os.pipe()
    process = os.fork()
    if not process:
        os.write(writer, str(own.call("CLIENT", "ID")).encode())
        os._exit(0)
    os.waitpid(process, 0)
    child = int(os.read(reader, 100))
    os.close(reader)
    os.close(writer)
    assert child != identity
    assert own.call("CLIENT", "ID") == identity


def test_a_password_and_a_database_are_those_of_the_url() -> None:
    with RedisServer("--requirepass", "se/cret") as redis:
        address = f"127.0.0.1:{redis.port}"
        with pytest.raises(ConnectionFailed, match="NOAUTH"):
            client(f"redis://{address}/0").call("PING")
        with pytest.raises(ConnectionFailed, match="WRONGPASS"):
            client(f"redis://:wrong@{address}/0").call("PING")
        for user in ("", "default"):
            assert client(f"redis://{user}:se%2Fcret@{address}").call("PING") == b"PONG"
        client(f"redis://:se%2Fcret@{address}/1").call("SET", "key", "one")
        assert client(f"redis://:se%2Fcret@{address}/0").call("GET", "key") is None
        assert client(f"redis://:se%2Fcret@{address}/1").call("GET", "key") == b"one"
        with pytest.raises(ConnectionFailed, match="ERR"):
            client(f"redis://:se%2Fcret@{address}/99").call("PING")


def test_rediss_is_tls_with_a_certificate_that_is_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed (Debian: openssl)")
    key, certificate = tmp_path / "key", tmp_path / "certificate"
    command = (
        f"{openssl} req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2 "
        "-subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    subprocess.run(command.split(), check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = (
        f"--tls-port {port} --tls-cert-file {certificate} --tls-key-file {key} "
        f"--tls-ca-cert-file {certificate} --tls-auth-clients no"
    )
    with RedisServer(*options.split()):
        url = f"rediss://localhost:{port}/0"
        with pytest.raises(OSError, match="certificate"):
            client(url).call("PING")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        own = client(url)
        assert [own.call("PING") for _ in range(3)] == [b"PONG"] * 3


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("redis://store", RedisURL("store", 6379)),
        ("redis://store:1/2", RedisURL("store", 1, database=2)),
        ("rediss://me:p%40@[::1]:7/", RedisURL("::1", 7, "me", "p@", tls=True)),
    ],
)
def test_a_url_is_read(text: str, url: RedisURL) -> None:
    assert RedisURL.parse(text) == url


@pytest.mark.parametrize(
    "text",
    ["redis://", "redis:///0", "redis://a:port/0", "redis://a:99999", "redis://a/x", "redis://a/-1",
     "http://a", "redis://a?ssl=1"],
)  # fmt: skip
def test_a_url_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        RedisURL.parse(text)


def test_a_password_is_not_in_the_text_of_an_object_or_an_error() -> None:
    url = RedisURL.parse("redis://:secret@127.0.0.1:1/0")
    assert "secret" not in repr(url)
    with pytest.raises(OSError, match="refused") as caught:
        Client(url, connect_timeout=1, timeout=1).call("PING")
    assert "secret" not in str(caught.value)
