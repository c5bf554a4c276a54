"""Visitors: a few at a time, each with its own address, or all at the same moment."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from itertools import count
from selectors import EVENT_READ, DefaultSelector
from urllib.parse import urlsplit

from weather.atlas import cities

_STRIDE = 7919  # a prime, so that neighbours in the table are far apart in the order


def visit_each(
    url: str, paths: Iterable[str], concurrency: int = 8, addresses: Iterable[str] | None = None
) -> list[int]:
    """One visitor for every path: the statuses, 0 for a broken connection. Every visitor has an
    address of its own, by default those of `address`, if the service trusts one proxy
    (TRUSTED_PROXIES=1)."""
    host, local = urlsplit(url).netloc, threading.local()

    def visit(path: str, visitor: str) -> int:
        if not hasattr(local, "connection"):
            local.connection = HTTPConnection(host, timeout=30)
        try:
            local.connection.request("GET", path, headers={"X-Forwarded-For": visitor})
            response = local.connection.getresponse()
            response.read()
        except (OSError, HTTPException):
            local.connection.close()  # the next request opens it again
            return 0
        status: int = response.status
        return status

    with ThreadPoolExecutor(concurrency) as threads:
        return list(threads.map(visit, paths, addresses or map(address, count())))


def visit_at_once(urls: Sequence[str]) -> list[tuple[int, float]]:
    """All visitors at the same moment, over open connections: for each the status, and the seconds
    until the response was complete. Without threads, whose switches would count."""
    requests = dict(map(_prepare, urls))
    responses = {connection: bytearray() for connection in requests}
    start, visits = time.monotonic(), []
    with DefaultSelector() as selector:
        for connection, head in requests.items():
            connection.sendall(head)
            selector.register(connection, EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                connection = key.fileobj  # type: ignore[assignment]  # all are sockets
                if data := connection.recv(1 << 16):
                    responses[connection] += data
                    continue
                selector.unregister(connection)
                connection.close()
                status = int(responses[connection].split(None, 2)[1])
                visits.append((status, time.monotonic() - start))
    return visits


def _prepare(url: str) -> tuple[socket.socket, bytes]:
    """An open connection and the request to send."""
    parts = urlsplit(url)
    connection = socket.create_connection((parts.hostname, parts.port or 80), 30)
    head = f"GET {parts.path}?{parts.query} HTTP/1.0\r\nHost: {parts.netloc}\r\n\r\n"
    return connection, head.encode()


def check(statuses: Iterable[int]) -> None:
    """Raises `RuntimeError` unless every status is 200."""
    counts = Counter(statuses)
    if set(counts) != {200}:
        raise RuntimeError(f"Not all responses have status 200: {dict(counts)}")


def address(number: int) -> str:
    """One of 16 million IPv4 addresses."""
    return f"81.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def place(number: int) -> str:
    """Coordinates of one of the world's cities; after the last city, points north of each."""
    table = cities.load()
    around, city = divmod(number * _STRIDE, len(table.latitudes))
    coordinates = table.place(city).coordinates
    latitude = coordinates.latitude + 0.02 * (around // _STRIDE)
    return f"{latitude:.2f},{coordinates.longitude:.2f}"
