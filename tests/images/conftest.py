"""Every level, built once, and the simulated providers for all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from simulator import Upstreams
from tests.images import engine
from tests.images.engine import LEVELS, Container


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "level" in metafunc.fixturenames:
        metafunc.parametrize("level", LEVELS, indirect=True, scope="session")


@pytest.fixture(scope="session")
def level(request: pytest.FixtureRequest) -> str:
    if reason := engine.missing():
        pytest.skip(f"{reason}: no image is built or tested")
    name: str = request.param
    engine.build(name)
    return name


@pytest.fixture(scope="session")
def providers() -> Iterator[Upstreams]:
    with Upstreams() as server:
        yield server


@pytest.fixture
def healed(providers: Upstreams) -> Iterator[Upstreams]:
    """The providers; their faults end with the test."""
    yield providers
    providers.heal("*")


@pytest.fixture(scope="session")
def container(level: str, providers: Upstreams) -> Iterator[Container]:
    """One container per level, for the tests that only send requests."""
    with engine.running(level, providers.environment(), "--health-interval=1s") as running:
        running.wait()
        yield running
