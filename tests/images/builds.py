"""Builds of the levels in the background, two at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Future
from threading import Thread

# Legendary first, because it takes longest; then epic, whose stand-in's base is its toolchain.
# The others mostly wait for downloads.
_LANES = (("legendary", "epic"), ("common", "magic", "rare"))


class Builds:
    """Each level is built at most once. Its threads do not outlive the process."""

    def __init__(self, build: Callable[[str], object]) -> None:
        self._build = build
        self._results: dict[str, Future[None]] = {}

    def start(self, levels: Collection[str]) -> None:
        """Starts the builds that were not started before, and returns."""
        for lane in _LANES:
            names = [name for name in lane if name in levels and name not in self._results]
            self._results |= {name: Future() for name in names}
            Thread(target=self._run, args=(names,), daemon=True).start()

    def wait(self, level: str) -> None:
        """Returns when the level is built. Raises what its build raised."""
        self.start({level})
        self._results[level].result()

    def _run(self, names: list[str]) -> None:
        for name in names:
            try:
                self._build(name)
            except BaseException as error:  # noqa: BLE001  # it is raised where the level is used
                self._results[name].set_exception(error)
            else:
                self._results[name].set_result(None)
