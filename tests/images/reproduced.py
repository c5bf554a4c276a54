"""Level 5 built twice from nothing, its compiler and libraries too: `make reproduce`.

Takes twice the time of a build, so `make test` does not collect it.
"""

from __future__ import annotations

import pytest

from tests.images import engine
from tests.images.engine import docker
from tests.images.linking import layers

_DIGESTS = """
    find /build /opt/static -name '*.[oa]' -o -name versions.txt | sort | xargs sha256sum
    cd /build/packages; find . -name '*.py' | sort | xargs cat | sha256sum
"""


@pytest.fixture(scope="module", autouse=True)
def _engine() -> None:
    if reason := engine.missing():
        pytest.skip(reason)


@pytest.fixture(scope="module")
def objects() -> list[set[str]]:
    """Of both builds, the digests and names of the compiled files and of the sources' versions."""
    return [build(number) for number in (1, 2)]


def build(number: int) -> set[str]:
    toolchain = f"app:toolchain-{number}"
    engine.build("legendary", "--no-cache", "--target", "toolchain", tag=toolchain)
    engine.build("legendary", tag=f"app:legendary-{number}")  # from what was just compiled
    text = docker("run", "--rm", "--network", "none", toolchain, "sh", "-euc", _DIGESTS)
    return set(text.splitlines())


def test_each_compiled_file_is_equal(objects: list[set[str]]) -> None:
    first, second = objects
    assert len(first) > 1000
    assert first ^ second == set()


@pytest.mark.usefixtures("objects")
def test_the_images_are_equal() -> None:
    assert layers("app:legendary-1") == layers("app:legendary-2")
