"""No answer takes longer than the deadline, whoever does what."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from simulator import Upstreams, faults
from simulator.faults import Fault
from tests.faults.conftest import watched
from tests.faults.visitors import slack, together, visit
from tests.processes import Service, workers

DEADLINE = 2.5
PATHS = (
    *("/", "/Zermatt", "/48.1,8.1", "/48.1,8.2?format=html", "/48.1,8.3?format=text"),
    *("/Denver", "/Berlin?format=html", "/39.7,-105.1?format=text"),  # where somebody warns
    "/compare?" + "&".join(f"q=49.{place},8.5" for place in range(6)),
    "/compare?" + "&".join(f"q={name}" for name in ("Zermatt", "Chamonix", "Davos", "Nowhere")),
    *("/preview.png?lat=48.4&lon=8.1", "/api/v1/places?q=Zermatt"),
    "/api/v1/weather?lat=48.5&lon=8.1",
)
FAULTS: dict[str, tuple[Fault, ...]] = {
    "black hole": (faults.timeout(),),
    "slow": (faults.latency(0.8),),
    "slow drip of headers": (faults.drip_headers(1, 0.2),),
    "redirect, endless": (faults.redirect(), faults.endless()),
    "gzip bomb": (faults.gzip_bomb(),),
}


@pytest.mark.parametrize("name", FAULTS)
def test_all_paths_at_once(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path, name: str
) -> None:
    upstreams.fail("*", *FAULTS[name])
    with watched(tmp_path / "log", {**environment, "DEADLINE": str(DEADLINE)}) as service:
        visits = together(service.url + path for path in PATHS)
        assert max(each.seconds for each in visits) < DEADLINE + slack()
        assert {each.status for each in visits} <= {200, 404, 502, 503, 504}
        assert max(most_memory(each) for each in workers(service)) < 250
        upstreams.heal()


def test_places_side_by_side_are_asked_for_side_by_side(
    service: Service, upstreams: Upstreams
) -> None:
    upstreams.fail("open-meteo", faults.latency(1.5))
    told = visit(f"{service.url}/compare?q=1.5,8.5&q=2.5,8.5")
    assert told.status == 200
    first, second = (call.time for call in upstreams.calls("open-meteo"))
    assert abs(second - first) < timedelta(seconds=1)


def most_memory(process: int) -> float:
    """The most that it ever had, in MB (proc(5))."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))
