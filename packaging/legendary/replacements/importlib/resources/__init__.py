"""`importlib.resources` by the importers of the packages alone.

The real one opens the archive by `zipfile` for every file, and reads its whole directory.
"""

from __future__ import annotations

import importlib
from typing import Any


class Data:
    """A file of a package, or a folder of files."""

    def __init__(self, loader: Any, path: str) -> None:
        self._loader = loader
        self._path = path

    def joinpath(self, *names: str) -> Data:
        return Data(self._loader, "/".join((self._path, *names)))

    def __truediv__(self, name: str) -> Data:
        return self.joinpath(name)

    def read_bytes(self) -> bytes:
        """Raises `OSError` if there is no such file."""
        data: bytes = self._loader.get_data(self._path)
        return data

    def read_text(self, encoding: str = "utf-8") -> str:
        return self.read_bytes().decode(encoding)


def files(package: str) -> Data:
    module = importlib.import_module(package)
    return Data(module.__loader__, module.__path__[0])


def as_file(path: Data) -> None:
    """certifi imports it, and is given the path of the CA bundle by the launcher."""
    raise RuntimeError("importlib.resources.as_file is left out of this executable")
