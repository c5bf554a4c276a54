"""The local server of all simulated providers, each below its own path prefix."""

import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from threading import Lock, Thread
from types import TracebackType
from typing import Self

from weather.providers import registry

from .faults import Fault
from .handler import Server
from .messages import Request
from .plans import Plans
from .providers import PROVIDERS
from .world import World


class Upstreams:
    """The service's upstreams, simulated on one loopback port. A context manager.

    >>> with Upstreams() as upstreams:
    ...     upstreams.fail("open-meteo", faults.status(503), first=2)
    ...     get(upstreams.url("open-meteo") + "/v1/forecast?latitude=47.4&longitude=8.5")
    ...     assert len(upstreams.calls("open-meteo")) == 1
    """

    def __init__(self, world: World | None = None, port: int = 0) -> None:
        self.world = world or World()
        self.port = port
        self.plans = Plans()
        self._calls: list[Request] = []
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._server: Server | None = None

    def __enter__(self) -> Self:
        self.accept()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.refuse()

    def accept(self) -> None:
        """Listens: on `port`, and after `refuse` on the same port as before."""
        if self._server is None:
            self._server = Server(self)
            self.port = self._server.server_port
            self.world.base_url = f"http://127.0.0.1:{self.port}"
            poll = {"poll_interval": 0.01}
            Thread(target=self._server.serve_forever, kwargs=poll, daemon=True).start()

    def refuse(self) -> None:
        """Closes the port and every connection; new connections are refused until `accept`."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        self.plans.release()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def url(self, provider: str) -> str:
        """The base URL of a provider, without a slash at its end. Raises `KeyError`."""
        if provider not in PROVIDERS:
            raise KeyError(provider)
        return f"http://127.0.0.1:{self.port}/{provider}"

    def environment(self) -> dict[str, str]:
        """The settings that point the service to this server."""
        urls = {
            setting.variable: self.url(provider.key)
            for provider in registry.PROVIDERS
            for setting in provider.settings
            if setting.name.endswith("_url") and not provider.local
        }
        return urls | {
            "GEOIP_DOWNLOAD_URL": self.url("db-ip") + "/free/dbip-city-lite-{month}.mmdb.gz",
            "SAMPLE_DATA": "1",
            "CONTACT": "demo@example.org",
        }

    @property
    def now(self) -> Callable[[], datetime]:
        """The providers' clock; set it to control their time."""
        return self.world.now

    @now.setter
    def now(self, clock: Callable[[], datetime]) -> None:
        self.world.now = clock

    def fail(self, provider: str, *faults: Fault, first: int | None = None) -> None:
        """Plans these faults, together, for the next `first` requests (None: until `heal`).

        `provider` is "*" for all providers. A later call replaces the faults of that provider.
        """
        if provider != "*":
            self.url(provider)
        self.plans.set(provider, faults, first)

    def heal(self, provider: str | None = None) -> None:
        """Ends the faults of one provider, or of all, and their waits."""
        self.plans.release(provider)

    def calls(self, provider: str | None = None) -> list[Request]:
        """The recorded requests to one provider, or to all."""
        with self._lock:
            return [call for call in self._calls if provider in (None, call.provider)]

    def reset(self) -> None:
        """Deletes the recorded calls."""
        with self._lock:
            self._calls.clear()

    def record(self, request: Request) -> None:
        with self._lock:
            self._calls.append(request)

    @property
    def connections(self) -> int:
        """The number of open connections."""
        with self._lock:
            return len(self._open)

    def opened(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)
