"""A second build of level 5's executable on the same toolchain."""

from __future__ import annotations

from tests.images.engine import build, docker

_LINK = """
recipe/link.sh /build /opt/static again --best --lzma >&2
recipe/pack.sh again >&2
sha256sum <root/weather
sha256sum <again/weather
"""


def check_second_link() -> None:
    """Raises `AssertionError` if the second executable is not that of the image."""
    build("legendary", "--target", "executable", tag="app:legendary-executable")
    run = ("run", "--rm", "--network", "none", "app:legendary-executable")
    first, second = docker(*run, "sh", "-euc", _LINK).splitlines()
    assert first == second
