"""`python -m tests`: all tests, in three processes at a time, as most of them wait for servers.

The first process has the tests that need an engine or a browser, or that kill processes; while
they run, it builds the images. Their time limits are real, and the machine does other work, so one
that fails is tried once more, and the output names it. The second has what answers requests, the
third all others; their output follows at the end.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

_FIRST = ("tests/browser", "tests/faults", "tests/images")
_SECOND = ("tests/cli", "tests/clients", "tests/i18n", "tests/server", "tests/views", "tests/web")
_ONCE_MORE = ("--reruns=1", "-rR")
_NO_TESTS = 5  # pytest's status where its options leave no test


def main() -> int:
    """The status: 0 if all tests passed. Further arguments are pytest's options."""
    options = sys.argv[1:]
    others = [f"--ignore={folder}" for folder in (*_FIRST, *_SECOND)]
    with ExitStack() as stack:
        behind = [
            stack.enter_context(_behind(_pytest(*selection, *options)))
            for selection in (_SECOND, others)
        ]
        command = _pytest(*_FIRST, *_ONCE_MORE, *options)
        statuses = {subprocess.run(command, check=False).returncode}
        statuses |= {wait() for wait in behind}
    return max(statuses - {_NO_TESTS}, default=_NO_TESTS)


@contextmanager
def _behind(command: list[str]) -> Iterator[Callable[[], int]]:
    """Runs a command behind others. The function waits for its status and prints its output."""
    with (
        tempfile.TemporaryFile("w+") as output,
        subprocess.Popen(command, stdout=output, stderr=output) as process,
    ):

        def wait() -> int:
            status = process.wait()
            output.seek(0)
            print(output.read(), flush=True)
            return status

        try:
            yield wait
        finally:
            process.kill()


def _pytest(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pytest", *arguments]


if __name__ == "__main__":
    missing = [folder for folder in (*_FIRST, *_SECOND) if not Path(folder).is_dir()]
    sys.exit(f"Run it at the project's root: {missing} are missing." if missing else main())
