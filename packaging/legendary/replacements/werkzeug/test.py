"""The test client, which the static executable does not carry."""

from __future__ import annotations


class Client:
    def __init__(self, *_: object, **__: object) -> None:
        raise RuntimeError("The test client is left out of this executable.")
