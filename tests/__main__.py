"""`python -m tests`: all tests, in two processes at a time, as most of them wait for servers.

The first process has the tests that need an engine or a browser, or that kill processes; while
they run, it builds the images. Their time limits are real, and the machine does other work, so one
that fails is tried once more, and the output names it. The second has all others; its output
follows at the end.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

_FIRST = ("tests/browser", "tests/faults", "tests/images")
_ONCE_MORE = ("--reruns=1", "-rR")
_NO_TESTS = 5  # pytest's status where its options leave no test


def main() -> int:
    """The status: 0 if all tests passed. Further arguments are pytest's options."""
    options = sys.argv[1:]
    others = [f"--ignore={folder}" for folder in _FIRST]
    with tempfile.TemporaryFile("w+") as output:
        second = subprocess.Popen(_pytest(*others, *options), stdout=output, stderr=output)
        try:
            first = subprocess.run(_pytest(*_FIRST, *_ONCE_MORE, *options), check=False).returncode
            status = second.wait()
        finally:
            second.kill()
        output.seek(0)
        sys.stdout.write(output.read())
    return max({first, status} - {_NO_TESTS}, default=_NO_TESTS)


def _pytest(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pytest", *arguments]


if __name__ == "__main__":
    missing = [folder for folder in _FIRST if not Path(folder).is_dir()]
    sys.exit(f"Run it at the project's root: {missing} are missing." if missing else main())
