"""python -m simulator.demo: the service with simulated providers, without internet access."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress

from simulator import Upstreams


def main() -> int:
    with Upstreams() as upstreams:
        # In memory: the real service must never find sample data in its folder.
        environment = {**os.environ, **upstreams.environment(), "CACHE_URL": "memory"}
        with subprocess.Popen([sys.executable, "app.py"], env=environment) as service:
            signal.signal(signal.SIGTERM, lambda *_: service.terminate())
            with suppress(KeyboardInterrupt):
                return service.wait()
            return service.wait()


if __name__ == "__main__":
    sys.exit(main())
