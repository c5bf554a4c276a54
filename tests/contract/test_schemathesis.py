"""Requests by chance, made from the OpenAPI document."""

from __future__ import annotations

import os

import pytest

from tests.contract.run_schemathesis import run

SCHEMATHESIS = os.environ.get("TEST_SCHEMATHESIS", "")


@pytest.mark.skipif(not SCHEMATHESIS, reason="needs schemathesis: see tests/fetch_schemathesis")
def test_schemathesis_finds_nothing() -> None:
    passed, report = run(SCHEMATHESIS, examples=10, seed=1)
    assert passed, report
    assert "generated" in report
