"""Chromium, and the service in a process of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from simulator import Upstreams
from tests.processes import Service, serve

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def providers() -> Iterator[Upstreams]:
    with Upstreams() as upstreams:
        upstreams.now = lambda: datetime.now(UTC)
        yield upstreams


@pytest.fixture(scope="session")
def service(providers: Upstreams, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Trusts one proxy, so that a test can set its visitor's address."""
    environment = {**providers.environment(), "TRUSTED_PROXIES": "1", "SAMPLE_DATA": "0"}
    if databases := os.environ.get("TEST_GEOIP_DATABASES"):
        environment["GEOIP_DATABASE"] = databases
    with serve(tmp_path_factory.mktemp("service") / "log", environment) as running:
        yield running
