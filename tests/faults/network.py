"""Clients in a network of their own, whose packets have at most 1,500 bytes (ip-netns(8)).

The loopback interface carries 64 kB in a packet and lets the kernel buffer megabytes, which hides
what a client that does not read does to the service.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.processes import PATIENCE

_CLONE_NEWNET = 0x40000000  # setns(2)
SERVER = "198.18.77.1"  # in the network of RFC 2544, which is used for tests only


class ClientNetwork:
    """Opens connections to the service from addresses of the network. The sockets can be used
    from any thread; only their making is bound to the one that has entered the network."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, initializer=_enter, initargs=(name,))

    def connect(
        self, port: int, number: int, *, receive_buffer: int = 0, addresses: Sequence[str] = ()
    ) -> list[socket.socket]:
        """`number` connections, in turn from each of the addresses; the socket's default address
        if there are none."""
        return self._thread.submit(_connect, port, number, receive_buffer, addresses).result()

    def close(self) -> None:
        self._thread.shutdown()


def addresses(number: int) -> list[str]:
    """Addresses of clients."""
    return [f"198.18.77.{2 + client}" for client in range(number)]


@contextmanager
def client_network() -> Iterator[ClientNetwork]:
    """Skips the test where networks cannot be made."""
    if os.geteuid() or shutil.which("ip") is None:
        pytest.skip("making networks needs root and iproute2")
    name, near, far = (f"{kind}{os.getpid()}" for kind in ("weather", "near", "far"))
    inside = ("-n", name)
    try:
        _ip("netns", "add", name)
    except subprocess.CalledProcessError:
        pytest.skip("this machine allows no network namespaces")
    try:
        _ip("link", "add", near, "mtu", "1500", "type", "veth", "peer", "name", far)
        _ip("link", "set", far, "netns", name)
        _ip("addr", "add", f"{SERVER}/24", "dev", near)
        _ip("link", "set", near, "up")
        for address in addresses(100):
            _ip(*inside, "addr", "add", f"{address}/24", "dev", far)
        _ip(*inside, "link", "set", far, "up", "mtu", "1500")
        network = ClientNetwork(name)
        try:
            yield network
        finally:
            network.close()
    finally:
        _ip("netns", "del", name)  # with its interface, and the peer of that


@contextmanager
def many_files() -> Iterator[None]:
    """Lets this process open as many files as the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def _enter(name: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    with Path("/run/netns", name).open("rb") as namespace:
        if libc.setns(namespace.fileno(), _CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")


def _connect(
    port: int, number: int, receive_buffer: int, addresses: Sequence[str]
) -> list[socket.socket]:
    connections: list[socket.socket] = []
    for client in range(number):
        connection = socket.socket()
        connection.settimeout(PATIENCE)
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        if addresses:
            connection.bind((addresses[client % len(addresses)], 0))
        connection.connect((SERVER, port))
        connections.append(connection)
    return connections
