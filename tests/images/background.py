"""Jobs that run while tests run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from threading import Thread


class Background:
    """Runs named jobs in lanes: in a lane one after the other, the lanes at the same time.

    Each job runs at most once. The threads do not outlive the process.
    """

    def __init__(self, *lanes: Mapping[str, Callable[[], object]]) -> None:
        self._lanes = lanes
        self._results: dict[str, Future[None]] = {}

    def start(self, names: Collection[str]) -> None:
        """Starts the jobs that were not started before, and returns."""
        for lane in self._lanes:
            jobs = {n: job for n, job in lane.items() if n in names and n not in self._results}
            self._results |= {name: Future() for name in jobs}
            Thread(target=self._run, args=(jobs,), daemon=True).start()

    def wait(self, name: str) -> None:
        """Returns when the job is done. Raises what the job raised."""
        self.start({name})
        self._results[name].result()

    def _run(self, jobs: Mapping[str, Callable[[], object]]) -> None:
        for name, job in jobs.items():
            try:
                job()
            except BaseException as error:  # noqa: BLE001  # it is raised by `wait`
                self._results[name].set_exception(error)
            else:
                self._results[name].set_result(None)
