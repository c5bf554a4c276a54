"""Visitors: some at a time, each with an address of its own; or all in the same moment."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from selectors import EVENT_READ, DefaultSelector
from urllib.parse import urlsplit

from weather.atlas import cities

_STRIDE = 7919  # a prime, so that neighbours in the table come at different times


def come(url: str, paths: Iterable[str], at_once: int = 8) -> list[int]:
    """One visitor for each path; the statuses of the answers, 0 where there was none. The
    service must trust one proxy (TRUSTED_PROXIES=1), or all have one address."""
    host, local = urlsplit(url).netloc, threading.local()

    def visit(number_and_path: tuple[int, str]) -> int:
        number, path = number_and_path
        if not hasattr(local, "line"):
            local.line = HTTPConnection(host, timeout=30)
        try:
            local.line.request("GET", path, headers={"X-Forwarded-For": address(number)})
            answer = local.line.getresponse()
            answer.read()
        except (OSError, HTTPException):
            local.line.close()  # and opened again by the next request
            return 0
        status: int = answer.status
        return status

    with ThreadPoolExecutor(at_once) as threads:
        return list(threads.map(visit, enumerate(paths)))


def together(urls: Sequence[str]) -> list[tuple[int, float]]:
    """All ask in one moment, over connections that stand already: the status of each answer,
    and the seconds until all of it was there. No threads, whose own turns would be counted."""
    answers: dict[socket.socket, bytearray] = {}
    asked: dict[socket.socket, bytes] = {}
    for url in urls:
        parts = urlsplit(url)
        line = socket.create_connection((parts.hostname, parts.port or 80), 30)
        path = f"{parts.path}?{parts.query}"
        asked[line] = f"GET {path} HTTP/1.0\r\nHost: {parts.netloc}\r\n\r\n".encode()
        answers[line] = bytearray()
    began, told = time.monotonic(), []
    with DefaultSelector() as selector:
        for line, head in asked.items():
            line.sendall(head)
            selector.register(line, EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                line = key.fileobj  # type: ignore[assignment]  # all are sockets
                if more := line.recv(1 << 16):
                    answers[line] += more
                    continue
                selector.unregister(line)
                line.close()
                told.append((int(answers[line].split(None, 2)[1]), time.monotonic() - began))
    return told


def check(statuses: Iterable[int]) -> None:
    """Raises `RuntimeError` if not every visitor was answered with 200."""
    if set(found := Counter(statuses)) != {200}:
        raise RuntimeError(f"Not all answers were right: {dict(found)}")


def address(number: int) -> str:
    """One of 16 million."""
    return f"81.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def place(number: int) -> str:
    """Coordinates of one of the world's cities; past the last, a little to the north of each."""
    table = cities.load()
    around, city = divmod(number * _STRIDE, len(table.latitudes))
    where = table.place(city).coordinates
    return f"{where.latitude + 0.02 * (around // _STRIDE):.2f},{where.longitude:.2f}"
