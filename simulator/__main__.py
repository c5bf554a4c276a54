"""python -m simulator --port 9000 [--city Zurich]: serves until Ctrl+C and prints the
settings that point the service to it."""

import argparse
import shlex
import sys
from contextlib import suppress
from threading import Event

from .gazetteer import city
from .server import Upstreams
from .world import World


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=9000, help="0 chooses a free port")
    parser.add_argument("--city", default="Zurich", help="the city of the server's own IP address")
    options = parser.parse_args()
    try:
        world = World(home=city(options.city))
    except KeyError:
        parser.error(f"the gazetteer has no city named {options.city!r}")
    with Upstreams(world, options.port) as upstreams:
        for name, value in upstreams.environment().items():
            sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            Event().wait()


if __name__ == "__main__":
    main()
