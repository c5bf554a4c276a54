"""Responses that are made when the server reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator


class LazyResponse:
    """The iterable of a WSGI response, for which the application is called at the first iteration:
    it may call `start_response` as late as that (PEP 3333).

    The server can so tell responses that are ready, which are lists, from those that may take
    time, and give a thread to these only.
    """

    def __init__(self, call: Callable[[], Iterable[bytes]]) -> None:
        self._call = call
        self._chunks: Iterable[bytes] = ()

    def __iter__(self) -> Iterator[bytes]:
        self._chunks = self._call()
        return iter(self._chunks)

    def close(self) -> None:
        getattr(self._chunks, "close", lambda: None)()
