"""No response takes longer than the deadline, whatever the providers do."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from simulator import Upstreams, faults
from simulator.faults import Fault
from tests.conftest import until
from tests.faults.conftest import serve_cleanly
from tests.faults.visitors import Visit, slack, visit, visit_at_once
from tests.processes import workers

DEADLINE = 2.5
PATHS = (
    *("/", "/Zermatt", "/48.1,8.1", "/48.1,8.2?format=html", "/48.1,8.3?format=text"),
    *("/Denver", "/Berlin?format=html", "/39.7,-105.1?format=text"),  # with providers of warnings
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
def test_every_path_keeps_the_deadline(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path, name: str
) -> None:
    upstreams.fail("*", *FAULTS[name])
    with serve_cleanly(tmp_path / "log", {**environment, "DEADLINE": str(DEADLINE)}) as service:
        visits = visit_at_once(service.url + path for path in PATHS)
        assert max(each.seconds for each in visits) < DEADLINE + slack()
        assert {each.status for each in visits} <= {200, 404, 502, 503, 504}
        assert max(peak_memory(process) for process in workers(service)) < 250
        upstreams.heal()


def test_compared_places_are_fetched_concurrently(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    """No call is answered before both have arrived."""
    upstreams.fail("open-meteo", faults.latency(60))
    visits: list[Visit] = []
    with serve_cleanly(tmp_path / "log", {**environment, "DEADLINE": "60"}) as service:
        url = f"{service.url}/compare?q=1.5,8.5&q=2.5,8.5"
        visitor = threading.Thread(target=lambda: visits.append(visit(url)))
        visitor.start()
        until(lambda: len(upstreams.calls("open-meteo")) == 2)
        upstreams.heal()
        visitor.join()
    assert [each.status for each in visits] == [200]


def peak_memory(process: int) -> float:
    """The largest resident set so far, in MB (proc(5))."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))
