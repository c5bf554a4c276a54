"""The files of packaging/legendary as modules: it is a folder of a build, not a package."""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "packaging/legendary"


def load(name: str) -> Any:
    if str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))  # where its modules import each other
    spec = importlib.util.spec_from_file_location(f"recipe_{name}", FOLDER / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[module.__name__] = module  # where dataclasses look names up
    spec.loader.exec_module(module)
    return module


def script(path: str) -> Any:
    """A Python file without the usual ending as a module."""
    loader = SourceFileLoader(path.rpartition("/")[2].replace("-", "_"), str(ROOT / path))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    sys.modules[module.__name__] = module
    loader.exec_module(module)
    return module
