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

PROCESSES = "the tests of processes"
SECOND_LINK = "a second link"
_OF_LEGENDARY = {PROCESSES, SECOND_LINK}


def _build(*levels: str) -> dict[str, Callable[[], object]]:
    return {level: partial(engine.build, level) for level in levels}


# Legendary first, because it takes longest; then epic, whose stand-in's base is its toolchain.
# The others mostly wait for downloads.
_BACKGROUND = Background(
    _build("legendary")
    | {PROCESSES: processes.check_legendary}
    | _build("epic")
    | {SECOND_LINK: linking.check_second_link},
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
    """Starts the builds that the selected tests need."""
    callspecs = (getattr(item, "callspec", None) for item in session.items if _is_of_images(item))
    needed = {spec.params["level"] for spec in callspecs if spec and "level" in spec.params}
    if needed and not session.config.option.collectonly and not engine.missing():
        _BACKGROUND.start(needed | (_OF_LEGENDARY if "legendary" in needed else set()))


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
    return _job_of_legendary(level, PROCESSES)


@pytest.fixture
def second_link(level: str) -> Callable[[], None]:
    """Waits for a second link of this level's executable, if it has one of its own. Raises
    `AssertionError` if it differs from the first."""
    return _job_of_legendary(level, SECOND_LINK)


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
