"""A call that another thread can abort."""

from __future__ import annotations

import contextlib
import socket
import threading

_thread = threading.local()  # .call: the call that this thread makes


class NotConnected(Exception):
    """There is no open connection for a call that may not connect; it has sent nothing."""


class AbortableCall:
    """The call of one thread, which enters it; any thread may abort it. One that may not connect
    uses an open connection: no thread can abort the look-up of a host's address."""

    def __init__(self, *, may_connect: bool = True) -> None:
        self.may_connect = may_connect
        self.aborted = False
        self._socket: socket.socket | None = None
        self._is_kept = False
        self._lock = threading.Lock()

    def __enter__(self) -> AbortableCall:
        _thread.call = self
        return self

    def __exit__(self, *error: object) -> None:
        _thread.call = None
        with self._lock:
            self._use(None)

    def attach(self, connected: socket.socket | None) -> None:
        """The call uses this socket from now on. Raises `TimeoutError` after `abort`."""
        with self._lock:
            self._use(connected)
            if self.aborted:
                raise TimeoutError("The call was aborted.")

    def detach(self, connected: socket.socket | None) -> None:
        """Another call may use this socket from now on."""
        with self._lock:
            if self._socket is connected:
                self._use(None)

    def keep(self, connected: socket.socket) -> bool:
        """Whether the call uses this socket, and closes it when it uses another one or ends: a
        response that ends with its connection is read after the connection object is closed."""
        with self._lock:
            self._is_kept = self._is_kept or self._socket is connected
            return self._socket is connected

    def _use(self, connected: socket.socket | None) -> None:
        if self._is_kept and self._socket is not None:
            self._socket.close()
        self._socket, self._is_kept = connected, False

    def abort(self) -> None:
        """Shut the socket down, so that the call's reads and writes fail at once."""
        with self._lock:
            self.aborted = True
            if self._socket is not None:
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)


def current_call() -> AbortableCall | None:
    """The call that this thread makes."""
    return getattr(_thread, "call", None)
