"""python -m simulator.demo: the service with simulated providers, without internet access."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from zlib import crc32

from simulator import Upstreams
from simulator.gazetteer import City
from simulator.world import World
from weather.atlas import Atlas


def towns(name: str, within: tuple[str, ...]) -> list[City]:
    """Any town of the atlas, so that who types their own finds it."""
    return [
        City(
            id=80_000_000 + crc32(place.full_name.encode()) % 1_000_000,
            name=place.name or "",
            admin1=place.region or "",
            country_code=place.country_code or "",
            latitude=place.coordinates.latitude,
            longitude=place.coordinates.longitude,
            elevation=int(place.elevation or 0),
            population=place.population or 0,
            timezone=place.timezone or "UTC",
            feature_code="PPL",
        )
        for place in Atlas().search(name, within)
    ]


def main() -> int:
    with Upstreams(World(towns=towns)) as upstreams:
        # In memory: the real service must never find sample data in its folder.
        environment = {**os.environ, **upstreams.environment(), "CACHE_URL": "memory"}
        with subprocess.Popen([sys.executable, "app.py"], env=environment) as service:
            signal.signal(signal.SIGTERM, lambda *_: service.terminate())
            with suppress(KeyboardInterrupt):
                return service.wait()
            return service.wait()


if __name__ == "__main__":
    sys.exit(main())
