"""A second build of level 5's last stages on the same toolchain."""

from __future__ import annotations

from tests.images.engine import build, docker


def check_second_link() -> None:
    """Raises `AssertionError` if the layers of the second image are not those of the first."""
    build("legendary", "--build-arg", "AGAIN=1", tag="app:legendary-again")
    assert layers("app:legendary-again") == layers("app:legendary")


def layers(image: str) -> str:
    """The digests of the uncompressed layers, which name what is in them, dates included."""
    return docker("image", "inspect", "--format", "{{json .RootFS.Layers}}", image)
