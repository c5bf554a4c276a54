"""An outage of all providers for a day."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from simulator import Upstreams
from tests.conftest import until
from tests.faults.conftest import serve_cleanly
from tests.faults.visitors import Visit, visit

PATHS = [*(f"/{40 + place}.5,8.5" for place in range(5)), "/Paris", "/Oslo", "/"]


def provenance(visit: Visit) -> dict[str, object]:
    parsed: dict[str, object] = json.loads(visit.body)["provenance"]
    return parsed


def test_every_known_place_is_served_for_a_day(
    environment: dict[str, str], upstreams: Upstreams, tmp_path: Path
) -> None:
    shift = tmp_path / "shift"
    shift.write_text("0")
    upstreams.now = lambda: datetime.now(UTC) + timedelta(seconds=float(shift.read_text() or 0))
    with serve_cleanly(
        tmp_path / "log", environment, "-m", "tests.faults.shifted", str(shift)
    ) as service:
        for path in PATHS:
            assert visit(service.url + path).status == 200
        shift.write_text(str(22 * 3600))  # the last visit was long before the outage
        assert visit(f"{service.url}/Rome").status == 200
        upstreams.refuse()
        for hour in range(23, 23 + 25, 2):
            shift.write_text(str(hour * 3600))
            visits = [visit(service.url + path) for path in [*PATHS, "/Rome"]]
            assert {each.status for each in visits} == {200}, hour
        assert {provenance(each)["stale"] for each in visits} == {True}
        assert all(int(str(provenance(each)["age"])) > 24 * 3600 for each in visits)
        assert visit(f"{service.url}/-33.5,18.5").status in {503, 504}, (
            "an unknown place gets no forecast"
        )
        upstreams.accept()
        shift.write_text(str(50 * 3600))
        until(lambda: not provenance(visit(service.url + PATHS[0]))["stale"])
