"""A database that is emptied or truncated in place, as `cp` and `curl -o` do.

POSIX, mmap(): a reference to a page beyond the end of a mapped file raises SIGBUS, which ends the
process.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from simulator import Upstreams
from tests.mmdb import _MARKER, mmdb
from tests.processes import PATIENCE, serve, workers
from tests.providers.test_ip_records import NESTED, NESTED_PLACE
from weather.providers import ip_file

DATABASE = mmdb({"81.2.69.0/24": NESTED})


def large() -> bytes:
    """The same, larger than what is read as a whole."""
    head, marker, metadata = DATABASE.rpartition(_MARKER)
    return head + bytes(ip_file._READ_WHOLE) + marker + metadata


@pytest.fixture
def upstreams() -> Iterator[Upstreams]:
    with Upstreams() as server:
        server.now = lambda: datetime.now(UTC)
        yield server


@pytest.mark.parametrize("size", [0, 1, 100, len(DATABASE) // 2])
@pytest.mark.parametrize("content", [DATABASE, large()], ids=["small", "large"])
def test_no_worker_dies(upstreams: Upstreams, tmp_path: Path, content: bytes, size: int) -> None:
    path = tmp_path / "city.mmdb"
    path.write_bytes(content)
    environment = {
        **upstreams.environment(),
        "GEOIP_DATABASE": str(path),
        "IP_LOCATORS": "database",
        "TRUSTED_PROXIES": "1",
        "WEB_CONCURRENCY": "1",
    }
    with serve(tmp_path / "log", environment) as service:
        url = f"{service.url}/api/v1/weather?ip=81.2.69.160"
        before = workers(service)
        with path.open("r+b") as file:
            file.truncate(size)
        responses = [requests.get(f"{url}&hours={n}", timeout=PATIENCE) for n in range(1, 4)]
        assert workers(service) == before
    statuses = {response.status_code for response in responses}
    if len(content) > ip_file._READ_WHOLE:
        assert statuses == {404}, "an unknown place, not an error of ours"
    else:
        assert statuses == {200}
        assert responses[0].json()["place"]["name"] == NESTED_PLACE.name
    assert "SIGBUS" not in service.log.read_text()
