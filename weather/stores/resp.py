"""A client of the few commands of Redis that the store needs, over RESP2
(redis.io/docs/latest/develop/reference/protocol-spec), which Valkey speaks too.

redis-py has 240 commands in 6 MB; the images have no room for it, and use nine.
"""

from __future__ import annotations

import os
import select
import socket
import ssl
from collections.abc import Sequence
from dataclasses import field
from queue import Empty, LifoQueue
from urllib.parse import unquote, urlsplit

from weather.core.dataclass import dataclass

Argument = str | bytes | int | float
Reply = bytes | int | list["Reply"] | None

_MOST_IDLE = 32  # connections
_LONGEST_LINE = 1 << 16  # bytes
_LONGEST_BULK = 16 << 20  # bytes
_MOST_ITEMS = 1 << 16  # of an array
_CHUNK = 1 << 16
# Errors that every other command would get too.
_UNUSABLE = ("NOAUTH", "WRONGPASS", "NOPERM", "LOADING", "MASTERDOWN", "READONLY", "CLUSTERDOWN")


class CommandError(Exception):
    """The server refuses this command, and may take another one."""


class ConnectionFailed(OSError):
    """The server cannot be used."""


@dataclass(frozen=True, slots=True)
class RedisURL:
    """`redis://[[user]:password@]host[:port][/database]`; `rediss` is TLS, whose certificates
    are those of the system or of SSL_CERT_FILE."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    database: int = 0
    tls: bool = False

    @classmethod
    def parse(cls, text: str) -> RedisURL:
        """Raises `ValueError`."""
        parts = urlsplit(text)
        database = parts.path.strip("/") or "0"
        if parts.scheme not in {"redis", "rediss"} or not parts.hostname or parts.query:
            raise ValueError("must read redis://host:port/0")
        if not (database.isascii() and database.isdigit()):
            raise ValueError("has a database that is no number")
        try:
            port = parts.port
        except ValueError:
            raise ValueError("has a port that is no number up to 65535") from None
        return cls(
            parts.hostname,
            6379 if port is None else port,
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            int(database),
            parts.scheme == "rediss",
        )


class Client:
    """Threads may share it: each command takes an idle connection, or opens one."""

    def __init__(self, url: RedisURL, *, connect_timeout: float, timeout: float) -> None:
        self._url = url
        self._connect_timeout, self._timeout = connect_timeout, timeout
        self._idle: LifoQueue[_Connection] = LifoQueue(_MOST_IDLE)
        self._process = os.getpid()

    def call(self, *command: Argument) -> Reply:
        """Raises `CommandError` or `OSError`."""
        (reply,) = self.call_many([command])
        if isinstance(reply, CommandError):
            raise reply
        return reply

    def call_many(self, commands: Sequence[Sequence[Argument]]) -> list[Reply | CommandError]:
        """The replies to several commands in one round trip. Raises `OSError`."""
        connection = self._connection()
        try:
            connection.send(commands)
            replies = [connection.reply() for _ in commands]
        except BaseException:
            connection.close()  # with half a reply in it
            raise
        for reply in replies:
            if isinstance(reply, CommandError) and str(reply).startswith(_UNUSABLE):
                connection.close()
                raise ConnectionFailed(str(reply).partition(" ")[0])
        self._give_back(connection)
        return replies

    def _connection(self) -> _Connection:
        if self._process != os.getpid():  # the connections are those of the parent
            self._idle, self._process = LifoQueue(_MOST_IDLE), os.getpid()
        while True:
            try:
                connection = self._idle.get_nowait()
            except Empty:
                return _Connection(self._url, self._connect_timeout, self._timeout)
            if connection.is_usable():
                return connection
            connection.close()

    def _give_back(self, connection: _Connection) -> None:
        if self._idle.full():
            connection.close()
        else:
            self._idle.put(connection)


class _Connection:
    def __init__(self, url: RedisURL, connect_timeout: float, timeout: float) -> None:
        self._buffer = bytearray()
        self._socket = socket.create_connection((url.host, url.port), connect_timeout)
        try:
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if url.tls:
                context = ssl.create_default_context()
                self._socket = context.wrap_socket(self._socket, server_hostname=url.host)
            self._socket.settimeout(timeout)
            self._greet(url)
        except BaseException:
            self.close()
            raise

    def _greet(self, url: RedisURL) -> None:
        commands: list[list[Argument]] = []
        if url.password:
            commands.append(["AUTH", *([url.user] if url.user else []), url.password])
        if url.database:
            commands.append(["SELECT", url.database])
        if commands:
            self.send(commands)
            for _ in commands:
                if isinstance(error := self.reply(), CommandError):
                    raise ConnectionFailed(str(error).partition(" ")[0])

    def is_usable(self) -> bool:
        """False if the server has closed it, or has sent what nobody waits for."""
        poller = select.poll()  # select() takes no descriptor above 1023
        poller.register(self._socket, select.POLLIN)
        return not self._buffer and not poller.poll(0)

    def close(self) -> None:
        self._socket.close()

    def __del__(self) -> None:
        if hasattr(self, "_socket"):
            self._socket.close()

    def send(self, commands: Sequence[Sequence[Argument]]) -> None:
        self._socket.sendall(b"".join(map(_encoded, commands)))

    def reply(self) -> Reply | CommandError:
        line = self._line()
        kind, rest = line[:1], line[1:]
        if kind == b"+":
            return rest
        if kind == b"-":
            return CommandError(rest.decode(errors="replace"))
        number = _number(rest)
        if kind == b":":
            return number
        if kind == b"$" and number <= _LONGEST_BULK:
            return None if number < 0 else self._bytes(number)
        if kind == b"*" and number <= _MOST_ITEMS:
            return None if number < 0 else [self._item() for _ in range(number)]
        raise ConnectionFailed("The reply is not of RESP2")

    def _item(self) -> Reply:
        reply = self.reply()
        if isinstance(reply, CommandError):
            raise ConnectionFailed(str(reply))
        return reply

    def _line(self) -> bytes:
        while (end := self._buffer.find(b"\r\n")) < 0:
            if len(self._buffer) > _LONGEST_LINE:
                raise ConnectionFailed("The reply is not of RESP2")
            self._receive()
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        return line

    def _bytes(self, count: int) -> bytes:
        while len(self._buffer) < count + 2:
            self._receive()
        data = bytes(self._buffer[:count])
        del self._buffer[: count + 2]
        return data

    def _receive(self) -> None:
        data = self._socket.recv(_CHUNK)
        if not data:
            raise ConnectionFailed("The server has closed the connection")
        self._buffer += data


def _number(digits: bytes) -> int:
    try:
        return int(digits)
    except ValueError:
        raise ConnectionFailed("The reply is not of RESP2") from None


def _encoded(command: Sequence[Argument]) -> bytes:
    parts = [b"*%d\r\n" % len(command)]
    for argument in command:
        data = argument if isinstance(argument, bytes) else str(argument).encode()
        parts.append(b"$%d\r\n%b\r\n" % (len(data), data))
    return b"".join(parts)
