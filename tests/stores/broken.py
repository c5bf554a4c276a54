"""A store of which every call raises."""

from __future__ import annotations

from typing import NoReturn


class Broken:
    """As a store whose disk is full and whose server is gone."""

    def __init__(self, error: type[Exception] = OSError) -> None:
        self.error = error

    def _fail(self, *_arguments: object) -> NoReturn:
        raise self.error("the store is gone")

    is_remote = False
    get = get_many = set = acquire = release = count = size = _fail
