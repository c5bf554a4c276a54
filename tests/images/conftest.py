"""Every level, built once while other tests run, and the simulated providers for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from simulator import Upstreams
from tests.images import engine, linking, processes
from tests.images.background import Background
from tests.images.engine import LEVELS, Container

# By the names of the fixtures that wait for them.
_OF_LEGENDARY: dict[str, Callable[[], object]] = {
    "tests_of_processes": processes.check_legendary,
    "second_link": linking.check_second_link,
}


def _build(*levels: str) -> dict[str, Callable[[], object]]:
    return {level: partial(engine.build, level) for level in levels}


# Legendary first, because it takes longest; then epic, whose stand-in's base is its toolchain.
# The others mostly wait for downloads.
_BACKGROUND = Background(
    _build("legendary", "epic") | _OF_LEGENDARY,
    _build("common", "magic", "rare"),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "level" in metafunc.fixturenames:
        metafunc.parametrize("level", LEVELS, indirect=True, scope="session")


@pytest.hookimpl(trylast=True)  # after the order by fixtures
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of images come last, so that the builds have the time of all others."""
    items.sort(key=_is_of_images)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Starts the jobs that the selected tests need."""
    jobs = {job for item in session.items if _is_of_images(item) for job in _jobs(item)}
    if jobs and not session.config.option.collectonly and not engine.missing():
        _BACKGROUND.start(jobs)


def _jobs(item: pytest.Item) -> Iterator[str]:
    callspec = getattr(item, "callspec", None)
    level = callspec.params.get("level") if callspec else None
    if level:
        yield level
    if level == "legendary":
        yield from _OF_LEGENDARY.keys() & set(getattr(item, "fixturenames", ()))


def _is_of_images(item: pytest.Item) -> bool:
    return item.path.is_relative_to(Path(__file__).parent)


@pytest.fixture(scope="session")
def level(request: pytest.FixtureRequest) -> str:
    if reason := engine.missing():
        pytest.skip(f"{reason}: no image is built or tested")
    name: str = request.param
    _BACKGROUND.wait(name)
    return name


@pytest.fixture
def tests_of_processes(level: str) -> Callable[[], None]:
    """Waits for the tests of `python app.py` with this level's executable, if it has one of its
    own. Raises `AssertionError` with their output if one fails."""
    return _job_of_legendary(level, "tests_of_processes")


@pytest.fixture
def second_link(level: str) -> Callable[[], None]:
    """Waits for a second link of this level's executable, if it has one of its own. Raises
    `AssertionError` if it differs from the first."""
    return _job_of_legendary(level, "second_link")


def _job_of_legendary(level: str, job: str) -> Callable[[], None]:
    return partial(_BACKGROUND.wait, job) if level == "legendary" else lambda: None


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
