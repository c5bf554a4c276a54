"""A file of an IP database that is too large to be read whole."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.mmdb import mmdb
from tests.providers.test_ip_records import NESTED, NESTED_PLACE
from weather.core.ip_address import parse_address
from weather.providers import ip_file
from weather.providers.ip_file import IPFile

CONTENT = mmdb({"81.2.69.0/24": NESTED})
ADDRESS = parse_address("81.2.69.160")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ip_file, "_READ_WHOLE", 0)
    path = tmp_path / "city.mmdb"
    path.write_bytes(CONTENT)
    return path


def descriptors(path: Path) -> int:
    """How many open descriptors of this process name the file."""
    links = (Path("/proc/self/fd") / name for name in os.listdir("/proc/self/fd"))
    return sum(link.exists() and os.readlink(link).startswith(str(path)) for link in links)


def test_the_file_is_closed_with_its_last_use(path: Path) -> None:
    file = IPFile(path, lambda: 0.0)
    assert ADDRESS
    assert file.locate(ADDRESS) == NESTED_PLACE
    assert descriptors(path) == 1
    del file
    gc.collect()
    assert descriptors(path) == 0


def test_a_replaced_file_is_closed(path: Path, tmp_path: Path) -> None:
    now = [0.0]
    clock: Callable[[], float] = lambda: now[0]  # noqa: E731
    file = IPFile(path, clock)
    (tmp_path / "new").write_bytes(CONTENT)
    os.replace(tmp_path / "new", path)
    now[0] = 61.0
    assert ADDRESS
    assert file.locate(ADDRESS) == NESTED_PLACE
    gc.collect()
    assert descriptors(path) == 1


@pytest.mark.parametrize("content", [CONTENT[: len(CONTENT) // 2], mmdb({"81.2.69.0/24": {}})])
def test_a_file_that_cannot_be_used_is_closed(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ValueError, match="city"):
        IPFile(path, lambda: 0.0)
    assert descriptors(path) == 0
