"""Schemathesis against the service in a process of its own, in front of the simulated providers.

    python -m tests.contract.run_schemathesis COMMAND [--examples 100] [--seed 7]

COMMAND is what tests/fetch_schemathesis prints.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from simulator import Upstreams
from tests.processes import serve

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
SETTINGS = {"RATE_LIMIT": "0", "OPEN_METEO_BUDGET": "1000000,1000000,1000000"}


def run(command: str, examples: int, seed: int) -> tuple[bool, str]:
    """Whether nothing was found, and the report."""
    with tempfile.TemporaryDirectory() as folder, Upstreams() as upstreams:
        log = Path(folder, "log")
        with serve(log, {**upstreams.environment(), **SETTINGS}) as service:
            # In a folder of its own: it writes files.
            result = subprocess.run(
                [
                    *(command, f"--config-file={CONFIGURATION}", "--no-color", "run"),
                    *(f"{service.url}/openapi.json", f"--max-examples={examples}"),
                    *(f"--seed={seed}", "--continue-on-failure"),
                ],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
            )
        report = result.stdout + result.stderr
        text = log.read_text(errors="replace")
        if "Traceback" in text:
            return False, f"{report}\nA traceback in the log:\n{text[text.index('Traceback') :]}"
        return result.returncode == 0, report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("command")
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    passed, report = run(options.command, options.examples, options.seed)
    print(report)
    sys.exit(not passed)


if __name__ == "__main__":
    main()
