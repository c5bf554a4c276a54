"""Every level, built once while other tests run, and the simulated providers for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator import Upstreams
from tests.images import engine
from tests.images.builds import Builds
from tests.images.engine import LEVELS, Container

_BUILDS = Builds(engine.build)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "level" in metafunc.fixturenames:
        metafunc.parametrize("level", LEVELS, indirect=True, scope="session")


@pytest.hookimpl(trylast=True)  # after the order by fixtures
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of images come last, so that the builds have the time of all others."""
    items.sort(key=_is_of_images)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Starts the builds that the selected tests need."""
    callspecs = (getattr(item, "callspec", None) for item in session.items if _is_of_images(item))
    needed = {spec.params["level"] for spec in callspecs if spec and "level" in spec.params}
    if needed and not session.config.option.collectonly and not engine.missing():
        _BUILDS.start(needed)


def _is_of_images(item: pytest.Item) -> bool:
    return item.path.is_relative_to(Path(__file__).parent)


@pytest.fixture(scope="session")
def level(request: pytest.FixtureRequest) -> str:
    if reason := engine.missing():
        pytest.skip(f"{reason}: no image is built or tested")
    name: str = request.param
    _BUILDS.wait(name)
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
