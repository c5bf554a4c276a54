"""The health probes."""

from __future__ import annotations

from flask.testing import FlaskClient

from simulator import Upstreams, faults
from tests.web.clients import (
    PROGRAM,
    get,
)


def test_probes(client: FlaskClient, upstreams: Upstreams) -> None:
    assert get(client, "/healthz").get_json() == {"status": "alive"}
    assert get(client, "/readyz").get_json()["status"] == "ready"
    assert upstreams.calls() == [], "no upstream is involved"
    upstreams.fail("*", faults.down())
    assert get(client, "/48,8?strict=1", headers=PROGRAM).status_code == 503
    assert get(client, "/readyz").status_code == 503
    assert get(client, "/healthz").status_code == 200
    upstreams.heal()
    assert get(client, "/48,8", headers=PROGRAM).status_code == 200
    assert get(client, "/readyz").status_code == 200
